import { Decimal, Id } from '../values/index.ts';
import { evaluateFormula } from '../schema/formula/evaluate-formula.ts';
import { FormulaError, parseFormula } from '../schema/formula/parse-formula.ts';
import { valueOfText } from '../schema/field-text.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { FieldValue } from '../values/index.ts';
import type { DmlContext } from './dml-context.ts';
import type { WorkItem } from './work-item.ts';

/** Fields with a default, found once per call; a record then pays only for those. */
export interface Defaults {
    readonly object: ObjectDef;
    readonly fields: readonly FieldDef[];
    readonly owner: boolean;
}

export function defaultsOf(object: ObjectDef): Defaults {
    const fields = [...object.fields.values()].filter(
        (field) => !field.autoNumber && !field.calculated && (field.type === 'boolean' || hasDefault(field))
    );
    return { object, fields, owner: object.fields.has('ownerid') };
}

function hasDefault(field: FieldDef): boolean {
    return field.defaultValue !== undefined || field.picklistValues.some((choice) => choice.defaultValue);
}

/** Fills fields the caller left unset; a field set to null stays null. */
export function applyDefaults({ values }: WorkItem, { fields, owner, object }: Defaults, context: DmlContext): void {
    for (const field of fields) {
        if (field.name in values) continue;
        const value = defaultValue(field, context);
        if (value !== null) values[field.name] = value;
    }
    if (owner && !('OwnerId' in values)) values.OwnerId = Id.of(context.caller.userId);
    if (object.name === 'User' && !('CommunityNickname' in values)) values.CommunityNickname = nickname(context);
    if (object.kind === 'customSetting' && !('SetupOwnerId' in values)) values.SetupOwnerId = organizationId(context);
}

/** The platform makes one up too when a user is created over the API without it. */
function nickname({ store, now }: DmlContext): string {
    return `User${now}${store.nextNumber('User.CommunityNickname')}`;
}

function organizationId({ store }: DmlContext): FieldValue {
    const [organization] = store.table('Organization').rows();
    return organization?.Id ?? null;
}

function defaultValue(field: FieldDef, context: DmlContext): FieldValue {
    const choice = field.picklistValues.find((candidate) => candidate.defaultValue);
    if (choice !== undefined) return choice.value;
    if (field.type === 'boolean') return field.defaultValue === 'true';
    const text = field.defaultValue;
    return text === undefined ? null : evaluateDefault(text.trim(), field, context);
}

/** Default values of custom fields are formulas; those of texts may be the bare text. */
function evaluateDefault(formula: string, field: FieldDef, context: DmlContext): FieldValue {
    const literal = valueOfText(field, formula);
    if (literal instanceof Decimal || typeof literal === 'number') return literal;
    const scope = {
        field: (path: readonly string[]): FieldValue => {
            throw new FormulaError(`the field ${path.join('.')} in a default value is not supported by the local org`);
        },
        isNew: true,
        now: context.now,
        timeZone: 'GMT',
        blankAsZero: false
    };
    try {
        return evaluateFormula(parseFormula(formula), scope);
    } catch (error) {
        if (error instanceof FormulaError) throw new Error(`Default value of ${field.name}: ${error.message}`);
        throw error;
    }
}
