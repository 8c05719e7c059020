import { api } from 'lwc';
import LightningModal from 'lightning/modal';
import type { LightningInputElement } from 'lightning/input';
import type { AccountRow, SaveOutcome } from 'apex/types';
import createOrUpdateAccount from '@salesforce/apex/AccountHelper.createOrUpdateAccount';
import { ACCOUNT_FIELDS, type AccountField, type AccountFieldInfo } from 'c/accountFields';
import { describeRefusal, reduceErrors } from 'c/errorUtils';

interface EditorField extends AccountFieldInfo {
    inputType: 'text' | 'tel' | 'number';
    step: string | undefined;
    value: string | number | null | undefined;
}

/** Edits one account of the target org; closes with its SaveOutcome once saved, with nothing when cancelled. */
export default class TargetAccountEditor extends LightningModal {
    @api account: AccountRow = {};

    errors: string[] | undefined;
    isSaving = false;

    private draft: Pick<AccountRow, AccountField> = {};

    get fields(): EditorField[] {
        return ACCOUNT_FIELDS.map((info) => ({
            ...info,
            inputType: inputType(info),
            step: info.kind === 'number' ? '0.01' : undefined,
            value: { ...this.account, ...this.draft }[info.field]
        }));
    }

    handleChange(event: CustomEvent<{ value: string }>): void {
        const input = event.target as LightningInputElement;
        input.setCustomValidity('');
        this.draft = { ...this.draft, [input.name]: parse(event.detail.value, input.name) };
    }

    handleCancel(): void {
        this.close();
    }

    async handleSave(): Promise<void> {
        if (!this.reportInvalidInputs()) {
            return;
        }
        if (Object.keys(this.draft).length === 0) {
            this.close();
            return;
        }
        const outcome = await this.save();
        if (outcome?.success) {
            this.close(outcome);
        } else if (outcome) {
            this.showRefusal(outcome);
        }
    }

    private async save(): Promise<SaveOutcome | undefined> {
        this.isSaving = true;
        this.disableClose = true;
        this.errors = undefined;
        try {
            const [outcome] = await createOrUpdateAccount({ rows: [this.changes()] });
            return outcome;
        } catch (cause) {
            this.errors = reduceErrors(cause);
            return undefined;
        } finally {
            this.isSaving = false;
            this.disableClose = false;
        }
    }

    /** Only what was changed, so that nothing is overwritten that somebody else changed meanwhile. */
    private changes(): AccountRow {
        const fieldsToNull = Object.entries(this.draft).flatMap(([field, value]) => (value === null ? field : []));
        return { id: this.account.id, ...this.draft, fieldsToNull };
    }

    /** What concerns a field of the form is shown there, the rest above it. */
    private showRefusal(outcome: SaveOutcome): void {
        const remaining = (outcome.errors ?? []).filter(({ fields, message }) => {
            const concerned = this.inputs.filter(({ name }) => includesField(fields, name));
            concerned.forEach((input) => input.setCustomValidity(message ?? ''));
            return concerned.length === 0;
        });
        if (this.reportInvalidInputs() || remaining.length > 0) {
            this.errors = describeRefusal({ ...outcome, errors: remaining });
        }
    }

    private reportInvalidInputs(): boolean {
        const invalid = this.inputs.filter((input) => !input.reportValidity());
        invalid[0]?.focus();
        return invalid.length === 0;
    }

    private get inputs(): LightningInputElement[] {
        return [...(this.template?.querySelectorAll<LightningInputElement>('lightning-input') ?? [])];
    }
}

function inputType({ kind }: AccountFieldInfo): EditorField['inputType'] {
    // Not "url": Salesforce takes www.example.com, the browser's url input does not.
    return kind === 'number' ? 'number' : kind === 'phone' ? 'tel' : 'text';
}

function parse(value: string, field: string): string | number | null {
    if (value === '') {
        return null;
    }
    return ACCOUNT_FIELDS.some((info) => info.field === field && info.kind === 'number') ? Number(value) : value;
}

/** The target org names fields as its schema does (AnnualRevenue). */
function includesField(fields: string[] | null | undefined, name: string): boolean {
    return (fields ?? []).some((field) => field.toLowerCase() === name.toLowerCase());
}
