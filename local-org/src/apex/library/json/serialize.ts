import { ApexDate, Blob, Datetime, Decimal, Double, Id, SObject, Time } from '../../../values/index.ts';
import { EnumValue } from '../../runtime/enum-value.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { ApexList } from '../collections/apex-list.ts';
import { ApexMap } from '../collections/apex-map.ts';
import { ApexSet } from '../collections/apex-set.ts';
import { SObjectFieldToken, SObjectTypeToken } from '../schema/tokens.ts';
import { JsonWriter } from './json-writer.ts';

export interface SerializeOptions {
    readonly pretty: boolean;
    /** Leaves out null fields of objects of deployed classes. */
    readonly suppressNulls: boolean;
}

/** `JSON.serialize`. Throws System.JSONException for a type that has no JSON form. */
export function serialize(rt: Runtime, value: unknown, options: SerializeOptions): string {
    const writer = new JsonWriter(options.pretty);
    writeValue(rt, writer, value, options.suppressNulls);
    return writer.text;
}

/** Writes one value where the writer stands. */
export function writeValue(rt: Runtime, writer: JsonWriter, value: unknown, suppressNulls: boolean): void {
    if (value === null || value === undefined) {
        writer.raw('null');
    } else if (typeof value === 'string') {
        writer.string(value);
    } else if (typeof value !== 'object') {
        writer.raw(rt.toText(value));
    } else {
        writeObject(rt, writer, value, suppressNulls);
    }
}

function writeObject(rt: Runtime, writer: JsonWriter, value: object, suppressNulls: boolean): void {
    const scalar = scalarText(value);
    if (scalar !== undefined) {
        writer.raw(scalar);
    } else if (value instanceof ApexList || value instanceof ApexSet) {
        writer.start('array');
        const items = value instanceof ApexList ? value.items : value.values();
        for (const item of items) {
            writeValue(rt, writer, item, suppressNulls);
        }
        writer.end();
    } else if (value instanceof ApexMap) {
        writeMap(rt, writer, value, suppressNulls);
    } else if (value instanceof SObject) {
        writeRecord(rt, writer, value);
    } else if (value instanceof NativeObject) {
        writeNative(rt, writer, value, suppressNulls);
    } else {
        writeUserObject(rt, writer, value, suppressNulls);
    }
}

/** JSON text of a primitive; undefined for anything else. */
function scalarText(value: object): string | undefined {
    if (value instanceof Decimal) {
        return value.toString();
    }
    if (value instanceof Double) {
        return Number.isFinite(value.value) ? value.toString() : JSON.stringify(value.toString());
    }
    if (value instanceof Blob) {
        return JSON.stringify(Buffer.from(value.bytes).toString('base64'));
    }
    if (value instanceof Datetime) {
        return JSON.stringify(value.toJSON());
    }
    const isText =
        value instanceof Id || value instanceof ApexDate || value instanceof Time || value instanceof EnumValue;
    return isText ? JSON.stringify(value.toString()) : undefined;
}

function writeMap(rt: Runtime, writer: JsonWriter, map: ApexMap, suppressNulls: boolean): void {
    writer.start('object');
    for (const { key, value } of map.entries()) {
        if (suppressNulls && value === null) {
            continue;
        }
        writer.name(mapKey(rt, key));
        writeValue(rt, writer, value, suppressNulls);
    }
    writer.end();
}

function mapKey(rt: Runtime, key: unknown): string {
    if (key === null) {
        return rt.throwNew('System.JSONException', 'null key in map');
    }
    if (key instanceof SObjectFieldToken || key instanceof SObjectTypeToken) {
        return key.valueText();
    }
    if (typeof key === 'object') {
        const text = scalarText(key);
        if (text === undefined) {
            return rt.throwNew('System.JSONException', `Apex Type unsupported as key in JSON: ${rt.typeOf(key).name}`);
        }
        return text.startsWith('"') ? (JSON.parse(text) as string) : text;
    }
    return rt.toText(key);
}

function writeRecord(rt: Runtime, writer: JsonWriter, record: SObject): void {
    writer.start('object');
    writeAttributes(rt, writer, record);
    for (const [name, value] of record.entries()) {
        writer.name(name);
        writeValue(rt, writer, value, false);
    }
    for (const [relationship, parent] of record.parents()) {
        writer.name(relationship);
        writeValue(rt, writer, parent, false);
    }
    for (const [relationship, children] of record.childLists()) {
        writer.name(relationship);
        writeChildren(rt, writer, children);
    }
    writer.end();
}

function writeAttributes(rt: Runtime, writer: JsonWriter, record: SObject): void {
    writer.name('attributes');
    writer.start('object');
    writer.name('type');
    writer.string(record.type);
    if (record.id !== null) {
        writer.name('url');
        writer.string(`/services/data/v${rt.org.apiVersion}/sobjects/${record.type}/${record.id.value}`);
    }
    writer.end();
}

function writeChildren(rt: Runtime, writer: JsonWriter, children: readonly SObject[]): void {
    writer.start('object');
    writer.name('totalSize');
    writer.raw(String(children.length));
    writer.name('done');
    writer.raw('true');
    writer.name('records');
    writer.start('array');
    children.forEach((child) => writeRecord(rt, writer, child));
    writer.end();
    writer.end();
}

function writeNative(rt: Runtime, writer: JsonWriter, value: NativeObject, suppressNulls: boolean): void {
    const text = value.jsonText?.();
    if (text !== undefined) return writer.string(text);
    const fields = value.jsonFields?.();
    if (fields === undefined) {
        rt.throwNew('System.JSONException', `Apex Type unsupported in JSON: ${value.className}`);
    }
    writeFields(rt, writer, Object.entries(fields), suppressNulls);
}

function writeUserObject(rt: Runtime, writer: JsonWriter, value: object, suppressNulls: boolean): void {
    const fields = rt.fieldsOf(value).filter((field) => !field.isTransient);
    writeFields(
        rt,
        writer,
        fields.map((field) => [field.name, field.get(value)]),
        suppressNulls
    );
}

function writeFields(
    rt: Runtime,
    writer: JsonWriter,
    fields: readonly (readonly [name: string, value: unknown])[],
    suppressNulls: boolean
): void {
    writer.start('object');
    for (const [name, value] of fields) {
        if (!suppressNulls || value !== null) {
            writer.name(name);
            writeValue(rt, writer, value, suppressNulls);
        }
    }
    writer.end();
}
