import { ApexDate, Datetime, Decimal, Double, Id, SObject, Time } from '../../../values/index.ts';
import { EnumValue } from '../../runtime/enum-value.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { BeanObject } from '../bean.ts';

/**
 * The order of `List.sort()`: nulls first; primitives by value (text by code unit); enums by declaration; SObjects by
 * type, Name, standard then custom fields in alphabetical order; other objects through Comparable (Apex Reference,
 * List.sort). Throws System.ListException for elements that have no order.
 */
export function compareNatural(rt: Runtime, left: unknown, right: unknown): number {
    if (left === null || right === null) {
        return left === right ? 0 : left === null ? -1 : 1;
    }
    if (typeof left === typeof right && typeof left !== 'object') {
        const a = left as string | number | bigint;
        const b = right as typeof a;
        return a < b ? -1 : a > b ? 1 : 0;
    }
    return compareObjects(rt, left as object, right as object);
}

function compareObjects(rt: Runtime, left: object, right: object): number {
    if (left instanceof Decimal && right instanceof Decimal) {
        return left.compareTo(right);
    }
    if (left instanceof Double && right instanceof Double) {
        return Math.sign(left.value - right.value);
    }
    if (left instanceof Id || right instanceof Id) {
        return compareNatural(rt, rt.toText(left), rt.toText(right));
    }
    if (left instanceof ApexDate && right instanceof ApexDate) {
        return left.compareTo(right);
    }
    if ((left instanceof Datetime && right instanceof Datetime) || (left instanceof Time && right instanceof Time)) {
        return Math.sign(left.ms - right.ms);
    }
    if (left instanceof EnumValue && right instanceof EnumValue) {
        return left.ordinal - right.ordinal;
    }
    if (left instanceof SObject && right instanceof SObject) {
        return compareRecords(rt, left, right);
    }
    if (isOption(left) && isOption(right)) {
        return (
            compareNatural(rt, left.get('value'), right.get('value')) ||
            compareNatural(rt, left.get('label'), right.get('label'))
        );
    }
    if (rt.hasMethod(left, 'compareTo', 1)) {
        return rt.invoke(left, 'compareTo', [right]) as number;
    }
    return rt.throwNew('System.ListException', 'One or more of the items in this list is not Comparable.');
}

/** Options sort by value, then by label (Apex Reference, SelectOption). */
function isOption(value: object): value is BeanObject {
    return value instanceof BeanObject && value.className === 'System.SelectOption';
}

function compareRecords(rt: Runtime, left: SObject, right: SObject): number {
    const byType = compareNatural(rt, labelOf(rt, left), labelOf(rt, right));
    if (byType !== 0) {
        return byType;
    }
    for (const name of sortFields(left, right)) {
        const order = compareNatural(rt, left.get(name) ?? null, right.get(name) ?? null);
        if (order !== 0) {
            return order;
        }
    }
    return 0;
}

function labelOf(rt: Runtime, record: SObject): string {
    return rt.org.schema.object(record.type)?.label ?? record.type;
}

function sortFields(left: SObject, right: SObject): string[] {
    const names = new Set([...left.fieldNames(), ...right.fieldNames()]);
    const others = [...names].filter((name) => name !== 'Name' && name !== 'Id').sort();
    const isCustom = (name: string): boolean => name.endsWith('__c');
    return ['Name', ...others.filter((name) => !isCustom(name)), ...others.filter(isCustom)];
}
