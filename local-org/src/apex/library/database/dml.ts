import { Id, SObject } from '../../../values/index.ts';
import type { DmlOperation, Runtime } from '../../runtime/runtime.ts';
import { platformType } from '../../types/apex-types.ts';
import { elementsOf } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import type { NativeStatic } from '../native.ts';
import { SObjectFieldToken } from '../schema/tokens.ts';
import { AccessLevelObject, modeOf } from './access-level.ts';
import type { BeanObject } from '../bean.ts';
import { isDmlOptions, truncate } from './dml-options.ts';
import { RowResultObject } from './results.ts';

const RESULT_NAMES = {
    insert: 'SaveResult',
    update: 'SaveResult',
    upsert: 'UpsertResult',
    delete: 'DeleteResult',
    undelete: 'UndeleteResult'
} as const;

interface DmlArguments {
    allOrNone: boolean;
    level: AccessLevelObject | undefined;
    externalIdField: string | undefined;
    options: BeanObject | undefined;
}

/** The arguments behind the records differ by type, whatever their order. */
function readArguments(args: readonly unknown[]): DmlArguments {
    const read: DmlArguments = { allOrNone: true, level: undefined, externalIdField: undefined, options: undefined };
    for (const arg of args) {
        if (typeof arg === 'boolean') {
            read.allOrNone = arg;
        } else if (arg instanceof AccessLevelObject) {
            read.level = arg;
        } else if (arg instanceof SObjectFieldToken) {
            read.externalIdField = arg.field;
        } else if (isDmlOptions(arg)) {
            read.allOrNone = arg.get('optAllOrNone') === true;
            read.options = arg;
        }
    }
    return read;
}

/** Delete and undelete take ids too. */
function toRecord(rt: Runtime, value: unknown): SObject {
    if (value instanceof SObject) {
        return value;
    }
    const id = value instanceof Id ? value : typeof value === 'string' ? Id.tryParse(value) : undefined;
    const object = id === undefined ? undefined : rt.org.schema.objectByKeyPrefix(id.prefix);
    if (id === undefined || object === undefined) {
        return value === null
            ? rt.nullPointer()
            : rt.throwNew('System.TypeException', `Invalid id value for DML: ${rt.toText(value)}`);
    }
    const record = new SObject(object.name);
    record.id = id;
    return record;
}

function dml(operation: DmlOperation): NativeStatic {
    const name = RESULT_NAMES[operation];
    const resultType = platformType(`Database.${name}`);
    return (rt, target: unknown, ...args: unknown[]) => {
        const { allOrNone, level, externalIdField, options } = readArguments(args);
        const isList = target instanceof ApexList;
        const records = (isList ? elementsOf(rt, target) : [target]).map((value) => toRecord(rt, value));
        if (options !== undefined) records.forEach((record) => truncate(rt, options, record));
        const rows = rt.data.dml(operation, records, {
            allOrNone,
            mode: modeOf(rt, level),
            ...(externalIdField === undefined ? {} : { externalIdField })
        });
        const results = rows.map((row) => new RowResultObject(name, row));
        return isList ? new ApexList(resultType, results) : results[0];
    };
}

/** One implementation for all overloads with the same number of parameters. */
function overloads(operation: DmlOperation, counts: readonly number[]): Record<string, NativeStatic> {
    const implementation = dml(operation);
    return Object.fromEntries(counts.map((count) => [`${operation}/${count}`, implementation]));
}

export const dmlStatics: Readonly<Record<string, NativeStatic>> = {
    ...overloads('insert', [1, 2, 3]),
    ...overloads('update', [1, 2, 3]),
    ...overloads('upsert', [1, 2, 3, 4]),
    ...overloads('delete', [1, 2, 3]),
    ...overloads('undelete', [1, 2, 3])
};
