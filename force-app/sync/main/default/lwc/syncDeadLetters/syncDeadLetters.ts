import { LightningElement, api } from 'lwc';
import type { LightningInputElement } from 'lightning/input';
import type { SyncDeadLetterRow } from 'apex/types';
import { count } from 'c/syncText';

interface LetterRow extends SyncDeadLetterRow {
    chosen: boolean;
    choiceLabel: string;
    recordUrl: string;
}

/**
 * What could not be delivered, why, and what to do about it.
 * @fires replay with the ids that the user wants to send again
 * @fires dismiss with `{ ids, reason }` when the user gives them up
 */
export default class SyncDeadLetters extends LightningElement {
    @api busy = false;

    chosen: ReadonlySet<string> = new Set();
    reason = '';

    private shown: readonly SyncDeadLetterRow[] = [];

    @api
    get letters(): readonly SyncDeadLetterRow[] {
        return this.shown;
    }
    set letters(value: readonly SyncDeadLetterRow[] | undefined) {
        this.shown = value ?? [];
        // What is gone from the list can no longer be chosen.
        this.chosen = new Set(this.shown.flatMap(({ id }) => (id && this.chosen.has(id) ? id : [])));
    }

    get rows(): LetterRow[] {
        return this.shown.map((letter) => ({
            ...letter,
            chosen: this.chosen.has(letter.id ?? ''),
            choiceLabel: `Choose ${letter.mapping} ${letter.recordId}`,
            recordUrl: `/lightning/r/${letter.recordId}/view`
        }));
    }

    get isEmpty(): boolean {
        return this.shown.length === 0;
    }

    get isDisabled(): boolean {
        return this.busy || this.chosen.size === 0;
    }

    /** What is given up stays in the history, so somebody has to say why. */
    get isDismissDisabled(): boolean {
        return this.isDisabled || this.reason.trim() === '';
    }

    get chosenText(): string {
        return `${count(this.chosen.size, 'letter')} chosen`;
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

    handleAll(event: Event): void {
        const { checked } = event.target as LightningInputElement;
        this.chosen = new Set(checked ? this.shown.flatMap(({ id }) => id ?? []) : []);
    }

    handleReason(event: CustomEvent<{ value: string }>): void {
        this.reason = event.detail.value;
    }

    handleReplay(): void {
        this.dispatchEvent(new CustomEvent('replay', { detail: [...this.chosen] }));
    }

    handleDismiss(): void {
        this.dispatchEvent(
            new CustomEvent('dismiss', { detail: { ids: [...this.chosen], reason: this.reason.trim() } })
        );
    }
}
