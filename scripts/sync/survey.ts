import type { CsvRow } from '../lib/csv.ts';
import { basesOf, linksOf, specialOperations, type KnownLink } from './links.ts';
import { WireNames } from './names.ts';
import type { Route, RouteSchema } from './route.ts';
import { TwinFinder, type Ambiguous, type FoundTwins, type TwinRule } from './twins.ts';
import { digestOf, wireValues, type WireValues } from './wire.ts';

/** Rows that are in memory at a time, and between two checkpoints. The Bulk API saves in batches of 10,000 rows. */
export const CHUNK = 10_000;

/** What a load does with a record. */
export type Step =
    | 'create'
    /** The other org has the record too: a rule says which. */
    | 'link'
    /** Changed since the other org last confirmed it. */
    | 'update'
    | 'unchanged'
    /** Changed where no trigger saw it: the engine sends it as any change. */
    | 'queue'
    /** The engine has to do more than an update: a conversion, a restore. */
    | 'leave';

export interface SurveyedRow {
    readonly id: string;
    readonly step: Step;
    readonly values: WireValues;
    readonly names: Readonly<Record<string, string | null>>;
    readonly link: KnownLink | undefined;
    /** Record of the receiver, with `link`. */
    readonly twin: string | undefined;
    /** When the record was last changed, with `link`. */
    readonly changedAt: string | undefined;
}

export interface SurveyedChunk {
    /** Last record of the chunk. */
    readonly last: string;
    /** Records of the chunk, those that are gone meanwhile and ambiguous ones too. */
    readonly size: number;
    /** Records that the survey covers, from where it started. */
    readonly total: number;
    readonly rows: readonly SurveyedRow[];
    readonly ambiguous: readonly Ambiguous[];
    /** Rows whose last common values had to be read. */
    readonly doubtful: number;
}

export interface SurveyOptions {
    readonly route: Route;
    readonly schema: RouteSchema;
    readonly rule?: TwinRule;
    readonly chunk: number;
    /** Goes on after this record. */
    readonly after?: string;
    /** Makes links of records that have none; called before their values are read. */
    readonly reserve?: (ids: readonly string[]) => Promise<void>;
}

/**
 * Reads the records of a route and says what has to be done with each. Links are read before values, so that no value is
 * older than the version it would be sent under: a change in between has a higher version, and the engine delivers it.
 */
export async function* survey(options: SurveyOptions): AsyncGenerator<SurveyedChunk> {
    const { route, rule, chunk, after } = options;
    const finder = rule === undefined ? undefined : new TwinFinder(route, rule);
    const names = new WireNames(route, options.schema);
    const columns = [...new Set(['Id', ...(finder?.columns ?? [])])];
    const soql = select(route, columns, after === undefined ? [] : [`Id > '${after}'`]);
    for await (const { rows, total } of route.sender.pages(soql, chunk)) {
        const last = rows.at(-1)?.['Id'] ?? '';
        yield { last, size: rows.length, total, ...(await surveyChunk(options, rows, finder, names)) };
    }
}

async function surveyChunk(
    { route, schema, reserve }: SurveyOptions,
    page: readonly CsvRow[],
    finder: TwinFinder | undefined,
    names: WireNames
): Promise<Pick<SurveyedChunk, 'rows' | 'ambiguous' | 'doubtful'>> {
    const { sender } = route;
    const links = await linksOf(
        sender,
        page.map((row) => row['Id'])
    );
    const isNew = (id: string): boolean => links.get(id)?.remoteId === undefined;
    const found = await finder?.find(page.filter((row) => isNew(row['Id'])));
    const left = new Set(found?.ambiguous.map(({ id }) => id));
    const ids = page.map((row) => row['Id']).filter((id) => !left.has(id));
    const pending = ids.filter((id) => isPending(links.get(id)));
    const special = pending.length === 0 ? new Set<string>() : await specialOperations(sender, pending);
    await reserve?.(ids.filter((id) => !links.has(id)));
    const rows = await valuesOf(route, page, ids, ['LastModifiedDate', ...names.columns]);
    await names.load(rows);
    const surveyed = rows.map((row) => surveyRow(row, { schema, link: links.get(row['Id']), found, special, names }));
    const doubtful = surveyed.filter(({ step, link }) => step === 'queue' && link?.state === 'Active');
    return {
        rows: await withoutKnown(route, surveyed, doubtful),
        ambiguous: found?.ambiguous ?? [],
        doubtful: doubtful.length
    };
}

