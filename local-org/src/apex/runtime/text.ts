import { ApexDate, Blob, Datetime, Decimal, Double, Id, SObject, Time } from '../../values/index.ts';
import { ApexList } from '../library/collections/apex-list.ts';
import { ApexMap } from '../library/collections/apex-map.ts';
import { ApexSet } from '../library/collections/apex-set.ts';
import { ApexException } from './apex-exception.ts';
import { EnumValue } from './enum-value.ts';
import { NativeObject } from './native-object.ts';
import { runtimeClassOf, type RuntimeClass, type UserField } from './runtime-class.ts';
import type { Runtime } from './runtime.ts';

/** Elements of a collection that its text shows; the rest is `...`. */
const SHOWN_ELEMENTS = 10;

/** As `String.valueOf(Object)`, `System.debug` and string concatenation print a value. */
export function toText(rt: Runtime, value: unknown, seen?: Set<object>): string {
    if (typeof value === 'string') {
        return value;
    }
    if (value === null || value === undefined) {
        return 'null';
    }
    return typeof value === 'object'
        ? objectText(rt, value, seen ?? new Set())
        : (value as number | bigint | boolean).toString();
}

function objectText(rt: Runtime, value: object, seen: Set<object>): string {
    if (value instanceof ApexDate) {
        // Only String.valueOf(Date) leaves the time out.
        return `${value.toString()} 00:00:00`;
    }
    if (value instanceof ApexList) {
        return `(${elementsText(rt, value.items, seen)})`;
    }
    if (value instanceof ApexSet) {
        return `{${elementsText(rt, [...value.values()], seen)}}`;
    }
    if (value instanceof ApexMap) {
        return mapText(rt, value, seen);
    }
    if (value instanceof SObject) {
        return recordText(rt, value);
    }
    if (value instanceof NativeObject) {
        return value.valueText?.(rt) ?? value.className;
    }
    return isValue(value) ? value.toString() : userObjectText(rt, value, seen);
}

// The values that print themselves; objects of deployed classes go by their fields.
function isValue(value: object): value is Decimal | Double | Id | Datetime | Time | Blob | EnumValue {
    return SELF_PRINTING.some((type) => value instanceof type);
}

const SELF_PRINTING = [EnumValue, Decimal, Double, Id, Datetime, Time, Blob];

function elementsText(rt: Runtime, values: readonly unknown[], seen: Set<object>): string {
    const shown = values.slice(0, SHOWN_ELEMENTS).map((value) => toText(rt, value, seen));
    return values.length > SHOWN_ELEMENTS ? `${shown.join(', ')}, ...` : shown.join(', ');
}

function mapText(rt: Runtime, map: ApexMap, seen: Set<object>): string {
    const shown: string[] = [];
    for (const { key, value } of map.entries()) {
        if (shown.length === SHOWN_ELEMENTS) {
            shown.push('...');
            break;
        }
        shown.push(`${toText(rt, key, seen)}=${toText(rt, value, seen)}`);
    }
    return `{${shown.join(', ')}}`;
}

function recordText(rt: Runtime, record: SObject): string {
    const fields = Array.from(record.entries(), ([name, value]) => `${name}=${toText(rt, value)}`);
    return `${record.type}:{${fields.join(', ')}}`;
}

/**
 * `Order:[Name=x, count=1]`, as System.debug shows it in an org: the short name of the class, fields in the order of their
 * characters with those of a base under its name, `(already output)` for an object that was shown before, and the message of an
 * exception of the org behind it.
 */
function userObjectText(rt: Runtime, value: object, seen: Set<object>): string {
    if (rt.hasMethod(value, 'toString', 0)) {
        return (rt.invoke(value, 'toString', []) as string | null) ?? 'null';
    }
    const owner = runtimeClassOf(value);
    if (owner === undefined && value instanceof ApexException) return value.toString();
    if (seen.has(value)) return '(already output)';
    seen.add(value);
    const fields =
        owner === undefined
            ? rt.fieldsOf(value).map((field) => `${field.name}=${toText(rt, field.get(value), seen)}`)
            : owner.fields.map(
                  (field) => `${prefixOf(field, owner)}${field.name}=${toText(rt, field.stored(value), seen)}`
              );
    const text = `${shortName(rt.typeOf(value).name)}:[${fields.sort(byCharacters).join(', ')}]`;
    const message = value instanceof ApexException ? value.shownMessage : '';
    return message === '' ? text : `${text}: ${message}`;
}

function prefixOf({ symbol }: UserField, owner: RuntimeClass): string {
    return symbol.owner === owner.symbol ? '' : `${shortName(symbol.owner.name)}.`;
}

function byCharacters(left: string, right: string): number {
    return left < right ? -1 : left > right ? 1 : 0;
}

/** An inner class shows without its outer class. */
function shortName(name: string): string {
    return name.slice(name.lastIndexOf('.') + 1);
}
