import type { FieldValue } from './field-value.ts';
import { Id } from './id.ts';

/** What one SELECT item contributes to a row, in the order of the SELECT list. Rows of one query share the list. */
export interface SelectedMember {
    readonly kind: 'field' | 'parent' | 'children';
    /** Field, parent relationship or child relationship name. */
    readonly name: string;
}

/** An error put on a record by `addError`. */
export interface RecordError {
    readonly message: string;
    readonly statusCode: string;
    /** The field the error belongs to; undefined when it belongs to the record. */
    readonly field: string | undefined;
}

export interface CloneOptions {
    readonly preserveId?: boolean;
    /** Parent records are copied too; otherwise the copy shares them. */
    readonly deep?: boolean;
    readonly preserveReadonlyTimestamps?: boolean;
    /** Auto-number fields to leave out; the caller knows the schema. */
    readonly drop?: readonly string[];
}

const SYSTEM_TIMESTAMPS = ['CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp'];

/** Thrown by a write to a record that a trigger may only read; Apex sees System.FinalException. */
export class ReadOnlyRecordError extends Error {
    constructor() {
        super('Record is read-only');
    }
}

/**
 * One record, wherever it comes from: SOQL, Apex, DML or JSON. It knows no schema: names are kept as first written and
 * found without regard to case, so callers that know the schema pass the declared spelling and take the fast path.
 *
 * A field is unset (`get` gives undefined), null, or has a value.
 */
export class SObject {
    /** API name in declared case; `AggregateResult` for rows of aggregate queries. */
    readonly type: string;
    /** A write throws ReadOnlyRecordError while it is set. */
    readOnly = false;
    /** Gives values that are not kept in the record, by name: formula fields of a record in a trigger. */
    derive: ((name: string) => FieldValue | undefined) | undefined;
    #fields = new Map<string, FieldValue>();
    #parents: Map<string, SObject | null> | undefined;
    #children: Map<string, SObject[]> | undefined;
    #selection: readonly SelectedMember[] | undefined;
    #errors: RecordError[] | undefined;

    constructor(type: string) {
        this.type = type;
    }

    get id(): Id | null {
        const value = this.get('Id');
        if (value instanceof Id) return value;
        return typeof value === 'string' ? (Id.tryParse(value) ?? null) : null;
    }

    set id(value: Id | null) {
        this.set('Id', value);
    }

    /** undefined when the field is unset; see `isReadable` for rows of a query. */
    get(name: string): FieldValue | undefined {
        const value = this.#fields.get(name);
        if (value !== undefined) return value;
        const other = this.#fields.get(spelling(this.#fields, name));
        return other === undefined ? this.derive?.(name) : other;
    }

    set(name: string, value: FieldValue): void {
        if (this.readOnly) throw new ReadOnlyRecordError();
        this.#fields.set(spelling(this.#fields, name), value);
    }

    /** `set` for the maker of a record: the name is in declared case and was not written before in another. */
    fill(name: string, value: FieldValue): void {
        this.#fields.set(name, value);
    }

    unset(name: string): void {
        if (this.readOnly) throw new ReadOnlyRecordError();
        this.#fields.delete(spelling(this.#fields, name));
        this.#deselect(name);
    }

    has(name: string): boolean {
        return this.#fields.has(spelling(this.#fields, name));
    }

    /** Set fields in the order they were first set. */
    fieldNames(): IterableIterator<string> {
        return this.#fields.keys();
    }

    entries(): IterableIterator<[name: string, value: FieldValue]> {
        return this.#fields.entries();
    }

    /** SELECT list of the query this row came from; undefined for records made otherwise. */
    get selection(): readonly SelectedMember[] | undefined {
        return this.#selection;
    }

    /** Marks the record as a row of a query. */
    set selection(members: readonly SelectedMember[] | undefined) {
        this.#selection = members;
    }

    /** False for a row of a query that did not select the field or relationship, unless code has set the field since. */
    isReadable(name: string): boolean {
        return this.#selection === undefined || this.has(name) || name.toLowerCase() === 'id' || this.selects(name);
    }