/** Values of records between the first and the last of a page; only those of the page count. */
async function valuesOf(
    route: Route,
    page: readonly CsvRow[],
    ids: readonly string[],
    more: readonly string[]
): Promise<CsvRow[]> {
    const wanted = new Set(ids);
    if (wanted.size === 0) return [];
    const columns = [...new Set(['Id', ...route.fields.map(({ from }) => from), ...more])];
    const range = [`Id >= '${page[0]['Id']}'`, `Id <= '${page.at(-1)?.['Id'] ?? ''}'`];
    const rows: CsvRow[] = [];
    for await (const row of route.sender.rows(select(route, columns, range), CHUNK)) {
        if (wanted.has(row['Id'])) rows.push(row);
    }
    return rows;
}

function select({ senderObject, mapping }: Route, columns: readonly string[], range: readonly string[]): string {
    const conditions = [...(mapping.filter === '' ? [] : [`(${mapping.filter})`]), ...range];
    const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
    return `SELECT ${columns.join(', ')} FROM ${senderObject}${where} ORDER BY Id`;
}

interface RowFacts {
    readonly schema: RouteSchema;
    readonly link: KnownLink | undefined;
    readonly found: FoundTwins | undefined;
    readonly special: ReadonlySet<string>;
    readonly names: WireNames;
}

function surveyRow(row: CsvRow, { schema, link, found, special, names }: RowFacts): SurveyedRow {
    const id = row['Id'];
    const all = wireValues(row, schema.types);
    const held = new Set(link?.held);
    const values =
        held.size === 0 ? all : Object.fromEntries(Object.entries(all).filter(([field]) => !held.has(field)));
    const twin = found?.ids.get(id);
    const step = special.has(id) ? 'leave' : stepOf(link, digestOf(values), twin);
    const changedAt = twin === undefined ? undefined : row['LastModifiedDate'];
    return { id, step, values, names: names.of(row), link, twin, changedAt };
}

function isPending(link: KnownLink | undefined): boolean {
    return link !== undefined && link.localVersion > link.ackedVersion;
}

function stepOf(link: KnownLink | undefined, digest: string, twin: string | undefined): Step {
    if (link?.state === 'Unlinked') return 'unchanged';
    if (link?.state === 'Deleted') return 'queue';
    if (link?.remoteId === undefined) return twin === undefined ? 'create' : 'link';
    if (isPending(link)) return 'update';
    return link.digest === digest ? 'unchanged' : 'queue';
}

/** What came from the other org and was not changed here has no digest: its last common values tell. */
async function withoutKnown(
    { sender }: Route,
    rows: readonly SurveyedRow[],
    doubtful: readonly SurveyedRow[]
): Promise<readonly SurveyedRow[]> {
    if (doubtful.length === 0) return rows;
    const bases = await basesOf(
        sender,
        doubtful.map(({ id }) => id)
    );
    const known = new Set(doubtful.filter(({ id, values }) => isBase(values, bases.get(id) ?? {})).map(({ id }) => id));
    return rows.map((row) => (known.has(row.id) ? { ...row, step: 'unchanged' } : row));
}

function isBase(values: WireValues, base: Readonly<Record<string, string | null>>): boolean {
    return Object.entries(values).every(([field, value]) =>
        field in base ? base[field] === value : value === null || value === 'false'
    );
}
