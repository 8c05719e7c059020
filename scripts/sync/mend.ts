import type { Difference } from './compare.ts';
import { pushRecords, whilePaused } from './orders.ts';
import type { OrgApi } from './org-api.ts';
import type { OrgApis, Route } from './route.ts';
import type { Agreement } from './verify.ts';

export interface Mended {
    /** Records that the engine sends again. */
    readonly sent: number;
    /** Never sent, and the other org has records that may be their twins: `bridge sync load` tells them apart. */
    readonly left: number;
}

/**
 * Mends what does not agree, through the engine and by the policy of each field: the winner's values are sent. Where a
 * person has to decide, or where fields of one record have several policies, both orgs send theirs and the engine merges.
 */
export async function mend(apis: OrgApis, route: Route, agreement: Agreement): Promise<Mended> {
    const mayHaveTwins = agreement.neverSent.length > 0 && hasOthers(agreement);
    const mine = [...agreement.missing, ...(mayHaveTwins ? [] : agreement.neverSent)];
    const theirs: string[] = [];
    const both: Difference[] = [];
    const here = await modified(route.sender, route.senderObject, agreement.different, ({ id }) => id);
    const there = await modified(route.receiver, route.receiverObject, agreement.different, ({ remoteId }) => remoteId);
    for (const difference of agreement.different) {
        const isNewer = (here.get(difference.id) ?? 0) >= (there.get(difference.remoteId) ?? 0);
        const winner = winnerOf(route, difference, isNewer);
        if (winner === 'sender') mine.push(difference.id);
        else if (winner === 'receiver') theirs.push(difference.remoteId);
        else both.push(difference);
    }
    await pushRecords(route.sender.org, mine);
    await pushRecords(route.receiver.org, theirs);
    if (both.length > 0) await pushBoth(apis, route, both);
    return { sent: mine.length + theirs.length + both.length, left: mayHaveTwins ? agreement.neverSent.length : 0 };
}

/** Whether the receiver has records that no record of the sender is linked with. */
function hasOthers({ records, receiverRecords, neverSent, missing }: Agreement): boolean {
    return receiverRecords > records - neverSent.length - missing.length;
}

type Winner = 'sender' | 'receiver' | 'both';

/** `isNewer`: the record of the sender was changed last. */
function winnerOf(route: Route, { fields }: Difference, isNewer: boolean): Winner {
    const policies = new Set(fields.map(({ field }) => policyOf(route, field)));
    const [policy] = policies;
    if (policies.size !== 1 || policy === 'Ask') return 'both';
    if (policy === 'Newest') return isNewer ? 'sender' : 'receiver';
    return (policy === 'Source') === (route.from === 'source') ? 'sender' : 'receiver';
}

/** Policy of a field of the sender; one that goes in one direction only has its sender's value. */
function policyOf({ mapping, from }: Route, field: string): string {
    const found = mapping.fields.find(
        ({ sourceField, targetField }) => (from === 'source' ? sourceField : targetField) === field
    );
    if (mapping.direction !== 'Both' || (found !== undefined && found.direction !== 'Both')) {
        return from === 'source' ? 'Source' : 'Target';
    }
    return found?.policy ?? mapping.policy;
}

/** When records were last changed, in milliseconds since 1970. */
async function modified(
    api: OrgApi,
    object: string,
    different: readonly Difference[],
    idOf: (difference: Difference) => string
): Promise<Map<string, number>> {
    const moments = new Map<string, number>();
    const query = `SELECT Id, LastModifiedDate FROM ${object} WHERE`;
    for await (const row of api.lookUp(query, 'Id', different.map(idOf))) {
        moments.set(row['Id'], Date.parse(row['LastModifiedDate']));
    }
    return moments;
}

/** Delivery rests until both orgs have said what they hold, so that the changes meet and are merged. */
function pushBoth(apis: OrgApis, { sender, receiver }: Route, both: readonly Difference[]): Promise<void> {
    const orgs = { source: apis.source.org, target: apis.target.org };
    return whilePaused(orgs, 'bridge sync verify --repair', async () => {
        await pushRecords(
            sender.org,
            both.map(({ id }) => id)
        );
        await pushRecords(
            receiver.org,
            both.map(({ remoteId }) => remoteId)
        );
    });
}
