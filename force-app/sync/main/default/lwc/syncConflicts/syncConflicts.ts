import { LightningElement, api } from 'lwc';
import type { SyncConflictRow } from 'apex/types';

interface ConflictRow extends SyncConflictRow {
    recordUrl: string;
}

/**
 * Conflicts that wait for a person.
 * @fires resolve with `{ conflictId, choices }`
 */
export default class SyncConflicts extends LightningElement {
    @api conflicts: readonly SyncConflictRow[] = [];
    @api busy = false;

    get rows(): ConflictRow[] {
        return this.conflicts.map((conflict) => ({
            ...conflict,
            recordUrl: `/lightning/r/${conflict.recordId}/view`
        }));
    }

    get isEmpty(): boolean {
        return this.conflicts.length === 0;
    }

    handleResolve(event: CustomEvent<Record<string, string>>): void {
        const { conflict } = (event.currentTarget as HTMLElement).dataset;
        this.dispatchEvent(new CustomEvent('resolve', { detail: { conflictId: conflict, choices: event.detail } }));
    }
}
