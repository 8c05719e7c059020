import { evaluateApex } from '../../lib/anonymous-apex.ts';
import type { LinkedOrgs } from '../../lib/context.ts';
import { BridgeError } from '../../lib/errors.ts';
import type { BridgeOrg } from '../../lib/org-connection.ts';
import type { Steps } from '../../lib/steps.ts';
import { planMappings } from '../generate/generate.ts';
import { knownMappings } from '../generate/known-mappings.ts';
import type { MappedObject, PlanOptions, PlannedObject } from '../generate/plan-types.ts';
import { apexString, whilePaused } from '../orders.ts';
import { chooseConnection, readConnections, readSharedRecords, type Connection } from './connections.ts';
import type { SharedField } from './field-list.ts';
import { pairUp, type Dropped, type Twins } from './pair-up.ts';
import { verifyTwins, type TwinGroup } from './verify-twins.ts';

export interface ImportRequest extends PlanOptions {
    readonly connection: string | undefined;
    /** What Setup shows of published and subscribed fields; all fields of the same names when absent. */
    readonly fields: readonly SharedField[] | undefined;
    readonly folder: string;
}

/** What an import would do. */
export interface ImportPlan {
    readonly connection: Connection;
    /** Connections of both orgs that are not in use. */
    readonly dead: readonly (Connection & { readonly org: string })[];
    readonly groups: readonly (TwinGroup & { readonly mapping: string })[];
    /** Mappings to be written. */
    readonly planned: readonly PlannedObject[];
    readonly dropped: readonly Dropped[];
}

/** Reads a native connection and plans mappings and links. Nothing is changed. */
export async function planImport(orgs: LinkedOrgs, steps: Steps, request: ImportRequest): Promise<ImportPlan> {
    const { connection, dead, paired } = await steps.step('Read the native connection', async (report) => {
        const here = await requireConnections(orgs.source);
        const there = await readConnections(orgs.target);
        const chosen = chooseConnection(here, request.connection);
        const ofSource = await readSharedRecords(orgs.source, chosen, (text) => report.progress(text));
        const ofTarget: typeof ofSource = [];
        const known = new Set(ofSource.map(({ localId }) => localId));
        for (const one of (there ?? []).filter(({ status }) => status === 'Accepted')) {
            const rows = await readSharedRecords(orgs.target, one, (text) => report.progress(text));
            // The name of the other end is another one: it is the connection whose records are shared with ours.
            if (rows.some(({ partnerId }) => partnerId !== undefined && known.has(partnerId))) ofTarget.push(...rows);
        }
        report.detail(`"${chosen.name}", ${ofSource.length} shared records`);
        return { connection: chosen, dead: deadOf(here, there ?? []), paired: pairUp(ofSource, ofTarget) };
    });
    const { groups, dropped } = await steps.step('Look for the records in both orgs', async (report) => {
        const verified = await verifyTwins(orgs, paired, (text) => report.progress(text));
        const count = verified.groups.reduce((sum, { twins }) => sum + twins.length, 0);
        report.detail(`${count} pairs, ${verified.dropped.length} not linked`);
        return verified;
    });
    if (paired.twins.length > 0 && groups.length === 0) {
        throw new BridgeError(
            'user',
            'S2S_OTHER_ORG',
            `None of the ${paired.twins.length} shared records is in both orgs: "${connection.name}" leads elsewhere.`,
            ['Name the connection that leads to the target org: --connection NAME', 'Or swap --source and --target.']
        );
    }
    const known = await knownMappings(orgs, request.folder);
    const missing = groups.filter((group) => !known.some((mapping) => fits(mapping, group)));
    const planned = await steps.step('Plan the mappings', async (report) => {
        if (missing.length === 0) {
            report.already('all objects are mapped');
            return [];
        }
        return planMappings(orgs, {
            ...request,
            objects: missing.map((group) => objectRequest(group, request.fields))
        });
    });
    const all: MappedObject[] = [...known, ...planned];
    return { connection, dead, planned, dropped, groups: inOrder(groups, all) };
}

function fits(mapping: MappedObject, group: TwinGroup): boolean {
    return mapping.source === group.source && mapping.target === group.target;
}

/** Parents are linked first. */
function inOrder(groups: readonly TwinGroup[], all: readonly MappedObject[]): (TwinGroup & { mapping: string })[] {
    return groups
        .flatMap((group) => {
            const mapping = all.find((one) => fits(one, group));
            return mapping === undefined ? [] : [{ ...group, mapping: mapping.name, order: mapping.order }];
        })
        .sort((left, right) => left.order - right.order)
        .map(({ order: _order, ...group }) => group);
}

