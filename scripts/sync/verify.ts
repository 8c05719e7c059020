import type { CsvRow } from '../lib/csv.ts';
import { compareWith, type Difference } from './compare.ts';
import { linksOf } from './links.ts';
import { readRouteSchema, type From, type Route, type RouteSchema } from './route.ts';
import { CHUNK, survey, type SurveyedRow } from './survey.ts';
import { digestOf, isNumberType, wireText, type WireValues } from './wire.ts';

/** Whether the records of a mapping agree, seen from the org that sends them. */
export interface Agreement {
    readonly mapping: string;
    readonly from: From;
    /** Records of the sender that the mapping covers. */
    records: number;
    /** All records of the receiver's object. */
    receiverRecords: number;
    /** Same values in both orgs, by the digest of each. */
    equal: number;
    /** Compared field by field by the receiver, since a digest alone could not tell. */
    comparedThere: number;
    /** Kept apart by a person: unlinked. */
    unlinked: number;
    readonly different: Difference[];
    /** The link is there, its record in the other org is not. */
    readonly missing: string[];
    /** The other org never got them. */
    readonly neverSent: string[];
}

export interface VerifyOptions {
    readonly route: Route;
    readonly chunk?: number;
    readonly onProgress?: (read: number, total: number) => void;
}

/** Compares all records of a route with their twins, value by value. Nothing is written. */
export async function verify({ route, chunk = CHUNK, onProgress }: VerifyOptions): Promise<Agreement> {
    const schema = await readRouteSchema(route);
    const terms = await receiverTerms(route, schema);
    const agreement: Agreement = {
        mapping: route.mapping.name,
        from: route.from,
        records: 0,
        receiverRecords: await route.receiver.count(route.receiverObject, ''),
        equal: 0,
        comparedThere: 0,
        unlinked: 0,
        different: [],
        missing: [],
        neverSent: []
    };
    for await (const { rows, ambiguous, size, total } of survey({ route, schema, chunk })) {
        await verifyRows(route, terms, rows, agreement);
        agreement.neverSent.push(...ambiguous.map(({ id }) => id));
        agreement.records += rows.length;
        onProgress?.(agreement.records, Math.max(total, size));
    }
    return agreement;
}

async function verifyRows(
    route: Route,
    terms: ReceiverTerms,
    rows: readonly SurveyedRow[],
    agreement: Agreement
): Promise<void> {
    const linked = new Map<string, SurveyedRow>();
    for (const row of rows) {
        if (row.link?.state === 'Unlinked') agreement.unlinked += 1;
        else if (row.link?.remoteId === undefined) agreement.neverSent.push(row.id);
        else linked.set(row.link.remoteId, row);
    }
    const digests = await digestsOf(route, terms, linked);
    const parents = await parentsOf(route, [...linked.values()]);
    const doubtful: SurveyedRow[] = [];
    for (const [remoteId, row] of linked) {
        const theirs = digests.get(remoteId);
        const mine = terms.isComplete ? digestOf(inReceiverTerms(route, row, parents)) : undefined;
        if (theirs === undefined) agreement.missing.push(row.id);
        else if (mine === theirs) agreement.equal += 1;
        else doubtful.push(row);
    }
    agreement.comparedThere += doubtful.length;
    for await (const { row, outcome } of compareWith(route, doubtful)) {
        if (outcome === 'Equal') agreement.equal += 1;
        else if (outcome === 'Missing') agreement.missing.push(row.id);
        else agreement.different.push(outcome);
    }
}

/** How values of a route read in the receiver. */
interface ReceiverTerms {
    readonly numbers: ReadonlySet<string>;
    /** Every field reads alike in both orgs, but for references, which links translate. */
    readonly isComplete: boolean;
}

const ALIKE: ReadonlySet<string> = new Set(['None', 'Trim', 'Reference']);

async function receiverTerms(route: Route, schema: RouteSchema): Promise<ReceiverTerms> {
    const described = await route.receiver.org.connection.describe(route.receiverObject);
    const hasCurrency = schema.hasCurrency || described.fields.some(({ name }) => name === 'CurrencyIsoCode');
    return {
        numbers: new Set(described.fields.filter(({ type }) => isNumberType(type)).map(({ name }) => name)),
        isComplete: route.fields.every(
            ({ transform }) => ALIKE.has(transform) || (transform === 'Currency' && !hasCurrency)
        )
    };
}

/** Digests of records of the receiver, of those fields that the sender's row has. */
async function digestsOf(
    { receiver, receiverObject, fields }: Route,
    { numbers }: ReceiverTerms,
    linked: ReadonlyMap<string, SurveyedRow>
): Promise<Map<string, string>> {
    const columns = [...new Set(['Id', ...fields.map(({ to }) => to)])];
    const digests = new Map<string, string>();
    const query = `SELECT ${columns.join(', ')} FROM ${receiverObject} WHERE`;
    for await (const row of receiver.bulkLookUp(query, 'Id', [...linked.keys()])) {
        const mine = linked.get(row['Id']);
        if (mine !== undefined) digests.set(row['Id'], digestOf(valuesOf(row, fields, mine, numbers)));
    }
    return digests;
}

function valuesOf(
    row: CsvRow,
    fields: Route['fields'],
    { values }: SurveyedRow,
    numbers: ReadonlySet<string>
): WireValues {
    const compared = fields.filter(({ from }) => from in values);
    return Object.fromEntries(compared.map(({ to }) => [to, wireText(row[to] ?? '', numbers.has(to))]));
}

function inReceiverTerms(
    { fields }: Route,
    { values }: SurveyedRow,
    parents: ReadonlyMap<string, string | undefined>
): WireValues {
    return Object.fromEntries(
        fields
            .filter(({ from }) => from in values)
            .map(({ from, to, transform }) => {
                const value = values[from];
                return [to, value !== null && transform === 'Reference' ? (parents.get(value) ?? `?${value}`) : value];
            })
    );
}

/** Twins of the records to which rows refer. */
async function parentsOf(
    { sender, fields }: Route,
    rows: readonly SurveyedRow[]
): Promise<Map<string, string | undefined>> {
    const references = fields.filter(({ transform }) => transform === 'Reference');
    const ids = new Set(references.flatMap(({ from }) => rows.map(({ values }) => values[from] ?? '')));
    ids.delete('');
    const links = await linksOf(sender, [...ids]);
    return new Map([...links].map(([id, { remoteId }]) => [id, remoteId]));
}

/** Records that do not agree, by their id in the sender. */
export function disagreeing({ different, missing, neverSent }: Agreement): string[] {
    return [...different.map(({ id }) => id), ...missing, ...neverSent];
}
