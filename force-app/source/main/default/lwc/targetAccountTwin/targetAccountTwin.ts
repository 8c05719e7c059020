import { LightningElement, api, wire } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { getRecord, type RecordRepresentation } from 'lightning/uiRecordApi';
import type { LightningInputElement } from 'lightning/input';
import type { Wired } from 'apex/action';
import type { SaveOutcome, TwinView } from 'apex/types';
import LAST_MODIFIED_DATE from '@salesforce/schema/Account.LastModifiedDate';
import getTwin from '@salesforce/apex/AccountHelper.getTwin';
import pushToTarget from '@salesforce/apex/AccountHelper.pushToTarget';
import { ACCOUNT_FIELDS, type AccountFieldInfo } from 'c/accountFields';
import { describeRefusal, reduceErrors } from 'c/errorUtils';

interface ComparisonRow extends AccountFieldInfo {
    localValue: string | number | null | undefined;
    remoteValue: string | number | null | undefined;
    differs: boolean;
    chosen: boolean;
    choiceLabel: string;
    className: string;
}

/**
 * Shows the current account beside its twin in the target org; creates the twin, or pushes the chosen fields to it.
 * @fires edit with the remote AccountRow when the user wants to edit the twin
 * @fires saved when the target org took a push
 */
export default class TargetAccountTwin extends LightningElement {
    view: TwinView | undefined;
    loadErrors: string[] | undefined;
    saveErrors: string[] | undefined;
    chosen: ReadonlySet<string> = new Set();
    isLoading = false;
    isSaving = false;

    private accountId: string | undefined;
    private accountVersion: unknown;
    private requests = 0;
    private focusStatusAfterRender = false;

    @api
    get recordId(): string | undefined {
        return this.accountId;
    }
    set recordId(value: string | undefined) {
        this.accountId = value;
        this.accountVersion = undefined;
        this.view = undefined;
        this.loadErrors = undefined;
        this.saveErrors = undefined;
        void this.refresh();
    }

    /** The account may be edited beside the comparison, by the details of the page for example. */
    @wire(getRecord, { recordId: '$accountId', fields: [LAST_MODIFIED_DATE] })
    handleRecord({ data }: Wired<RecordRepresentation>): void {
        const version = data?.fields[LAST_MODIFIED_DATE.fieldApiName]?.value;
        const known = this.accountVersion;
        this.accountVersion = version ?? known;
        if (known !== undefined && this.accountVersion !== known) {
            void this.refresh();
        }
    }

    /** Reads both orgs again; settles when the comparison is up to date. */
    @api
    async refresh(): Promise<void> {
        if (!this.accountId) {
            return;
        }
        const request = ++this.requests;
        this.isLoading = true;
        try {
            const view = await getTwin({ recordId: this.accountId });
            if (request === this.requests) {
                this.show(view);
            }
        } catch (cause) {
            if (request === this.requests) {
                this.view = undefined;
                this.loadErrors = reduceErrors(cause);
            }
        } finally {
            if (request === this.requests) {
                this.isLoading = false;
            }
        }
    }

    renderedCallback(): void {
        if (this.focusStatusAfterRender) {
            this.focusStatusAfterRender = false;
            (this.refs?.status as HTMLElement | undefined)?.focus();
        }
    }

    get isFirstLoad(): boolean {
        return this.isLoading && !this.view && !this.loadErrors;
    }

    get isBusy(): boolean {
        return this.isLoading || this.isSaving;
    }

    get busyText(): string {
        return this.isSaving ? 'Saving to the target org' : 'Comparing with the target org';
    }

    get isMissing(): boolean {
        return Boolean(this.view && !this.view.remote);
    }

    get rows(): ComparisonRow[] {
        const differing = this.differingFields;
        return ACCOUNT_FIELDS.map((info) => {
            const differs = differing.has(info.field);
            return {
                ...info,
                localValue: this.view?.localValues?.[info.field],
                remoteValue: this.view?.remote?.[info.field],
                differs,
                chosen: this.chosen.has(info.field),
                choiceLabel: `Update ${info.label} in the target org`,
                className: differs ? 'differs' : ''
            };
        });
    }

    get hasDifferences(): boolean {
        return this.differingFields.size > 0;
    }

    get statusText(): string {
        const count = this.differingFields.size;
        if (count === 0) {
            return 'In sync with the target org';
        }
        return count === 1 ? '1 field differs' : `${count} fields differ`;
    }

    get statusIcon(): string {
        return this.hasDifferences ? 'utility:warning' : 'utility:success';
    }

    get statusVariant(): string {
        return this.hasDifferences ? 'warning' : 'success';
    }

    get announcement(): string {
        if (this.isBusy) {
            return this.busyText;
        }
        if (this.isMissing) {
            return 'This account is not in the target org';
        }
        return this.view ? this.statusText : '';
    }

    get pushLabel(): string {
        return this.chosen.size === 1 ? 'Update 1 Field' : `Update ${this.chosen.size} Fields`;
    }

    get isPushDisabled(): boolean {
        return this.chosen.size === 0 || this.isBusy;
    }

    handleChoice(event: Event): void {
        const { name, checked } = event.target as LightningInputElement;
        const chosen = new Set(this.chosen);
        if (checked) {
            chosen.add(name);
        } else {
            chosen.delete(name);
        }
        this.chosen = chosen;
    }

    handleCreate(): void {
        void this.push(null);
    }

    handlePush(): void {
        void this.push([...this.chosen]);
    }

    handleEdit(): void {
        this.dispatchEvent(new CustomEvent('edit', { detail: this.view?.remote }));
    }

    handleRetry(): void {
        void this.refresh();
    }

    private get differingFields(): Set<string> {
        return new Set((this.view?.differences ?? []).flatMap(({ field }) => field ?? []));
    }

    private show(view: TwinView): void {
        this.view = view;
        this.loadErrors = undefined;
        this.chosen = this.differingFields;
    }

    private async push(fields: string[] | null): Promise<void> {
        this.isSaving = true;
        this.saveErrors = undefined;
        try {
            const outcome = await pushToTarget({ recordId: this.accountId ?? null, fields });
            if (outcome.success) {
                await this.finishPush(outcome);
            } else {
                this.saveErrors = describeRefusal(outcome);
            }
        } catch (cause) {
            this.saveErrors = reduceErrors(cause);
        } finally {
            this.isSaving = false;
        }
    }

    private async finishPush(outcome: SaveOutcome): Promise<void> {
        const name = this.view?.localValues?.name ?? 'The account';
        const verb = outcome.created ? 'created' : 'updated';
        this.dispatchEvent(
            new ShowToastEvent({
                title: `Account ${verb}`,
                message: `${name} was ${verb} in the target org.`,
                variant: 'success'
            })
        );
        this.dispatchEvent(new CustomEvent('saved'));
        await this.refresh();
        // The button that had the focus is gone now.
        this.focusStatusAfterRender = true;
    }
}
