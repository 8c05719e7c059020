import { LightningElement, api } from 'lwc';
import type { SyncFieldComparison } from 'apex/types';

type Side = 'Local' | 'Remote';

interface SideCell {
    side: Side;
    label: string;
    text: string;
    chosen: boolean;
}

interface FieldRow extends SyncFieldComparison {
    group: string;
    baseText: string;
    sides: SideCell[];
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
            const cell = (side: Side, label: string, value: string | null | undefined): SideCell => ({
                side,
                label,
                text: textOf(value),
                chosen: choice === side
            });
            return {
                ...field,
                group: `${this.conflictId}-${field.field}`,
                baseText: textOf(field.baseValue),
                sides: [
                    cell('Local', `Keep ${field.label} of this org`, field.localValue),
                    cell('Remote', `Take ${field.label} of the other org`, field.remoteValue)
                ]
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
