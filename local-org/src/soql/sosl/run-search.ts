import type { FieldDef, FieldType, ObjectDef, Schema } from '../../schema/types.ts';
import type { Id, SObject } from '../../values/index.ts';
import { SoqlError } from '../errors.ts';
import type { SearchedObject, SearchScope, SoslSearch } from './parse-sosl.ts';
import { parseTerm } from './search-term.ts';

export interface SearchOptions {
    readonly schema: Schema;
    /** Runs SOQL with binds, as the user who searches. */
    readonly query: (soql: string, binds: ReadonlyMap<string, unknown>) => readonly SObject[];
    readonly binds: ReadonlyMap<string, unknown>;
    /** What the index finds, instead of looking: `Test.setFixedSearchResults`. */
    readonly found?: readonly Id[] | undefined;
}

export interface SearchResult {
    readonly object: string;
    readonly records: readonly SObject[];
}

/** Name of the bind that carries the ids found; no variable of Apex has it. */
const FOUND = 'sosl_found';
const MAX_ROWS = 2000;

const TEXT_TYPES: ReadonlySet<FieldType> = new Set([
    'string',
    'textarea',
    'email',
    'phone',
    'url',
    'picklist',
    'multipicklist',
    'combobox'
]);

/** Runs a search over the rows that the user sees; one result per object of RETURNING, in its order. */
export function runSearch(search: SoslSearch, options: SearchOptions): SearchResult[] {
    const { term, returning, scope } = search;
    const text = term.kind === 'bind' ? options.binds.get(term.text.toLowerCase()) : term.text;
    if (typeof text !== 'string') throw new SoqlError({ code: 'MALFORMED_QUERY', detail: 'search term is null' });
    const matches = parseTerm(text);
    const searched = returning ?? everyObject(options.schema);
    let left = search.limit ?? MAX_ROWS;
    const results = searched.map((target): SearchResult => {
        const object = objectOf(options.schema, target.object);
        const found = options.found ?? findIds(object, scope, matches, options);
        const records = options.query(searchQuery(target), withFound(options.binds, found)).slice(0, left);
        left -= records.length;
        return { object: object.name, records };
    });
    return returning === undefined ? results.filter(({ records }) => records.length > 0) : results;
}

/** SOQL that gives one object's part of the result. */
export function searchQuery({ object, fields, where, orderBy, limit, offset }: SearchedObject): string {
    return [
        `SELECT ${fields} FROM ${object} WHERE Id IN :${FOUND}`,
        ...(where === undefined ? [] : [`AND (${where})`]),
        ...(orderBy === undefined ? [] : [`ORDER BY ${orderBy}`]),
        ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
        ...(offset === undefined ? [] : [`OFFSET ${offset}`])
    ].join(' ');
}

function withFound(binds: ReadonlyMap<string, unknown>, ids: readonly Id[]): ReadonlyMap<string, unknown> {
    return new FoundBinds(binds, ids);
}

/** Binds of a search, whose names need not be known before they are asked for, with the ids found. */
class FoundBinds extends Map<string, unknown> {
    readonly #outer: ReadonlyMap<string, unknown>;

    constructor(outer: ReadonlyMap<string, unknown>, ids: readonly Id[]) {
        super([[FOUND, ids]]);
        this.#outer = outer;
    }

    override has(name: string): boolean {
        return super.has(name) || this.#outer.has(name);
    }

    override get(name: string): unknown {
        return super.get(name) ?? this.#outer.get(name);
    }
}

function findIds(
    { name, fields }: ObjectDef,
    scope: SearchScope,
    matches: (texts: readonly string[]) => boolean,
    { query }: SearchOptions
): Id[] {
    const searched = Array.from(fields.values()).filter((field) => isSearched(field, scope));
    const selected = ['Id', ...searched.map((field) => field.name)];
    const rows = query(`SELECT ${[...new Set(selected)].join(', ')} FROM ${name}`, new Map());
    return rows.flatMap((row) => {
        const texts = searched.flatMap((field) => row.get(field.name)?.toString() ?? []);
        return row.id !== null && matches(texts) ? [row.id] : [];
    });
}

function isSearched(field: FieldDef, scope: SearchScope): boolean {
    switch (scope) {
        case 'NAME':
            return field.nameField;
        case 'EMAIL':
            return field.type === 'email';
        case 'PHONE':
            return field.type === 'phone';
        case 'SIDEBAR':
            return field.nameField || field.type === 'email' || field.type === 'phone' || field.externalId;
        case 'ALL':
            return TEXT_TYPES.has(field.type);
    }
}

function everyObject(schema: Schema): SearchedObject[] {
    const searched = [...schema.objects()].filter(
        ({ kind, nameField, queryable }) =>
            queryable && nameField !== undefined && (kind === 'standard' || kind === 'custom')
    );
    return searched.map(({ name }) => ({
        object: name,
        fields: 'Id',
        where: undefined,
        orderBy: undefined,
        limit: undefined,
        offset: undefined
    }));
}

function objectOf(schema: Schema, name: string): ObjectDef {
    const object = schema.object(name);
    if (object === undefined) {
        const detail = `sObject type '${name}' is not supported.`;
        throw new SoqlError({ code: 'INVALID_TYPE', detail });
    }
    return object;
}
