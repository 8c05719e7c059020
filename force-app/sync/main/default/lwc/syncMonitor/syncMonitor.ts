import { LightningElement, api } from 'lwc';
import dismiss from '@salesforce/apex/SyncMonitorController.dismiss';
import getConflicts from '@salesforce/apex/SyncMonitorController.getConflicts';
import getDeadLetters from '@salesforce/apex/SyncMonitorController.getDeadLetters';
import getOverview from '@salesforce/apex/SyncMonitorController.getOverview';
import pause from '@salesforce/apex/SyncMonitorController.pause';
import replay from '@salesforce/apex/SyncMonitorController.replay';
import resolve from '@salesforce/apex/SyncMonitorController.resolve';
import resume from '@salesforce/apex/SyncMonitorController.resume';
import type { SyncConflictRow, SyncDeadLetterRow, SyncOverview } from 'apex/types';
import { perform } from 'c/syncAction';
import { count } from 'c/syncText';
import { reduceErrors } from 'c/errorUtils';

const MAX_ROWS = 100;
const PAUSED_HERE = 'Paused in the sync monitor';

interface Refreshable extends Element {
    refresh(): Promise<void>;
}

/** Shows how the sync is doing, and lets people act: pause, replay, dismiss, decide. Reads again by itself. */
export default class SyncMonitor extends LightningElement {
    @api refreshSeconds = 10;

    overview: SyncOverview | undefined;
    letters: SyncDeadLetterRow[] = [];
    conflicts: SyncConflictRow[] = [];
    loadErrors: string[] | undefined;
    actionErrors: string[] | undefined;
    isBusy = false;

    private timer: ReturnType<typeof setInterval> | undefined;
    private requests = 0;

    connectedCallback(): void {
        void this.refresh();
        // eslint-disable-next-line @lwc/lwc/no-async-operation -- polling; cleared when the component goes away
        this.timer = setInterval(() => void this.refresh(), this.refreshSeconds * 1_000);
    }

    disconnectedCallback(): void {
        clearInterval(this.timer);
    }

    get isFirstLoad(): boolean {
        return this.overview === undefined && this.loadErrors === undefined;
    }

    get lettersLabel(): string {
        return `Dead Letters (${this.letters.length})`;
    }

    get conflictsLabel(): string {
        return `Conflicts (${this.conflicts.length})`;
    }

    handleRefresh(): void {
        void this.refresh();
        void this.template?.querySelector<Refreshable>('c-sync-history')?.refresh();
    }

    handlePause(event: CustomEvent<string>): void {
        const peer = event.detail;
        void this.act(`Delivery to ${peer} is paused`, () => pause({ peer, reason: PAUSED_HERE }));
    }

    handleResume(event: CustomEvent<string>): void {
        const peer = event.detail;
        void this.act(`Delivery to ${peer} goes on`, () => resume({ peer }));
    }

    handleReplay(event: CustomEvent<string[]>): void {
        const ids = event.detail;
        void this.act(`${count(ids.length, 'letter')} sent again`, () => replay({ ids }));
    }

    handleDismiss(event: CustomEvent<{ ids: string[]; reason: string }>): void {
        const { ids, reason } = event.detail;
        void this.act(`${count(ids.length, 'letter')} dismissed`, () => dismiss({ ids, reason }));
    }

    handleResolve(event: CustomEvent<{ conflictId: string; choices: Record<string, string> }>): void {
        void this.act('Conflict decided', () => resolve(event.detail));
    }

    private async act(done: string, action: () => Promise<unknown>): Promise<void> {
        this.isBusy = true;
        this.actionErrors = undefined;
        this.actionErrors = await perform(this, done, action);
        this.isBusy = false;
        await this.refresh();
    }

    private async refresh(): Promise<void> {
        const request = ++this.requests;
        try {
            const [overview, letters, conflicts] = await Promise.all([
                getOverview(),
                getDeadLetters({ maxRows: MAX_ROWS }),
                getConflicts({ maxRows: MAX_ROWS })
            ]);
            if (request === this.requests) {
                Object.assign(this, { overview, letters, conflicts, loadErrors: undefined });
            }
        } catch (cause) {
            if (request === this.requests) {
                this.loadErrors = reduceErrors(cause);
            }
        }
    }
}
