import { evaluateFormula } from '../schema/formula/evaluate-formula.ts';
import { FormulaError, parseFormula } from '../schema/formula/parse-formula.ts';
import { Decimal, Id } from '../values/index.ts';
import { notSupported } from './errors.ts';
import { summaryFieldValue } from './summary-value.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import type { FormulaScope, FormulaValue } from '../schema/formula/evaluate-formula.ts';
import type { Formula } from '../schema/formula/parse-formula.ts';
import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import type { FieldValue } from '../values/index.ts';

/** What formulas are evaluated against, in a query or in a save. */
export interface FormulaContext {
    readonly schema: Schema;
    readonly store: Store;
    readonly userId: string;
    readonly now: number;
    readonly timeZone: string;
}

const parsed = new Map<string, Formula>();

export function formulaOf(text: string): Formula {
    let formula = parsed.get(text);
    if (formula === undefined) {
        formula = parseFormula(text);
        parsed.set(text, formula);
    }
    return formula;
}

/** The value of a formula field. Throws SoqlError (NOT_SUPPORTED_LOCALLY) where the formula uses more than runs here. */
export function formulaFieldValue(row: Row, field: FieldDef, object: ObjectDef, context: FormulaContext): FieldValue {
    const scope = rowScope(row, object, context);
    try {
        return asFieldValue(evaluateFormula(formulaOf(field.formula ?? ''), scope), field);
    } catch (error) {
        if (error instanceof FormulaError)
            throw notSupported(`${object.name}.${field.name}: ${error.message}; this formula`);
        throw error;
    }
}

function asFieldValue(value: FormulaValue, field: FieldDef): FieldValue {
    if (field.type === 'boolean') return value === true;
    return value instanceof Decimal ? value.setScale(field.scale, 'HALF_UP') : value;
}

/** Fields of a stored row, its parents and the global `$User`, `$Profile` and `$Organization`. */
export function rowScope(row: Row, object: ObjectDef, context: FormulaContext): FormulaScope {
    return {
        field: (path) => readPath(row, object, path, context),
        isNew: false,
        now: context.now,
        timeZone: context.timeZone,
        blankAsZero: true
    };
}

export function readPath(row: Row, object: ObjectDef, path: readonly string[], context: FormulaContext): FieldValue {
    const [first = '', ...rest] = path;
    if (first.startsWith('$')) return readGlobal(first, rest, context);
    if (rest.length === 0) return readField(row, object, first, context);
    const lookup = object.parentRelationships.get(first.toLowerCase());
    if (lookup === undefined) throw new FormulaError(`Field ${path.join('.')} does not exist`);
    const id = row[lookup.name];
    const [only] = lookup.referenceTo;
    const target = id instanceof Id ? context.schema.objectByKeyPrefix(id.prefix) : context.schema.object(only ?? '');
    if (target === undefined) return null;
    const parent = id instanceof Id ? context.store.table(target.name).get(id.value) : undefined;
    return parent === undefined ? null : readPath(parent, target, rest, context);
}

function readField(row: Row, object: ObjectDef, name: string, context: FormulaContext): FieldValue {
    const field = object.fields.get(name.toLowerCase());
    if (field === undefined) throw new FormulaError(`Field ${name} does not exist`);
    if (field.formula !== undefined) return formulaFieldValue(row, field, object, context);
    if (field.summary !== undefined) return summaryFieldValue(row, field, object, context);
    return row[field.name] ?? (field.type === 'boolean' ? false : null);
}

const GLOBALS: Readonly<Record<string, string>> = { $user: 'User', $profile: 'Profile', $organization: 'Organization' };

function readGlobal(name: string, path: readonly string[], context: FormulaContext): FieldValue {
    const object = context.schema.object(GLOBALS[name.toLowerCase()] ?? '');
    if (object === undefined) throw new FormulaError(`${name} is not supported by the local org`);
    const row = globalRow(object.name, context);
    return row === undefined ? null : readPath(row, object, path, context);
}

function globalRow(object: string, { store, userId }: FormulaContext): Row | undefined {
    const user = store.table('User').get(userId);
    if (object === 'User') return user;
    if (object === 'Organization') return [...store.table(object).rows()][0];
    return user?.ProfileId instanceof Id ? store.table(object).get(user.ProfileId.value) : undefined;
}
