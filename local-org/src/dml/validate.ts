import { isDeleted } from '../store/row.ts';
import { Decimal, Id } from '../values/index.ts';
import { withSharing } from './dml-context.ts';
import {
    badPicklistValue,
    entityIsDeleted,
    invalidEmail,
    noSuchRecord,
    numberOutOfRange,
    recordNotAccessible,
    requiredFieldsMissing,
    stringTooLong,
    wrongReferenceType
} from './row-errors.ts';
import { fieldOf } from './work-item.ts';
import type { DmlRowError } from '../apex/runtime/runtime.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { FieldValue } from '../values/index.ts';
import type { DmlContext } from './dml-context.ts';
import type { WorkItem } from './work-item.ts';

const EMAIL = /^[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\"]+\.[^\s@<>()[\],;:\\".]{2,}$/;

export function requiredFields(object: ObjectDef): readonly FieldDef[] {
    return [...object.fields.values()].filter(
        (field) => !field.nillable && field.createable && field.type !== 'boolean' && !field.autoNumber
    );
}

/** System validation: required fields, lengths, ranges, picklists and references of what is about to be saved. */
export function validate(item: WorkItem, object: ObjectDef, required: readonly FieldDef[], context: DmlContext): void {
    const missing = required.filter((field) => isMissing(item, field)).map((field) => field.name);
    if (missing.length > 0) item.errors.push(requiredFieldsMissing(missing));
    for (const name in item.values) {
        const value = item.values[name];
        if (value === null || value === undefined || value === item.before?.[name]) continue;
        const field = fieldOf(object, name);
        const error = field && validateValue(value, field, object, context);
        if (error !== undefined) item.errors.push(error);
    }
}

/** A required field with a default may be left out, but not be cleared. */
function isMissing({ values, before }: WorkItem, field: FieldDef): boolean {
    const value = values[field.name];
    if (value !== null && value !== undefined) return false;
    return value === null || before !== undefined || !field.defaultedOnCreate;
}

function validateValue(
    value: NonNullable<FieldValue>,
    field: FieldDef,
    object: ObjectDef,
    context: DmlContext
): DmlRowError | undefined {
    if (typeof value === 'string') return validateText(value, field);
    if (value instanceof Decimal) return validateNumber(value, field);
    if (typeof value === 'number') return validateInteger(value, field);
    return value instanceof Id && field.type === 'reference'
        ? validateReference(value, field, object, context)
        : undefined;
}

function validateText(value: string, field: FieldDef): DmlRowError | undefined {
    if (field.length > 0 && value.length > field.length) return stringTooLong(field, value);
    if (field.type === 'email' && !EMAIL.test(value)) return invalidEmail(field, value);
    if (!field.restrictedPicklist) return undefined;
    const choices = field.type === 'multipicklist' ? value.split(';') : [value];
    const bad = choices.find((text) => !field.picklistValues.some((choice) => isChoice(choice.value, text)));
    return bad === undefined ? undefined : badPicklistValue(field, bad);
}

function isChoice(choice: string, text: string): boolean {
    return choice.toLowerCase() === text.toLowerCase();
}

function validateNumber(value: Decimal, field: FieldDef): DmlRowError | undefined {
    if (field.precision === 0) return undefined;
    const whole = value.abs().truncate().toString();
    const digits = whole === '0' ? 0 : whole.length;
    return digits > field.precision - field.scale ? numberOutOfRange(field, value.toString()) : undefined;
}

function validateInteger(value: number, field: FieldDef): DmlRowError | undefined {
    const tooLong = field.precision > 0 && field.precision < 9 && Math.abs(value) >= 10 ** field.precision;
    return tooLong ? numberOutOfRange(field, String(value)) : undefined;
}

/** The referenced record must exist, be of a permitted object and be visible where sharing is enforced. */
function validateReference(id: Id, field: FieldDef, object: ObjectDef, context: DmlContext): DmlRowError | undefined {
    // The owner that every new record gets.
    if (id.value === context.caller.userId && field.name === 'OwnerId') return undefined;
    const target = context.schema.objectByKeyPrefix(id.prefix);
    if (target === undefined) return noSuchRecord(field.name);
    const isOpen = field.referenceTo.length === 0 || field.hasMoreTargets === true;
    const allowed = isOpen || field.referenceTo.some((name) => isSame(name, target.name));
    // A lookup of an activity or file may point to any custom object too.
    const open = allowed || (field.referenceTo.length > 2 && target.kind === 'custom');
    if (!open) return wrongReferenceType(field, id.value);
    const row = context.store.table(target.name).get(id.value);
    if (row === undefined) {
        const master = id.value === '012000000000000AAA';
        return master || target.kind === 'customMetadata' ? undefined : noSuchRecord(field.name);
    }
    if (isDeleted(row)) return entityIsDeleted(field.name);
    const hidden = withSharing(context) && !context.access.recordVisible(context.caller.userId, target.name, id.value);
    return hidden && object.kind !== 'setup' ? recordNotAccessible(id.value, field.name) : undefined;
}

function isSame(left: string, right: string): boolean {
    return left.toLowerCase() === right.toLowerCase();
}
