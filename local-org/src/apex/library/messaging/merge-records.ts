import { FormulaError } from '../../../schema/formula/parse-formula.ts';
import type { FormulaScope } from '../../../schema/formula/evaluate-formula.ts';
import type { FieldDef, ObjectDef } from '../../../schema/types.ts';
import { formatValue } from '../../../soql/format-value.ts';
import { Id, type FieldValue, type SObject } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { globalValue } from '../formula/formula-scope.ts';
import { userTimeZone } from '../system/user-context.ts';

/** A record whose values take the place of merge fields. */
export interface MergeRecord {
    readonly object: ObjectDef;
    readonly id: Id;
}

/**
 * What merge fields of an email are worked out with: `{!Contact.Name}` is of the record that `who` or `what` is, `{!User.Name}`
 * of the sender unless the mail is for a user, `{!Account.Name}` of the account of a contact when `what` is none. A merge field
 * of another object is blank. Source: SOAP API Developer Guide, renderEmailTemplate(); help "Merge Fields for Email Templates".
 */
export class MergeRecords {
    readonly #rt: Runtime;
    readonly #who: MergeRecord | undefined;
    readonly #what: MergeRecord | undefined;

    constructor(rt: Runtime, who: MergeRecord | undefined, what: MergeRecord | undefined) {
        this.#rt = rt;
        this.#who = who;
        this.#what = what;
    }

    /** The value as a reader sees it: numbers and dates in the user's format. Throws FormulaError for an unknown field. */
    shown(path: readonly string[]): string {
        const [first = '', ...rest] = path;
        const value = this.#value(path);
        const field = first.startsWith('$') ? undefined : this.#field(first, rest);
        const shown = field === undefined ? value : formatValue(value, field, userTimeZone(this.#rt));
        return shown === null ? '' : this.#rt.toText(shown);
    }

    scope(): FormulaScope {
        return {
            field: (path) => this.#value(path),
            isNew: false,
            now: this.#rt.org.clock.now(),
            timeZone: userTimeZone(this.#rt),
            blankAsZero: false
        };
    }

    #value(path: readonly string[]): FieldValue {
        const [first = '', ...rest] = path;
        if (first.startsWith('$')) return globalValue(this.#rt, first.toLowerCase(), rest.join('.'));
        this.#field(first, rest);
        const record = this.#recordOf(first);
        return record === undefined ? null : this.#read(record, rest);
    }

    #read({ object, id }: MergeRecord, path: readonly string[]): FieldValue {
        const { records } = this.#rt.org.database.query(`SELECT ${path.join('.')} FROM ${object.name} WHERE Id = :id`, {
            access: { ...this.#rt.tx.access, mode: 'system', sharing: false },
            binds: new Map([['id', id]])
        });
        let record: SObject | undefined = records[0];
        for (const step of path.slice(0, -1)) record = record?.parent(step) ?? undefined;
        return record?.get(path.at(-1) ?? '') ?? null;
    }

    #recordOf(name: string): MergeRecord | undefined {
        const lower = name.toLowerCase();
        const given = [this.#what, this.#who].find((record) => record?.object.name.toLowerCase() === lower);
        if (given !== undefined) return given;
        if (lower === 'user') return this.#record('User', Id.of(this.#rt.tx.access.userId));
        if (lower === 'organization') return this.#record('Organization', Id.of(this.#rt.org.id));
        if (lower !== 'account' || this.#who?.object.name !== 'Contact') return undefined;
        const account = this.#read(this.#who, ['AccountId']);
        return account instanceof Id ? this.#record('Account', account) : undefined;
    }

    #record(name: string, id: Id): MergeRecord | undefined {
        const object = this.#rt.org.schema.object(name);
        return object === undefined ? undefined : { object, id };
    }

    #field(name: string, path: readonly string[]): FieldDef {
        const { schema } = this.#rt.org;
        let object = schema.object(name);
        for (const step of path.slice(0, -1)) {
            const [parent = ''] = object?.parentRelationships.get(step.toLowerCase())?.referenceTo ?? [];
            object = schema.object(parent);
        }
        const field = object?.fields.get((path.at(-1) ?? '').toLowerCase());
        if (field === undefined) throw new FormulaError(`Field ${[name, ...path].join('.')} does not exist`);
        return field;
    }
}
