import { randomUUID } from 'node:crypto';
import { BridgeError } from '../lib/errors.ts';
import type { Checkpoint } from './checkpoint.ts';
import { receive, settle, type Answer } from './inbox.ts';
import { pushRecords } from './orders.ts';
import { refOf, readRouteSchema, type Route } from './route.ts';
import { PEER } from './peer.ts';
import { CHUNK, survey, type SurveyedChunk, type SurveyedRow } from './survey.ts';
import type { Ambiguous, TwinRule } from './twins.ts';

export interface LoadFailure {
    /** Record of the sender. */
    readonly id: string;
    readonly code: string;
    readonly message: string;
    readonly remedy: string;
}

export interface LoadCounts {
    read: number;
    /** Records that an earlier run, which was stopped, has done. */
    resumed: number;
    created: number;
    /** Records that both orgs had, linked by a rule. */
    linked: number;
    updated: number;
    /** The other org has exactly these values already: nothing was written. */
    unchanged: number;
    /** Given to the engine, which delivers them as any change. */
    queued: number;
    /** A record to which they refer is not there yet, or another transaction was in the way. */
    waiting: number;
    readonly ambiguous: Ambiguous[];
    readonly refused: LoadFailure[];
}

function noCounts(): LoadCounts {
    return {
        read: 0,
        resumed: 0,
        created: 0,
        linked: 0,
        updated: 0,
        unchanged: 0,
        queued: 0,
        waiting: 0,
        ambiguous: [],
        refused: []
    };
}

export interface LoadOptions {
    readonly route: Route;
    readonly rule?: TwinRule;
    readonly checkpoint: Checkpoint;
    /** Rows between two checkpoints. */
    readonly chunk?: number;
    readonly onProgress?: (counts: LoadCounts, total: number) => void;
}

const CONFIRMED: ReadonlySet<string> = new Set(['Applied', 'Unchanged', 'Merged', 'Conflict']);
const LATER: ReadonlySet<string> = new Set(['Waiting', 'Concurrent', 'Retry']);
/** A link that was made by a change of the same moment. */
const MADE_MEANWHILE = 'DUPLICATE_VALUE';

/**
 * Brings the receiver to the sender's values, chunk by chunk: what the other org has already is left out, the rest goes into
 * the receiver's inbox, whose trigger applies it as a change over REST, and the answers go into the sender's inbox, whose
 * trigger settles them as after a callout. A chunk that is sent again changes nothing, so a load that was killed goes on at
 * its checkpoint.
 */
export async function load({ route, rule, checkpoint, chunk = CHUNK, onProgress }: LoadOptions): Promise<LoadCounts> {
    const counts = noCounts();
    const schema = await readRouteSchema(route);
    const before = checkpoint.at;
    counts.resumed = before?.done ?? 0;
    const reserve = (ids: readonly string[]): Promise<void> => reserveLinks(route, ids);
    for await (const part of survey({ route, schema, chunk, reserve, rule, after: before?.last })) {
        await loadChunk(route, part, counts);
        checkpoint.reached({ last: part.last, done: counts.resumed + counts.read });
        onProgress?.(counts, part.total);
    }
    checkpoint.clear();
    return counts;
}

async function loadChunk(route: Route, { rows, size, ambiguous }: SurveyedChunk, counts: LoadCounts): Promise<void> {
    const of = (...steps: SurveyedRow['step'][]): SurveyedRow[] => rows.filter(({ step }) => steps.includes(step));
    counts.ambiguous.push(...ambiguous);
    counts.unchanged += of('unchanged').length;
    counts.queued += of('queue', 'leave').length;
    await pushRecords(
        route.sender.org,
        of('queue').map(({ id }) => id)
    );
    const sent = of('create', 'link', 'update');
    if (sent.length > 0) await send(route, sent, counts);
    counts.read += size;
}

/**
 * Makes links with version 1 for records that have none. A link that a user's change makes at the same moment stays: it has
 * version 1 or more.
 */
async function reserveLinks({ sender, mapping }: Route, ids: readonly string[]): Promise<void> {
    const columns = ['Ref__c', 'Peer__c', 'Mapping__c', 'Local_Id__c', 'Local_Version__c', 'State__c'];
    const rows = ids.map((id) => [refOf(id), PEER, mapping.name, id, '1', 'Active']);
    const failures = await sender.write({ object: 'Sync_Link__c', operation: 'insert', ref: 'Ref__c', columns, rows });
    const real = failures.find(({ code }) => code !== MADE_MEANWHILE);
    // Rows without a link have no version to be sent under.
    if (real !== undefined) {
        throw new BridgeError(
            'org',
            'LINK_REFUSED',
            `The ${sender.org.role} org refused the sync link ${real.ref}: ${real.code} ${real.message}`,
            [
                'Check that your user may create Sync Link records (permission set Sync_Admin).',
                'Then run the command again: it goes on where it stopped.'
            ]
        );
    }
}

async function send(route: Route, rows: readonly SurveyedRow[], counts: LoadCounts): Promise<void> {
    const messages = new Map(rows.map((row) => [row.id, JSON.stringify(changeOf(route, row))]));
    const answers = await receive(route, messages);
    const unsettled = await settle(route, messages, answers);
    for (const row of rows) count(row, unsettled.get(row.id) ?? answers.get(row.id), counts);
}

function count({ id, step }: SurveyedRow, answer: Answer | undefined, counts: LoadCounts): void {
    const outcome = answer?.outcome ?? 'NO_ANSWER';
    const isThere = CONFIRMED.has(outcome) || (answer?.receiverId ?? null) !== null;
    if (isThere && step === 'create') counts.created += 1;
    if (isThere && step === 'link') counts.linked += 1;
    if (isThere && step === 'update') counts.updated += 1;
    if (LATER.has(outcome)) counts.waiting += 1;
    if (CONFIRMED.has(outcome) || LATER.has(outcome)) return;
    counts.refused.push({
        id,
        code: answer?.error?.code ?? outcome,
        message: answer?.error?.message ?? 'The other org gave no answer.',
        remedy: answer?.error?.remedy ?? 'Correct it in the named org, and load again: only what is missing is sent.'
    });
}

function changeOf({ mapping }: Route, row: SurveyedRow): object {
    const { id, values, names, link, twin, changedAt } = row;
    const receiverId = link?.remoteId ?? twin;
    const version = Math.max(1, link?.localVersion ?? 0);
    return {
        mapping: mapping.name,
        operation: 'Upsert',
        id,
        ...(receiverId !== undefined && { receiverId }),
        version,
        knows: link?.remoteVersion ?? 0,
        correlationId: randomUUID(),
        capturedMs: Date.now(),
        hops: 0,
        values,
        names,
        // An empty value of a record that was never in step beats none of its twin.
        ...(twin !== undefined && {
            changed: Object.fromEntries(
                Object.entries(values)
                    .filter(([, value]) => value !== null)
                    .map(([field]) => [field, { version, at: changedAt }])
            )
        })
    };
}