function objectRequest({ source, target }: TwinGroup, fields: readonly SharedField[] | undefined) {
    const own = fields?.filter(({ object }) => object.toLowerCase() === source.toLowerCase());
    const renamed = own?.filter((field) => field.source.toLowerCase() !== field.target.toLowerCase()) ?? [];
    return { source, target, renamed, ...(own !== undefined && { only: own.map((field) => field.source) }) };
}

async function requireConnections(org: BridgeOrg): Promise<Connection[]> {
    const connections = await readConnections(org);
    if (connections === undefined) {
        throw new BridgeError('user', 'S2S_OFF', `The ${org.role} org has no Salesforce to Salesforce.`, [
            'Name the org that has the connection: --source ALIAS, and the partner org as --target ALIAS.',
            'Your user needs the permission "Manage Connections" to see connections.'
        ]);
    }
    return connections;
}

function deadOf(here: readonly Connection[], there: readonly Connection[]): ImportPlan['dead'] {
    const dead = (list: readonly Connection[], org: string): ImportPlan['dead'] =>
        list.filter(({ status }) => status !== 'Accepted').map((connection) => ({ ...connection, org }));
    return [...dead(here, 'source'), ...dead(there, 'target')];
}

/** Pairs that one transaction links. */
const CHUNK = 200;

export interface Linked {
    readonly linked: number;
    readonly already: number;
    readonly refused: readonly Dropped[];
}

/**
 * Links all pairs in both orgs, which have the mappings. Nothing is delivered meanwhile. The target sends what it holds
 * afterwards, so that values that differ are merged by the policy of the mapping.
 */
export async function linkTwins(orgs: LinkedOrgs, steps: Steps, plan: ImportPlan): Promise<Linked> {
    return steps.step('Link the records in both orgs', async (report) => {
        const total = plan.groups.reduce((sum, { twins }) => sum + twins.length, 0);
        let [linked, already, done] = [0, 0, 0];
        const refused: Dropped[] = [];
        await whilePaused(orgs, 'bridge import-s2s', async () => {
            for (const { mapping, twins } of plan.groups) {
                for (let start = 0; start < twins.length; start += CHUNK) {
                    const outcomes = await adopt(orgs, mapping, twins.slice(start, start + CHUNK));
                    linked += outcomes.linked;
                    already += outcomes.already;
                    refused.push(...outcomes.refused);
                    done += Math.min(CHUNK, twins.length - start);
                    report.progress(`${done} of ${total} pairs`);
                }
            }
        });
        report.detail(`${linked} linked, ${already} were linked, ${refused.length} refused`);
        return { linked, already, refused };
    });
}

interface Outcome {
    readonly id: string;
    readonly outcome: 'Linked' | 'Already' | 'Refused';
    readonly reason: string | null;
}

/** What the source refuses is not offered to the target. */
async function adopt({ source, target }: LinkedOrgs, mapping: string, twins: readonly Twins[]): Promise<Linked> {
    const bySource = new Map((await adoptIn(source, 'adopt', mapping, twins)).map((one) => [one.id, one]));
    const accepted = twins.filter((pair) => bySource.get(pair.source)?.outcome !== 'Refused');
    const byTarget = new Map((await adoptIn(target, 'adoptAndSend', mapping, accepted)).map((one) => [one.id, one]));
    const outcomes = twins.map((pair) => ({ pair, here: bySource.get(pair.source), there: byTarget.get(pair.target) }));
    const refused = outcomes.flatMap(({ pair, here, there }): Dropped[] => {
        const one = [here, there].find((outcome) => outcome?.outcome === 'Refused');
        return one === undefined ? [] : [{ ...pair, code: 'TAKEN', reason: one.reason ?? '' }];
    });
    const already = outcomes.filter(({ here, there }) => here?.outcome === 'Already' && there?.outcome === 'Already');
    return { linked: twins.length - refused.length - already.length, already: already.length, refused };
}

async function adoptIn(
    org: BridgeOrg,
    method: 'adopt' | 'adoptAndSend',
    mapping: string,
    twins: readonly Twins[]
): Promise<readonly Outcome[]> {
    if (twins.length === 0) return [];
    const other = org.role === 'source' ? 'target' : 'source';
    const pairs = twins.map((pair) => `${pair[org.role]}=${pair[other]}`).join(';');
    return evaluateApex<readonly Outcome[]>(
        org,
        `List<SyncAdoption.Twin> twins = new List<SyncAdoption.Twin>();
        for (String pair : ${apexString(pairs)}.split(';')) {
            SyncAdoption.Twin twin = new SyncAdoption.Twin();
            twin.id = pair.substringBefore('=');
            twin.remoteId = pair.substringAfter('=');
            twins.add(twin);
        }`,
        `SyncAdoption.${method}(${apexString(mapping)}, twins)`
    );
}