    /** Whether the query this row came from named the field, parent or child relationship. */
    selects(name: string): boolean {
        const lower = name.toLowerCase();
        return this.#selection?.some((member) => member.name.toLowerCase() === lower) ?? false;
    }

    /** undefined when the relationship was neither queried nor set; null when the lookup was empty. */
    parent(relationship: string): SObject | null | undefined {
        return this.#parents?.get(spelling(this.#parents, relationship));
    }

    setParent(relationship: string, record: SObject | null): void {
        if (this.readOnly) throw new ReadOnlyRecordError();
        this.#parents ??= new Map();
        this.#parents.set(spelling(this.#parents, relationship), record);
    }

    parents(): IterableIterator<[relationship: string, record: SObject | null]> {
        return (this.#parents ?? EMPTY_PARENTS).entries();
    }

    /** undefined when the relationship was not queried. */
    children(relationship: string): SObject[] | undefined {
        return this.#children?.get(spelling(this.#children, relationship));
    }

    setChildren(relationship: string, records: SObject[]): void {
        if (this.readOnly) throw new ReadOnlyRecordError();
        this.#children ??= new Map();
        this.#children.set(spelling(this.#children, relationship), records);
    }

    /** The relationship counts as not queried from now on. */
    unsetChildren(relationship: string): void {
        if (this.readOnly) throw new ReadOnlyRecordError();
        this.#children?.delete(spelling(this.#children, relationship));
        this.#deselect(relationship);
    }

    #deselect(name: string): void {
        if (!this.selects(name)) return;
        const lower = name.toLowerCase();
        this.#selection = this.#selection?.filter((member) => member.name.toLowerCase() !== lower);
    }

    childLists(): IterableIterator<[relationship: string, records: SObject[]]> {
        return (this.#children ?? EMPTY_CHILDREN).entries();
    }

    get errors(): readonly RecordError[] {
        return this.#errors ?? NO_ERRORS;
    }

    /** Allowed on read-only records: after triggers report errors too. */
    addError(message: string, field?: string, statusCode = 'FIELD_CUSTOM_VALIDATION_EXCEPTION'): void {
        this.#errors ??= [];
        this.#errors.push({ message, field, statusCode });
    }

    clearErrors(): void {
        this.#errors = undefined;
    }

    /** The same record again: fields, relationships and selection, without errors and writable. */
    copy(): SObject {
        const copy = new SObject(this.type);
        copy.derive = this.derive;
        copy.#fields = new Map(this.#fields);
        copy.#parents = this.#parents && new Map(this.#parents);
        copy.#children = this.#children && new Map(this.#children);
        copy.#selection = this.#selection;
        return copy;
    }

    /** As `sObject.clone(…)` of Apex. */
    clone(options: CloneOptions = {}): SObject {
        const copy = this.copy();
        if (!options.preserveId) copy.unset('Id');
        if (!options.preserveReadonlyTimestamps) SYSTEM_TIMESTAMPS.forEach((name) => copy.unset(name));
        options.drop?.forEach((name) => copy.unset(name));
        if (options.deep) copy.#copyParents();
        return copy;
    }

    #copyParents(): void {
        for (const [relationship, record] of this.parents()) {
            this.setParent(relationship, record?.clone({ preserveId: true, deep: true }) ?? null);
        }
    }
}

const EMPTY_PARENTS: ReadonlyMap<string, SObject | null> = new Map();
const EMPTY_CHILDREN: ReadonlyMap<string, SObject[]> = new Map();
const NO_ERRORS: readonly RecordError[] = [];

/** The spelling under which `map` holds `name`, else `name` itself. */
function spelling(map: ReadonlyMap<string, unknown>, name: string): string {
    if (map.has(name)) return name;
    let lower: string | undefined;
    for (const key of map.keys()) {
        if (key.length !== name.length) continue;
        lower ??= name.toLowerCase();
        if (key.toLowerCase() === lower) return key;
    }
    return name;
}
