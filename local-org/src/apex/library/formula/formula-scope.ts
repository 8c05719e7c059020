import type { FormulaScope } from '../../../schema/formula/evaluate-formula.ts';
import { FormulaError } from '../../../schema/formula/parse-formula.ts';
import { SObject, type FieldValue } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { fieldNamed, readField } from '../sobject/fields.ts';
import { userTimeZone } from '../system/user-context.ts';

/** Objects behind the global variables of a formula, with the id of the row they mean. */
const GLOBALS: Readonly<Record<string, (rt: Runtime) => readonly [object: string, where: string, id: string]>> = {
    $user: (rt) => ['User', 'Id', rt.tx.access.userId],
    $profile: (rt) => ['Profile', 'Id', String(globalValue(rt, '$user', 'ProfileId'))],
    $organization: (rt) => ['Organization', 'Id', rt.org.id]
};

/** What a formula sees of a record or of an object of a class: its fields, those of its parents, and global variables. */
export function formulaScope(rt: Runtime, context: object, blankAsZero: boolean): FormulaScope {
    return {
        field: (path) => valueAt(rt, context, path),
        isNew: context instanceof SObject && context.id === null,
        now: rt.org.clock.now(),
        timeZone: userTimeZone(rt),
        blankAsZero
    };
}

function valueAt(rt: Runtime, context: object | null, path: readonly string[]): FieldValue {
    const [first = '', ...rest] = path;
    if (first.startsWith('$')) return globalValue(rt, first.toLowerCase(), rest.join('.'));
    if (context === null) return null;
    if (rest.length > 0) return valueAt(rt, step(rt, context, first), rest);
    return context instanceof SObject
        ? readField(rt, context, fieldNamed(rt, context, first))
        : (memberOf(rt, context, first) as FieldValue);
}

function step(rt: Runtime, context: object, name: string): object | null {
    return context instanceof SObject ? (context.parent(name) ?? null) : (memberOf(rt, context, name) as object | null);
}

function memberOf(rt: Runtime, target: object, name: string): unknown {
    const field = rt.fieldsOf(target).find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
    if (field === undefined) throw new FormulaError(`Field ${name} does not exist. Check spelling.`);
    return field.get(target);
}

/** `$User.Name`. Throws FormulaError for a variable that is not known. */
export function globalValue(rt: Runtime, name: string, field: string): FieldValue {
    const source = GLOBALS[name]?.(rt);
    if (source === undefined) throw new FormulaError(`The global variable ${name} is not supported by the local org`);
    const [object, where, id] = source;
    const { records } = rt.org.database.query(`SELECT ${field} FROM ${object} WHERE ${where} = :id`, {
        access: { ...rt.tx.access, mode: 'system', sharing: false },
        binds: new Map([['id', id]])
    });
    return records[0]?.get(field) ?? null;
}
