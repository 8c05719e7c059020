import { CsvError, parse } from 'csv-parse/sync';
import { valueOfText } from '../../../schema/field-text.ts';
import type { FieldDef, ObjectDef } from '../../../schema/types.ts';
import { SObject, type Datetime, type Id } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { sobjectType } from '../../types/apex-types.ts';
import { ApexList } from '../collections/apex-list.ts';
import { modeOf } from '../database/access-level.ts';
import { objectOf, type SObjectTypeToken } from '../schema/tokens.ts';

/** `Test.loadData`: inserts the rows of a CSV file that is a static resource. Ids in it only link its own rows. */
export function loadData(rt: Runtime, token: SObjectTypeToken | null, resource: string | null): ApexList {
    const object = objectOf(rt, token ?? rt.nullPointer());
    const [header = [], ...rows] = rowsOf(rt, resource ?? rt.nullPointer());
    const fields = header.map((name) => fieldOf(rt, object, name));
    const records = rows.map((row) => {
        const record = new SObject(object.name);
        row.forEach((text, index) => {
            const field = fields[index];
            if (field !== undefined && field.type !== 'id' && text !== '') setText(rt, record, field, text);
        });
        return record;
    });
    rt.data.dml('insert', records, { allOrNone: true, mode: modeOf(rt, undefined) });
    return new ApexList(sobjectType(object.name), records);
}

function rowsOf(rt: Runtime, resource: string): string[][] {
    try {
        return parseCsv(resourceText(rt, resource));
    } catch (error) {
        if (error instanceof CsvError) fail(rt, `${resource}: ${error.message}`);
        throw error;
    }
}

function resourceText(rt: Runtime, name: string): string {
    const files = rt.org.metadata.get('StaticResource', name)?.files ?? new Map<string, Uint8Array>();
    const file = [...files].find(([path]) => !path.endsWith('-meta.xml'));
    return file === undefined ? fail(rt, `Static Resource not found : ${name}`) : Buffer.from(file[1]).toString('utf8');
}

function fieldOf(rt: Runtime, object: ObjectDef, name: string): FieldDef {
    const field = object.fields.get(name.trim().toLowerCase());
    return field ?? fail(rt, `Invalid field ${name} for ${object.name}`);
}

function setText(rt: Runtime, record: SObject, field: FieldDef, text: string): void {
    const value = field.type === 'boolean' ? text.toLowerCase() === 'true' : valueOfText(field, text);
    if (value === undefined) fail(rt, `Invalid value for ${field.name}: ${text}`);
    else record.set(field.name, value);
}

function fail(rt: Runtime, message: string): never {
    return rt.throwNew('System.StringException', message);
}

/** Rows of RFC 4180; lines without any text are left out. Throws CsvError where the text is none. */
export function parseCsv(text: string): string[][] {
    return parse(text, {
        record_delimiter: ['\r\n', '\n', '\r'],
        bom: true,
        skip_records_with_empty_values: true,
        relax_column_count: true
    });
}

/** `Test.setCreatedDate` of a record of the test. */
export function setCreatedDate(rt: Runtime, id: Id | null, date: Datetime | null): void {
    const target = id ?? rt.nullPointer();
    const object = rt.org.schema.objectByKeyPrefix(target.prefix)?.name;
    if (object === undefined) fail(rt, `Invalid id: ${target.value}`);
    else rt.org.database.writeRow(object, { Id: target, CreatedDate: date ?? rt.nullPointer() });
}

/** `Test.getStandardPricebookId`: tests see the org's standard price book. */
export function standardPricebook(rt: Runtime): Id {
    const { database } = rt.org;
    const { records } = database.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true', {
        access: { ...rt.tx.access, mode: 'system', sharing: false }
    });
    return (
        records[0]?.id ??
        database.writeRow('Pricebook2', { Name: 'Standard Price Book', IsStandard: true, IsActive: true })
    );
}
