import type { Row } from './row.ts';
import type { Table } from './table.ts';

/** Of a row, or of what is kept elsewhere. */
type Change =
    { readonly table: Table; readonly id: string; readonly before: Row | undefined } | { readonly undo: () => void };

/** A place in the undo log. Dies with a rollback to an earlier one. */
export interface UndoPoint {
    readonly position: number;
    alive: boolean;
}

/**
 * Changes since the oldest point that can still be gone back to. Nothing is recorded while there is no such point, so
 * that rows written outside a transaction cost nothing.
 */
export class UndoLog {
    #changes: Change[] = [];
    #points: UndoPoint[] = [];

    record(change: Change): void {
        if (this.#points.length > 0) this.#changes.push(change);
    }

    mark(): UndoPoint {
        const point = { position: this.#changes.length, alive: true };
        this.#points.push(point);
        return point;
    }

    /** Undoes what came after the point, which stays usable; later points die. Throws RangeError for a dead point. */
    rollback(to: UndoPoint): void {
        if (!to.alive) throw new RangeError('The savepoint is no longer valid');
        while (this.#changes.length > to.position) {
            const change = this.#changes.pop();
            if (change !== undefined && 'undo' in change) change.undo();
            else change?.table.replace(change.id, change.before);
        }
        while (this.#points.at(-1) !== to) {
            const later = this.#points.pop();
            if (later !== undefined) later.alive = false;
        }
    }

    /** Gives up the point and those after it, and forgets changes that nothing can undo any more. */
    release(point: UndoPoint): void {
        if (!point.alive) return;
        const index = this.#points.indexOf(point);
        for (const later of this.#points.splice(index)) later.alive = false;
        if (this.#points.length === 0) this.#changes = [];
    }
}
