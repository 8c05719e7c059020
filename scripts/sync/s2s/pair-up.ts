import type { SharedRecord } from './connections.ts';

/** Records of the two orgs that the native connection keeps alike. */
export interface Twins {
    readonly source: string;
    readonly target: string;
}

/** A shared record that gets no link, and why. */
export interface Dropped {
    readonly source: string | undefined;
    readonly target: string | undefined;
    readonly code: 'ENDED' | 'NOT_ACCEPTED' | 'TWICE' | 'GONE' | 'OTHER_OBJECT' | 'TAKEN';
    readonly reason: string;
}

export interface PairedUp {
    readonly twins: readonly Twins[];
    readonly dropped: readonly Dropped[];
}

/** Pairs of the rows of both orgs. Either org may have rows that the other lacks; a row of each is the same pair. */
export function pairUp(ofSource: readonly SharedRecord[], ofTarget: readonly SharedRecord[]): PairedUp {
    const dropped: Dropped[] = [];
    const pairs = new Map<string, Twins>();
    const add = (row: SharedRecord, source: string | undefined, target: string | undefined): void => {
        const ended = row.endDate !== undefined || /^inactive/i.test(row.status);
        if (ended) {
            const reason = `Sharing has ended (${row.status}).`;
            dropped.push({ source, target, code: 'ENDED', reason });
        } else if (source === undefined || target === undefined || /^pending/i.test(row.status)) {
            const reason = `The other org has not accepted the record (${row.status}).`;
            dropped.push({ source, target, code: 'NOT_ACCEPTED', reason });
        } else {
            pairs.set(`${source} ${target}`, { source, target });
        }
    };
    ofSource.forEach((row) => add(row, row.localId, row.partnerId));
    ofTarget.forEach((row) => add(row, row.partnerId, row.localId));
    return dropTwice([...pairs.values()], withoutPaired(dropped, [...pairs.values()]));
}

/** An old row of a record that is shared again says nothing. */
function withoutPaired(dropped: readonly Dropped[], pairs: readonly Twins[]): Dropped[] {
    const sources = new Set(pairs.map(({ source }) => source));
    const targets = new Set(pairs.map(({ target }) => target));
    const seen = new Set<string>();
    return dropped.filter(({ source, target, code }) => {
        const key = `${source ?? ''} ${target ?? ''} ${code}`;
        const isPaired = source === undefined ? targets.has(target ?? '') : sources.has(source);
        const isNew = !isPaired && !seen.has(key);
        seen.add(key);
        return isNew;
    });
}

/** A record with two partners belongs to neither until a person decides. */
function dropTwice(pairs: readonly Twins[], dropped: readonly Dropped[]): PairedUp {
    const count = (ids: readonly string[]): Map<string, number> => {
        const counts = new Map<string, number>();
        for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
        return counts;
    };
    const sources = count(pairs.map(({ source }) => source));
    const targets = count(pairs.map(({ target }) => target));
    const isTwice = ({ source, target }: Twins): boolean => sources.get(source) !== 1 || targets.get(target) !== 1;
    const twice = pairs.filter(isTwice).map((pair): Dropped => ({
        ...pair,
        code: 'TWICE',
        reason: 'One of the two records is shared with several: end the sharing of all but one.'
    }));
    return { twins: pairs.filter((pair) => !isTwice(pair)), dropped: [...dropped, ...twice] };
}
