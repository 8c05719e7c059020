import type { CsvRow } from '../lib/csv.ts';
import { BridgeError } from '../lib/errors.ts';
import { RECORD_KEY_FIELD } from '../lib/target-api.ts';
import { linksOf } from './links.ts';
import type { Route } from './route.ts';

/** Records that both orgs have are twins when these fields are equal in both, and no other record has the same values. */
export interface TwinRule {
    readonly mapping: string;
    /** Fields of the source org. */
    readonly fields: readonly string[];
    /** As the user wrote it. */
    readonly text: string;
}

/** Values that both orgs hold alike. */
const COMPARABLE: ReadonlySet<string> = new Set(['None', 'Trim']);
const FORM = /^(\w+)[=:]\s*(\w+(?:\+\w+)*)$/;

/** `Account=Website+Phone`. A name alone is no rule: two records of one name are not one record. */
export function readTwinRule(text: string): TwinRule {
    const [, mapping, names] = FORM.exec(text) ?? [];
    if (mapping === undefined || names === undefined) {
        throw new BridgeError('user', 'TWIN_RULE', `"${text}" is no rule for twins.`, [
            `Write the mapping and its fields: --twins Account=${RECORD_KEY_FIELD}, or Account=Website+Name.`
        ]);
    }
    const fields = names.split('+');
    if (fields.every((field) => /^(First|Last)?Name$/.test(field))) {
        throw new BridgeError('user', 'TWIN_BY_NAME', `"${text}" would link records by their names alone.`, [
            'Add a field that tells them apart: --twins Account=Website+Name.'
        ]);
    }
    return { mapping, fields, text };
}

/** A record that no rule settles. */
export interface Ambiguous {
    readonly id: string;
    /** Records of the other org that fit. */
    readonly candidates: readonly string[];
    readonly reason: string;
}

export interface FoundTwins {
    /** Record of the receiver by record of the sender. */
    readonly ids: ReadonlyMap<string, string>;
    readonly ambiguous: readonly Ambiguous[];
}

/** How the rule reads in the direction of a route. */
interface Matcher {
    /** Fields of the sender that the rule needs. */
    readonly columns: readonly string[];
    /** Undefined for a row without a value. */
    readonly keyOf: (row: CsvRow) => string | undefined;
    readonly receiverColumns: readonly string[];
    /** Field of the receiver, and its value in a row of the sender, that find the candidates. */
    readonly receiverField: string;
    readonly valueOf: (row: CsvRow) => string;
    readonly receiverKeyOf: (row: CsvRow) => string;
}

export class TwinFinder {
    readonly #route: Route;
    readonly #matcher: Matcher;

    constructor(route: Route, rule: TwinRule) {
        this.#route = route;
        this.#matcher = matcherOf(route, rule);
    }

    get columns(): readonly string[] {
        return this.#matcher.columns;
    }

    /** Twins of rows that have no link. A row fits one record of the receiver and no other row fits it, else it is ambiguous. */
    async find(rows: readonly CsvRow[]): Promise<FoundTwins> {
        const { keyOf } = this.#matcher;
        const keyed = rows.flatMap((row) => {
            const key = keyOf(row);
            return key === undefined ? [] : [{ row, key }];
        });
        if (keyed.length === 0) return { ids: new Map(), ambiguous: [] };
        const theirs = await this.#candidates(keyed.map(({ row }) => row));
        const matched = keyed.filter(({ key }) => theirs.has(key));
        const mine = await this.#sameInSender(matched.map(({ row }) => row));
        const candidates = matched.flatMap(({ key }) => theirs.get(key) ?? []);
        const linked = await linksOf(this.#route.receiver, candidates);
        const ids = new Map<string, string>();
        const ambiguous: Ambiguous[] = [];
        for (const { row, key } of matched) {
            const found = theirs.get(key) ?? [];
            const id = row['Id'];
            const reason =
                found.length > 1
                    ? `${found.length} records of the other org fit.`
                    : (mine.get(key) ?? 1) > 1
                      ? `${mine.get(key)} records of this org fit the same record.`
                      : isTaken(linked.get(found[0])?.remoteId, id)
                        ? 'The record that fits is linked with another one.'
                        : undefined;
            if (reason === undefined) ids.set(id, found[0]);
            else ambiguous.push({ id, candidates: found, reason });
        }
        return { ids, ambiguous };
    }

    async #candidates(rows: readonly CsvRow[]): Promise<Map<string, string[]>> {
        const { receiverColumns, receiverField, valueOf, receiverKeyOf } = this.#matcher;
        const query = `SELECT ${[...new Set(['Id', ...receiverColumns])].join(', ')} FROM ${this.#route.receiverObject} WHERE`;
        const found = new Map<string, string[]>();
        const values = [...new Set(rows.map(valueOf))];
        for await (const row of this.#route.receiver.lookUp(query, receiverField, values)) {
            const key = receiverKeyOf(row);
            found.set(key, [...(found.get(key) ?? []), row['Id']]);
        }
        return found;
    }

