import type { LinkedOrgs } from '../../lib/context.ts';
import { soqlString, type BridgeOrg } from '../../lib/org-connection.ts';
import type { Dropped, PairedUp, Twins } from './pair-up.ts';

/** Records of one object and their twins. */
export interface TwinGroup {
    readonly source: string;
    readonly target: string;
    readonly twins: readonly Twins[];
}

export interface Verified {
    readonly groups: readonly TwinGroup[];
    readonly dropped: readonly Dropped[];
}

/** Keeps the pairs whose records exist in both orgs, by object. An object has one counterpart: the one of most pairs. */
export async function verifyTwins(
    orgs: LinkedOrgs,
    { twins, dropped }: PairedUp,
    onProgress: (text: string) => void
): Promise<Verified> {
    const source = await objectsOf(
        orgs.source,
        twins.map((pair) => pair.source),
        onProgress
    );
    const target = await objectsOf(
        orgs.target,
        twins.map((pair) => pair.target),
        onProgress
    );
    const lost: Dropped[] = [];
    const groups = new Map<string, TwinGroup & { twins: Twins[] }>();
    for (const pair of twins) {
        const [here, there] = [source.get(pair.source), target.get(pair.target)];
        if (here === undefined || there === undefined) {
            const org = here === undefined ? 'source' : 'target';
            lost.push({ ...pair, code: 'GONE', reason: `The ${org} org has no such record, or you do not see it.` });
            continue;
        }
        const key = `${here} ${there}`;
        const group = groups.get(key) ?? { source: here, target: there, twins: [] };
        group.twins.push(pair);
        groups.set(key, group);
    }
    const kept = oneCounterpart([...groups.values()]);
    const others = [...groups.values()].filter((group) => !kept.includes(group));
    const strangers = others.flatMap((group) =>
        group.twins.map((pair): Dropped => {
            const reason = `${group.source} is in step with another object than ${group.target}.`;
            return { ...pair, code: 'OTHER_OBJECT', reason };
        })
    );
    return { groups: kept, dropped: [...dropped, ...lost, ...strangers] };
}

function oneCounterpart<T extends TwinGroup>(groups: readonly T[]): T[] {
    const sorted = [...groups].sort((left, right) => right.twins.length - left.twins.length);
    return sorted.filter(
        (group) => sorted.find(({ source, target }) => source === group.source || target === group.target) === group
    );
}

/** Ids that a query takes at once; the URL stays below 8 KB. */
const CHUNK = 300;

/** The object of each record that exists. */
async function objectsOf(
    org: BridgeOrg,
    ids: readonly string[],
    onProgress: (text: string) => void
): Promise<Map<string, string>> {
    const { sobjects } = await org.connection.describeGlobal();
    const names = new Map(sobjects.map(({ keyPrefix, name }) => [keyPrefix, name]));
    const found = new Map<string, string>();
    for (const [prefix, list] of Map.groupBy(ids, (id) => id.slice(0, 3))) {
        const object = names.get(prefix);
        for (let start = 0; object !== undefined && start < list.length; start += CHUNK) {
            const literals = list.slice(start, start + CHUNK).map(soqlString);
            const { records } = await org.connection.query<{ Id: string }>(
                `SELECT Id FROM ${object} WHERE Id IN (${literals.join(', ')})`,
                { autoFetch: true, maxFetch: CHUNK }
            );
            for (const { Id } of records) found.set(Id, object);
            onProgress(`${found.size} of ${ids.length} records of the ${org.role} org`);
        }
    }
    return found;
}
