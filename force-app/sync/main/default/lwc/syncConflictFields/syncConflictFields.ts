import { LightningElement, api } from 'lwc';
import type { SyncFieldComparison } from 'apex/types';

type Side = 'Local' | 'Remote';

interface FieldRow extends SyncFieldComparison {
    group: string;
    localChosen: boolean;
    remoteChosen: boolean;
    localLabel: string;
    remoteLabel: string;
    baseText: string;
    localText: string;
    remoteText: string;
}

/**
 * Lets a person decide a conflict field by field.
 * @fires resolve with an object of field name to `Local` or `Remote` when every field is decided
 */
export default class SyncConflictFields extends LightningElement {
    @api conflictId = '';
    @api fields: readonly SyncFieldComparison[] = [];
    @api busy = false;

    choices: Readonly<Record<string, Side>> = {};

    get rows(): FieldRow[] {
        return this.fields.map((field) => {
            const choice = this.choices[field.field ?? ''];
            return {
                ...field,
                group: `${this.conflictId}-${field.field}`,
                localChosen: choice === 'Local',
                remoteChosen: choice === 'Remote',
                localLabel: `Keep ${field.label} of this org`,
                remoteLabel: `Take ${field.label} of the other org`,
                baseText: textOf(field.baseValue),
                localText: textOf(field.localValue),
                remoteText: textOf(field.remoteValue)
            };
        });
    }

    get isUndecided(): boolean {
        return this.busy || this.fields.some(({ field }) => this.choices[field ?? ''] === undefined);
    }

    handleChoice(event: Event): void {
        const { field, side } = (event.target as HTMLInputElement).dataset;
        if (field && (side === 'Local' || side === 'Remote')) {
            this.choices = { ...this.choices, [field]: side };
        }
    }

    handleResolve(): void {
        this.dispatchEvent(new CustomEvent('resolve', { detail: { ...this.choices } }));
    }
}

function textOf(value: string | null | undefined): string {
    return value === null || value === undefined || value === '' ? '(empty)' : value;
}
