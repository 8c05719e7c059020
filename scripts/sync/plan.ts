import { soqlString } from '../lib/org-connection.ts';
import { refusalOf, readReceiverSchema } from './forecast.ts';
import type { LoadFailure } from './load.ts';
import { BULK_FROM, COLLECTION, literalsOfOneQuery, REST_LIST } from './org-api.ts';
import { readRouteSchema, refOf, type From, type Route } from './route.ts';
import { CHUNK, survey, type SurveyedChunk, type SurveyedRow } from './survey.ts';
import type { Ambiguous, TwinRule } from './twins.ts';

/** What a load would do with the records of one mapping in one direction. */
export interface RoutePlan {
    readonly mapping: string;
    readonly from: From;
    read: number;
    create: number;
    /** Records that both orgs have, and the rule that says so. */
    link: number;
    readonly rule: string | undefined;
    update: number;
    unchanged: number;
    /** Given to the engine, which delivers them as any change. */
    queue: number;
    /** The first pairs, so that a person can look at them. */
    readonly links: { readonly id: string; readonly twin: string }[];
    readonly ambiguous: Ambiguous[];
    /** What the schema of the receiver refuses; its validation rules and triggers are not known beforehand. */
    readonly refused: LoadFailure[];
    /** API requests that the load costs. */
    readonly calls: { sender: number; receiver: number };
}

export interface PlanOptions {
    readonly route: Route;
    readonly rule?: TwinRule;
    readonly chunk?: number;
    readonly onProgress?: (read: number, total: number) => void;
}

const SHOWN_LINKS = 100;

/** Says what a load would do. Nothing is written. */
export async function plan({ route, rule, chunk = CHUNK, onProgress }: PlanOptions): Promise<RoutePlan> {
    const schema = await readRouteSchema(route);
    const receiver = await readReceiverSchema(route);
    const planned: RoutePlan = {
        mapping: route.mapping.name,
        from: route.from,
        read: 0,
        create: 0,
        link: 0,
        rule: rule?.text,
        update: 0,
        unchanged: 0,
        queue: 0,
        links: [],
        ambiguous: [],
        refused: [],
        calls: { sender: 0, receiver: 0 }
    };
    for await (const part of survey({ route, schema, rule, chunk })) {
        const accepted = part.rows.filter((row) => {
            const refusal = isSent(row) ? refusalOf(row, receiver) : undefined;
            if (refusal !== undefined) planned.refused.push(refusal);
            return refusal === undefined;
        });
        for (const row of accepted) note(planned, row);
        planned.ambiguous.push(...part.ambiguous);
        planned.read += part.size;
        addCalls(planned, part, rule !== undefined);
        onProgress?.(planned.read, part.total);
    }
    return planned;
}

function isSent({ step }: SurveyedRow): boolean {
    return step === 'create' || step === 'link' || step === 'update';
}

function note(planned: RoutePlan, { id, step, twin }: SurveyedRow): void {
    planned[step === 'leave' ? 'queue' : step] += 1;
    if (step === 'link' && twin !== undefined && planned.links.length < SHOWN_LINKS) planned.links.push({ id, twin });
}

/** Requests of a bulk query besides its pages: made, looked at, taken away. */
const QUERY_JOB = 3;
/** Made, uploaded, closed, looked at, taken away. */
const INGEST_JOB = 5;
/** A look-up of more values than one REST query takes is a bulk query. */
const LOOK_UP = QUERY_JOB + 1;
/** Links and the outbox are looked up by the reference of a record, whose id has 18 characters. */
const REFS_OF_ONE_QUERY = literalsOfOneQuery(soqlString(refOf('0'.repeat(18))).length);

/** What a chunk costs, as `load` goes about it. Jobs that take long are looked at more often. */
function addCalls({ calls, read }: RoutePlan, part: SurveyedChunk, hasRule: boolean): void {
    const { rows, size, doubtful } = part;
    const sent = rows.filter(isSent).length;
    const unlinked = rows.filter(({ link }) => link === undefined).length;
    const pending = rows.filter(({ link }) => link !== undefined && link.localVersion > link.ackedVersion).length;
    // The records of all chunks are one query.
    if (read === size) calls.sender += QUERY_JOB;
    calls.sender +=
        1 + lookUp(size) + lookUp(pending, QUERY_JOB) + lookUp(doubtful) + writes(unlinked) + LOOK_UP + exchange(sent);
    calls.sender += Math.ceil(rows.filter(({ step }) => step === 'queue').length / COLLECTION);
    calls.receiver += exchange(sent) + (hasRule ? 2 * lookUp(unlinked) : 0);
}

/** Values looked up; a query that finds nothing has no page, as that for conversions and restores mostly does. */
function lookUp(count: number, callsOfQuery = LOOK_UP): number {
    if (count === 0) return 0;
    return count <= REST_LIST ? 1 : callsOfQuery * Math.ceil(count / REFS_OF_ONE_QUERY);
}

function writes(count: number): number {
    return count >= BULK_FROM ? INGEST_JOB : Math.ceil(count / COLLECTION);
}

/** Rows written to an inbox, their answers read, the rows taken away. */
function exchange(count: number): number {
    if (count === 0) return 0;
    return 2 * writes(count) + (count >= BULK_FROM ? QUERY_JOB + Math.ceil(count / BULK_FROM) : 1);
}