    /** How many records of the sender have a key, those of other chunks too. */
    async #sameInSender(rows: readonly CsvRow[]): Promise<Map<string, number>> {
        const { columns, keyOf } = this.#matcher;
        const counts = new Map<string, number>();
        const [field] = columns;
        if (field === undefined || rows.length === 0) return counts;
        const query = `SELECT ${['Id', ...columns].join(', ')} FROM ${this.#route.senderObject} WHERE`;
        const values = [...new Set(rows.map((row) => row[field]))];
        for await (const row of this.#route.sender.lookUp(query, field, values)) {
            const key = keyOf(row);
            if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
        }
        return counts;
    }
}

function isTaken(remoteId: string | undefined, id: string): boolean {
    return remoteId !== undefined && remoteId !== id;
}

function matcherOf(route: Route, rule: TwinRule): Matcher {
    if (rule.fields.length === 1 && rule.fields[0] === RECORD_KEY_FIELD) return keyMatcher(route);
    const pairs = rule.fields.map((field) => pairOf(route, field));
    const columns = pairs.map(({ from }) => from);
    const receiverColumns = pairs.map(({ to }) => to);
    const [field] = columns;
    const [receiverField] = receiverColumns;
    return {
        columns,
        receiverColumns,
        receiverField,
        keyOf: (row) => (columns.some((name) => (row[name] ?? '') === '') ? undefined : joined(row, columns)),
        valueOf: (row) => row[field],
        receiverKeyOf: (row) => joined(row, receiverColumns)
    };
}

function keyMatcher({ from, sender, receiver }: Route): Matcher {
    const source = from === 'source' ? sender.org.orgId : receiver.org.orgId;
    if (from === 'source') {
        return {
            columns: [],
            receiverColumns: [RECORD_KEY_FIELD],
            receiverField: RECORD_KEY_FIELD,
            keyOf: (row) => `${source}:${row['Id']}`,
            valueOf: (row) => `${source}:${row['Id']}`,
            receiverKeyOf: (row) => row[RECORD_KEY_FIELD]
        };
    }
    const recordOf = (row: CsvRow): string | undefined => {
        const [org, record] = (row[RECORD_KEY_FIELD] ?? '').split(':');
        return org === source ? record : undefined;
    };
    return {
        columns: [RECORD_KEY_FIELD],
        receiverColumns: [],
        receiverField: 'Id',
        keyOf: recordOf,
        valueOf: (row) => recordOf(row) ?? '',
        receiverKeyOf: (row) => row['Id']
    };
}

/** The rule names fields of the source org. */
function pairOf({ mapping, from }: Route, sourceField: string): { readonly from: string; readonly to: string } {
    const found = mapping.fields.find((field) => field.sourceField?.toLowerCase() === sourceField.toLowerCase());
    if (found?.sourceField === undefined || found.targetField === undefined || !COMPARABLE.has(found.transform)) {
        throw new BridgeError(
            'user',
            'TWIN_FIELD',
            `The mapping ${mapping.name} has no field ${sourceField} of the source org that both orgs hold alike.`,
            ['Name fields that the mapping has in both orgs, without a transform.']
        );
    }
    const { sourceField: mine, targetField: theirs } = found;
    return from === 'source' ? { from: mine, to: theirs } : { from: theirs, to: mine };
}

/** Case does not tell twins apart, as it does not in a query. */
function joined(row: CsvRow, columns: readonly string[]): string {
    return JSON.stringify(columns.map((name) => (row[name] ?? '').toLowerCase()));
}
