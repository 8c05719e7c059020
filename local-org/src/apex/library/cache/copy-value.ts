import { SObject } from '../../../values/index.ts';
import { EnumValue } from '../../runtime/enum-value.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { ApexList } from '../collections/apex-list.ts';
import { ApexMap } from '../collections/apex-map.ts';
import { ApexSet } from '../collections/apex-set.ts';

/** A copy that shares nothing changeable with the value, as writing it out and reading it back would give. */
export function copyValue(rt: Runtime, value: unknown, copies = new Map<object, unknown>()): unknown {
    if (typeof value !== 'object' || value === null || value instanceof EnumValue || value instanceof NativeObject) {
        return value;
    }
    const known = copies.get(value);
    if (known !== undefined) {
        return known;
    }
    if (value instanceof SObject) {
        const record = value.copy();
        copies.set(value, record);
        return record;
    }
    return copyCollection(rt, value, copies) ?? copyObject(rt, value, copies);
}

function copyCollection(rt: Runtime, value: object, copies: Map<object, unknown>): object | undefined {
    if (value instanceof ApexList) {
        const list = new ApexList(value.elementType);
        copies.set(value, list);
        list.items = value.items.map((item) => copyValue(rt, item, copies));
        return list;
    }
    if (value instanceof ApexSet) {
        const set = ApexSet.of(
            rt,
            value.elementType,
            Array.from(value.values(), (item) => copyValue(rt, item, copies))
        );
        copies.set(value, set);
        return set;
    }
    if (value instanceof ApexMap) {
        const map = value.empty();
        copies.set(value, map);
        for (const entry of value.entries()) {
            map.put(rt, copyValue(rt, entry.key, copies), copyValue(rt, entry.value, copies));
        }
        return map;
    }
    return undefined;
}

/** Values without fields are the immutable primitives and stay as they are. */
function copyObject(rt: Runtime, value: object, copies: Map<object, unknown>): object {
    const fields = rt.fieldsOf(value);
    if (fields.length === 0) {
        return value;
    }
    const copy = Object.assign(Object.create(Object.getPrototypeOf(value) as object) as object, value);
    copies.set(value, copy);
    for (const field of fields) {
        field.set(copy, field.isTransient ? null : copyValue(rt, field.get(value), copies));
    }
    return copy;
}
