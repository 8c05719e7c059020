import { ApexDate, Blob, Datetime, Decimal, Double, Id, SObject, Time } from '../../values/index.ts';
import { ApexList } from '../library/collections/apex-list.ts';
import { ApexMap } from '../library/collections/apex-map.ts';
import { ApexSet } from '../library/collections/apex-set.ts';
import { ApexException } from './apex-exception.ts';
import { EnumValue } from './enum-value.ts';
import { NativeObject } from './native-object.ts';
import type { Runtime } from './runtime.ts';

/** Elements of a collection that its text shows; the rest is `...`. */
const SHOWN_ELEMENTS = 10;

/** As `String.valueOf(Object)`, `System.debug` and string concatenation print a value. */
export function toText(rt: Runtime, value: unknown): string {
    if (typeof value === 'string') {
        return value;
    }
    if (value === null || value === undefined) {
        return 'null';
    }
    return typeof value === 'object' ? objectText(rt, value) : (value as number | bigint | boolean).toString();
}

function objectText(rt: Runtime, value: object): string {
    if (value instanceof ApexDate) {
        // Only String.valueOf(Date) leaves the time out.
        return `${value.toString()} 00:00:00`;
    }
    if (value instanceof ApexList) {
        return `(${elementsText(rt, value.items)})`;
    }
    if (value instanceof ApexSet) {
        return `{${elementsText(rt, [...value.values()])}}`;
    }
    if (value instanceof ApexMap) {
        return mapText(rt, value);
    }
    if (value instanceof SObject) {
        return recordText(rt, value);
    }
    if (value instanceof NativeObject) {
        return value.valueText?.(rt) ?? value.className;
    }
    return isValue(value) ? value.toString() : userObjectText(rt, value);
}

// The values that print themselves; objects of deployed classes go by their fields.
function isValue(value: object): value is Decimal | Double | Id | Datetime | Time | Blob | EnumValue {
    return SELF_PRINTING.some((type) => value instanceof type);
}

const SELF_PRINTING = [EnumValue, Decimal, Double, Id, Datetime, Time, Blob];

function elementsText(rt: Runtime, values: readonly unknown[]): string {
    const shown = values.slice(0, SHOWN_ELEMENTS).map((value) => toText(rt, value));
    return values.length > SHOWN_ELEMENTS ? `${shown.join(', ')}, ...` : shown.join(', ');
}

function mapText(rt: Runtime, map: ApexMap): string {
    const shown: string[] = [];
    for (const { key, value } of map.entries()) {
        if (shown.length === SHOWN_ELEMENTS) {
            shown.push('...');
            break;
        }
        shown.push(`${toText(rt, key)}=${toText(rt, value)}`);
    }
    return `{${shown.join(', ')}}`;
}

function recordText(rt: Runtime, record: SObject): string {
    const fields = Array.from(record.entries(), ([name, value]) => `${name}=${toText(rt, value)}`);
    return `${record.type}:{${fields.join(', ')}}`;
}

function userObjectText(rt: Runtime, value: object): string {
    if (rt.hasMethod(value, 'toString', 0)) {
        return (rt.invoke(value, 'toString', []) as string | null) ?? 'null';
    }
    if (value instanceof ApexException) {
        return value.toString();
    }
    const fields = rt.fieldsOf(value).map((field) => `${field.name}=${toText(rt, field.get(value))}`);
    // An inner class shows without its outer class.
    const { name } = rt.typeOf(value);
    return `${name.slice(name.lastIndexOf('.') + 1)}:[${fields.join(', ')}]`;
}
