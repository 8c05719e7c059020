import type { Route } from './route.ts';
import type { SurveyedRow } from './survey.ts';

/** A record whose twin holds other values. */
export interface Difference {
    readonly id: string;
    readonly remoteId: string;
    readonly fields: readonly {
        /** Field of the sender. */
        readonly field: string;
        readonly here: string | null;
        readonly there: string | null;
    }[];
}

export interface Compared {
    readonly row: SurveyedRow;
    readonly outcome: 'Equal' | 'Missing' | Difference;
}

interface ComparedRow {
    readonly outcome: string;
    readonly fields?: readonly string[] | null;
    readonly state?: { readonly values?: Readonly<Record<string, string | null>> } | null;
    readonly error?: { readonly code?: string; readonly message?: string } | null;
}

const BATCH = 200;
const CONTRACT = 1;

/** Lets the receiver compare rows with their twins, in its own terms. */
export async function* compareWith(route: Route, rows: readonly SurveyedRow[]): AsyncGenerator<Compared> {
    for (let start = 0; start < rows.length; start += BATCH) {
        const batch = rows.slice(start, start + BATCH);
        const results = await ask(route, batch);
        for (const [index, row] of batch.entries()) {
            yield { row, outcome: outcomeOf(route, row, results[index]) };
        }
    }
}

async function ask(
    { sender, receiver, mapping, from }: Route,
    rows: readonly SurveyedRow[]
): Promise<readonly ComparedRow[]> {
    const { results } = await receiver.apexRest<{ results: readonly ComparedRow[] }>('/sync/v1/compare', {
        contract: CONTRACT,
        sender: { org: sender.org.orgId, role: from === 'source' ? 'Source' : 'Target' },
        receiver: receiver.org.orgId,
        changes: rows.map(({ id, link, values, names }) => ({
            mapping: mapping.name,
            operation: 'Upsert',
            id,
            receiverId: link?.remoteId,
            version: link?.localVersion ?? 0,
            values,
            names
        }))
    });
    return results;
}

function outcomeOf({ fields }: Route, { id, link, values }: SurveyedRow, result: ComparedRow): Compared['outcome'] {
    if (result.outcome === 'Equal' || result.outcome === 'Missing') return result.outcome;
    const there = result.state?.values ?? {};
    // A value that the receiver can not read is a difference of its own.
    const names = result.fields ?? [];
    const differing = names.map((field) => ({
        field,
        here: values[field] ?? null,
        there: there[fields.find(({ from }) => from === field)?.to ?? ''] ?? null
    }));
    const problem = [{ field: result.error?.code ?? result.outcome, here: result.error?.message ?? null, there: null }];
    return { id, remoteId: link?.remoteId ?? '', fields: differing.length > 0 ? differing : problem };
}
