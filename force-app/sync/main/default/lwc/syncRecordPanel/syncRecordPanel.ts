import { LightningElement, api } from 'lwc';
import getView from '@salesforce/apex/SyncRecordController.getView';
import pull from '@salesforce/apex/SyncRecordController.pull';
import push from '@salesforce/apex/SyncRecordController.push';
import resolve from '@salesforce/apex/SyncMonitorController.resolve';
import type { SyncFieldComparison, SyncFileRow, SyncRecordView } from 'apex/types';
import { perform } from 'c/syncAction';
import { count } from 'c/syncText';
import { reduceErrors } from 'c/errorUtils';

interface FileRow extends SyncFileRow {
    note: string;
}

const FILE_TEXTS: Readonly<Record<string, string>> = {
    'To Copy': 'is being copied',
    Copied: 'copied to this record'
};

const QUEUE_TEXTS: Readonly<Record<string, string>> = {
    Pending: 'A change is on its way to the other org',
    Waiting: 'Waits for its parent to arrive in the other org',
    'Dead Letter': 'The last change could not be delivered'
};

/** Where this record lives in the other org and what differs; push and pull now, and decide a conflict. */
export default class SyncRecordPanel extends LightningElement {
    view: SyncRecordView | undefined;
    loadErrors: string[] | undefined;
    actionErrors: string[] | undefined;
    isLoading = false;
    isBusy = false;

    private shownId: string | undefined;
    private requests = 0;

    @api
    get recordId(): string | undefined {
        return this.shownId;
    }
    set recordId(value: string | undefined) {
        this.shownId = value;
        this.view = undefined;
        void this.refresh();
    }

    get isWorking(): boolean {
        return this.isBusy || this.isLoading;
    }

    get isUnmapped(): boolean {
        return this.view !== undefined && !this.view.mapping;
    }

    get isUnlinked(): boolean {
        return Boolean(this.view?.mapping) && !this.view?.linked;
    }

    get isLinked(): boolean {
        return Boolean(this.view?.linked);
    }

    private get differing(): SyncFieldComparison[] {
        return (this.view?.fields ?? []).filter(({ differs }) => differs);
    }

    /** Fields that differ and wait for no decision: those that do are shown with it. */
    get undisputed(): SyncFieldComparison[] {
        return this.hasConflict ? this.differing.filter(({ held }) => !held) : this.differing;
    }

    get hasUndisputed(): boolean {
        return this.undisputed.length > 0;
    }

    get files(): FileRow[] {
        return (this.view?.files ?? []).map((file) => ({
            ...file,
            note: [sizeText(file.size ?? 0), FILE_TEXTS[file.status ?? ''] ?? '', file.reason ?? '']
                .filter((text) => text !== '')
                .join(', ')
        }));
    }

    get hasFiles(): boolean {
        return this.files.length > 0;
    }

    get conflictFields(): SyncFieldComparison[] {
        return (this.view?.fields ?? []).filter(({ held }) => held);
    }

    get hasConflict(): boolean {
        return Boolean(this.view?.conflictId) && this.conflictFields.length > 0;
    }

    get statusText(): string {
        if (this.view?.state === 'Missing') {
            return 'The record is gone in the other org';
        }
        if (this.view?.queueStatus) {
            return QUEUE_TEXTS[this.view.queueStatus] ?? this.view.queueStatus;
        }
        return this.differenceText;
    }

    private get differenceText(): string {
        const differing = this.differing.length;
        if (differing === 0) {
            return 'In step with the other org';
        }
        return `${count(differing, 'field')} ${differing === 1 ? 'differs' : 'differ'}`;
    }

    get statusIcon(): string {
        return this.needsAttention ? 'utility:warning' : 'utility:success';
    }

    get statusVariant(): string {
        return this.needsAttention ? 'warning' : 'success';
    }

    private get needsAttention(): boolean {
        return this.differing.length > 0 || Boolean(this.view?.queueStatus) || this.view?.state === 'Missing';
    }

    get deadLetterTexts(): string[] {
        const letter = this.view?.deadLetter;
        return letter ? [letter.reason ?? '', letter.remedy ?? ''].filter((text) => text !== '') : [];
    }

    handleRefresh(): void {
        void this.refresh();
    }

    handlePush(): void {
        void this.act('Sent to the other org', () => push({ recordId: this.shownId ?? null }));
    }

    handlePull(): void {
        void this.act('Fetched from the other org', () => pull({ recordId: this.shownId ?? null }));
    }

    handleResolve(event: CustomEvent<Record<string, string>>): void {
        void this.act('Conflict decided', () =>
            resolve({ conflictId: this.view?.conflictId ?? null, choices: event.detail })
        );
    }

    private async act(done: string, action: () => Promise<unknown>): Promise<void> {
        this.isBusy = true;
        this.actionErrors = undefined;
        this.actionErrors = await perform(this, done, action);
        this.isBusy = false;
        await this.refresh();
    }

    private async refresh(): Promise<void> {
        if (!this.shownId) {
            return;
        }
        const request = ++this.requests;
        this.isLoading = true;
        try {
            const view = await getView({ recordId: this.shownId });
            if (request === this.requests) {
                this.view = view;
                this.loadErrors = undefined;
            }
        } catch (cause) {
            if (request === this.requests) {
                this.loadErrors = reduceErrors(cause);
            }
        } finally {
            if (request === this.requests) {
                this.isLoading = false;
            }
        }
    }
}

function sizeText(bytes: number): string {
    return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
