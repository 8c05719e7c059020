import { platformTypes, type PlatformClass } from '../../../platform/signatures.ts';
import type { DmlRowError } from '../../runtime/runtime.ts';
import { EnumValue } from '../../runtime/enum-value.ts';
import type { ApexType, PlatformType } from '../../types/types.ts';
import { BeanObject } from '../bean.ts';
import { ApexList } from '../collections/apex-list.ts';
import { DatabaseErrorObject, isRowResult, RowResultObject } from '../database/results.ts';
import { Id } from '../../../values/index.ts';
import type { JsonTarget } from './deserialize.ts';
import type { JsonEntry } from './json-value.ts';

type Read = (entry: JsonEntry, type: ApexType) => unknown;

/**
 * An object of a platform class made from JSON: the results of DML, which tests make so because they have no
 * constructor, and classes that hold values. undefined when JSON cannot make one.
 */
export function platformValue(
    target: JsonTarget,
    entries: readonly JsonEntry[],
    type: PlatformType,
    read: Read
): object | undefined {
    const info = platformTypes().type(type.key);
    const values = new Map<string, unknown>();
    for (const entry of entries) {
        const typeName = info === undefined ? undefined : propertyType(info, entry.name.toLowerCase());
        const valueType = typeName === undefined ? undefined : target.rt.resolveType(typeName);
        if (valueType !== undefined) values.set(entry.name.toLowerCase(), read(entry, valueType));
    }
    if (isRowResult(type.name)) return rowResult(type.name, values);
    if (type.name === 'Database.Error') return new DatabaseErrorObject(rowError(values));
    const made = holderOf(target, type);
    if (made === undefined) return undefined;
    values.forEach((value, name) => made.set(name, value));
    return made;
}

/** Type of a property, or of what `getX()` or `isX()` gives of one that only has accessors. */
function propertyType({ properties, methods }: PlatformClass, lower: string): string | undefined {
    const property = properties.find(({ name }) => name.toLowerCase() === lower);
    const getters = [`get${lower}`, `is${lower}`];
    const getter = methods.find(
        ({ name, parameters }) => parameters.length === 0 && getters.includes(name.toLowerCase())
    );
    return property?.type ?? getter?.returns;
}

/** An empty object of a class that holds values; those that only the platform makes are made from JSON too. */
function holderOf({ rt }: JsonTarget, type: PlatformType): BeanObject | undefined {
    if (JSON_ONLY.has(type.name)) return new BeanObject(type.name);
    const made = rt.instantiate(type);
    return made instanceof BeanObject ? made : undefined;
}

/** Results that have no constructor and that mocks make from JSON. */
const JSON_ONLY: ReadonlySet<string> = new Set([
    'Approval.LockResult',
    'Approval.ProcessResult',
    'Approval.UnlockResult',
    'Database.EmptyRecycleBinResult',
    'Database.LeadConvertResult',
    'Database.MergeResult',
    'Invocable.Action.Error',
    'Invocable.Action.Result',
    'Messaging.SendEmailError',
    'Messaging.SendEmailResult',
    'System.FormulaRecalcFieldError',
    'System.FormulaRecalcResult'
]);

function rowResult(name: string, values: ReadonlyMap<string, unknown>): RowResultObject {
    const errors = values.get('errors');
    const id = values.get('id');
    const rows = errors instanceof ApexList ? (errors.items as DatabaseErrorObject[]) : [];
    return new RowResultObject(name.slice('Database.'.length) as 'SaveResult', {
        id: id instanceof Id ? id.value : null,
        success: values.get('success') === true,
        created: values.get('created') === true,
        errors: rows.map(({ error }) => error)
    });
}

function rowError(values: ReadonlyMap<string, unknown>): DmlRowError {
    const { message, statuscode, fields } = Object.fromEntries(values);
    return {
        message: typeof message === 'string' ? message : '',
        statusCode: statuscode instanceof EnumValue ? statuscode.name : '',
        fields: fields instanceof ApexList ? (fields.items as string[]) : []
    };
}
