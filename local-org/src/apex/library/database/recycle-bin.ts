import type { ApexDate } from '../../../values/index.ts';
import { Datetime, Id, SObject } from '../../../values/index.ts';
import { chargeLimit } from '../../runtime/limit-messages.ts';
import type { DmlRowError, Runtime } from '../../runtime/runtime.ts';
import { ID, platformType } from '../../types/apex-types.ts';
import { beanClass, BeanObject } from '../bean.ts';
import { ApexList } from '../collections/apex-list.ts';
import type { NativeClass, NativeStatic } from '../native.ts';
import { findSObjectType } from '../schema/tokens.ts';
import { refuseReadOnly } from '../test/read-only.ts';
import { errorList } from './results.ts';

const EMPTY_RESULT = platformType('Database.EmptyRecycleBinResult');
const DELETED_RECORD = platformType('Database.DeletedRecord');

/** Days a deleted record stays in the recycle bin. */
const DAYS_KEPT = 15;
const DAY = 86_400_000;

/** `Database.emptyRecycleBin`: deleted records go for good. */
const emptyRecycleBin: NativeStatic = (rt, target: unknown) => {
    const isList = target instanceof ApexList;
    const items = isList ? target.items : [target];
    refuseReadOnly(rt);
    chargeLimit(rt, 'dmlStatements', 1);
    chargeLimit(rt, 'dmlRows', items.length);
    const results = items.map((item) => remove(rt, item ?? rt.nullPointer()));
    return isList ? new ApexList(EMPTY_RESULT, results) : results[0];
};

function remove(rt: Runtime, item: unknown): BeanObject {
    const id = item instanceof SObject ? item.id : (Id.tryParse(rt.toText(item)) ?? null);
    const object = id === null ? undefined : rt.org.schema.objectByKeyPrefix(id.prefix)?.name;
    const isVisible = object !== undefined && id !== null && deleted(rt, object, 'AND Id = :id', { id }).length > 0;
    const isInBin = isVisible && rt.org.database.emptyFromBin(object, id);
    const error: DmlRowError = {
        statusCode: 'UNDELETE_FAILED',
        message: 'Entity is not in the recycle bin',
        fields: []
    };
    return new BeanObject('Database.EmptyRecycleBinResult', {
        errors: errorList(isInBin ? [] : [error]),
        id,
        success: isInBin
    });
}

function deleted(
    rt: Runtime,
    object: string,
    where: string,
    binds: Readonly<Record<string, unknown>>
): readonly SObject[] {
    const soql = `SELECT Id, SystemModstamp FROM ${object} WHERE IsDeleted = true ${where}`;
    const options = { access: rt.tx.access, binds: new Map(Object.entries(binds)), allRows: true };
    return rt.org.database.query(soql, options).records;
}

const IN_RANGE = 'SystemModstamp >= :start AND SystemModstamp <= :end';

function objectNamed(rt: Runtime, name: string | null): string {
    const token = findSObjectType(rt, name ?? rt.nullPointer());
    return token?.object ?? rt.throwNew('System.InvalidParameterValueException', `Invalid sobject provided: ${name}`);
}

function getDeleted(rt: Runtime, name: string | null, start: Datetime | null, end: Datetime | null): BeanObject {
    const range = { start: start ?? rt.nullPointer(), end: end ?? rt.nullPointer() };
    const records = deleted(rt, objectNamed(rt, name), `AND ${IN_RANGE}`, range);
    const found = records.map(
        (record) =>
            new BeanObject('Database.DeletedRecord', {
                id: record.id,
                deletedDate: dayOf(record.get('SystemModstamp'))
            })
    );
    return new BeanObject('Database.GetDeletedResult', {
        deletedRecords: new ApexList(DELETED_RECORD, found),
        earliestDateAvailable: new Datetime(rt.org.clock.now() - DAYS_KEPT * DAY).dateIn('GMT'),
        latestDateCovered: range.end.dateIn('GMT')
    });
}

function getUpdated(rt: Runtime, name: string | null, start: Datetime | null, end: Datetime | null): BeanObject {
    const range = { start: start ?? rt.nullPointer(), end: end ?? rt.nullPointer() };
    const { records } = rt.org.database.query(`SELECT Id FROM ${objectNamed(rt, name)} WHERE ${IN_RANGE}`, {
        access: rt.tx.access,
        binds: new Map(Object.entries(range))
    });
    return new BeanObject('Database.GetUpdatedResult', {
        ids: new ApexList(
            ID,
            records.map((record) => record.id)
        ),
        latestDateCovered: range.end.dateIn('GMT')
    });
}

function dayOf(value: unknown): ApexDate | null {
    return value instanceof Datetime ? value.dateIn('GMT') : null;
}

export const recycleBinStatics: Readonly<Record<string, NativeStatic>> = {
    'emptyRecycleBin/1': emptyRecycleBin,
    'getDeleted(String,Datetime,Datetime)': getDeleted,
    'getUpdated(String,Datetime,Datetime)': getUpdated
};

export const recycleBinClasses: readonly NativeClass[] = [
    'Database.DeletedRecord',
    'Database.EmptyRecycleBinResult',
    'Database.GetDeletedResult',
    'Database.GetUpdatedResult'
].map((name) => beanClass(name, { readOnly: true }));
