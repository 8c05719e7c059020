import type { SObject } from '../values/index.ts';

/** Rows of a query that were not sent yet. */
export interface QueryCursor {
    readonly id: string;
    readonly userId: string;
    readonly records: readonly SObject[];
    readonly totalSize: number;
    readonly object: string;
}

export interface QueryCursors {
    open(cursor: QueryCursor): void;
    find(id: string, userId: string): QueryCursor | undefined;
}

/** The platform keeps ten open cursors a user and drops the oldest. */
const CURSORS_PER_USER = 10;

export function createQueryCursors(): QueryCursors {
    const byUser = new Map<string, QueryCursor[]>();
    return {
        open(cursor) {
            const open = [...(byUser.get(cursor.userId) ?? []), cursor];
            byUser.set(cursor.userId, open.slice(-CURSORS_PER_USER));
        },
        find: (id, userId) => byUser.get(userId)?.find((cursor) => cursor.id === id)
    };
}
