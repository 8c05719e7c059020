import { ApexDate, Blob, Datetime, Decimal, Double, Id, SObject, Time } from '../../values/index.ts';
import { ApexList } from '../library/collections/apex-list.ts';
import { ApexMap } from '../library/collections/apex-map.ts';
import { ApexSet } from '../library/collections/apex-set.ts';
import { EnumValue } from './enum-value.ts';
import { hashOfDecimal, hashOfDouble, hashOfLong, hashOfString } from './hash.ts';
import { NativeObject } from './native-object.ts';
import type { Runtime } from './runtime.ts';

/**
 * Equality of `Object.equals`, of collections and of `==` on values that are not text (whose `==` ignores case and is
 * compiled). Numbers compare by value across their types; SObjects by their fields; objects of deployed classes by their
 * own `equals`, else by identity.
 */
export function equals(rt: Runtime, left: unknown, right: unknown): boolean {
    if (left === right) {
        return true;
    }
    if (left === null || right === null || typeof left === 'boolean' || typeof right === 'boolean') {
        return false;
    }
    if (typeof left === 'string' || typeof right === 'string') {
        return equalText(left, right);
    }
    if (typeof left !== 'object' || typeof right !== 'object' || left instanceof Decimal || left instanceof Double) {
        return equalNumbers(left, right);
    }
    return equalObjects(rt, left, right);
}

// A String equals an Id that has the same 18 characters, or 15 of them.
function equalText(left: unknown, right: unknown): boolean {
    const id = left instanceof Id ? left : right instanceof Id ? right : undefined;
    const text = typeof left === 'string' ? left : right;
    return id !== undefined && typeof text === 'string' && Id.tryParse(text)?.value === id.value;
}

function equalNumbers(left: unknown, right: unknown): boolean {
    const leftNumber = toDecimal(left);
    const rightNumber = toDecimal(right);
    return leftNumber !== undefined && rightNumber !== undefined && leftNumber.equals(rightNumber);
}

function toDecimal(value: unknown): Decimal | undefined {
    if (value instanceof Decimal) {
        return value;
    }
    if (typeof value === 'bigint') {
        return Decimal.of(value);
    }
    const number = value instanceof Double ? value.value : value;
    return typeof number === 'number' && Number.isFinite(number) ? Decimal.fromNumber(number) : undefined;
}

function equalObjects(rt: Runtime, left: object, right: object): boolean {
    if (left instanceof Id) {
        return right instanceof Id && left.value === right.value;
    }
    if (left instanceof ApexDate) {
        return right instanceof Datetime
            ? isMidnightOf(right, left)
            : right instanceof ApexDate && left.days === right.days;
    }
    if (left instanceof Datetime) {
        if (right instanceof ApexDate) return isMidnightOf(left, right);
        return right instanceof Datetime && secondsOf(left) === secondsOf(right);
    }
    if (left instanceof Time) {
        return right instanceof Time && left.ms === right.ms;
    }
    if (left instanceof Blob) {
        return right instanceof Blob && left.equals(right);
    }
    if (left instanceof SObject) {
        return right instanceof SObject && equalRecords(rt, left, right);
    }
    if (left instanceof ApexList) {
        return right instanceof ApexList && equalLists(rt, left.items, right.items);
    }
    if (left instanceof ApexSet) {
        return right instanceof ApexSet && equalSets(rt, left, right);
    }
    if (left instanceof ApexMap) {
        return right instanceof ApexMap && equalMaps(rt, left, right);
    }
    if (left instanceof NativeObject) {
        return right instanceof NativeObject && left.valueEquals?.(rt, right) === true;
    }
    return hasOwnEquality(rt, left) && rt.invoke(left, 'equals', [right]) === true;
}

/** True for an object of a deployed class that declares `equals`; it brings its own `hashCode` then. */
function hasOwnEquality(rt: Runtime, value: object): boolean {
    return !(value instanceof EnumValue) && rt.hasMethod(value, 'equals', 1);
}

/** A Date equals the Datetime of its first moment in GMT. */
function isMidnightOf({ ms }: Datetime, { days }: ApexDate): boolean {
    return ms === days * 86_400_000;
}

/** Datetimes of the same second are equal, though their order and getTime() tell the milliseconds. */
function secondsOf(value: Datetime): number {
    return Math.floor(value.ms / 1000);
}

function equalRecords(rt: Runtime, left: SObject, right: SObject): boolean {
    const names = comparedFields(left);
    if (left.type !== right.type || names.length !== comparedFields(right).length) {
        return false;
    }
    return (
        names.every((name) => right.has(name) && equals(rt, left.get(name), right.get(name))) &&
        equalParents(rt, left, right)
    );
}

/** Records behind lookups count; a lookup that leads nowhere is as good as none. */
function equalParents(rt: Runtime, left: SObject, right: SObject): boolean {
    const parents = comparedParents(left);
    return (
        parents.length === comparedParents(right).length &&
        parents.every(([name, parent]) => equals(rt, parent, right.parent(name) ?? null))
    );
}

function comparedParents(record: SObject): [name: string, parent: SObject][] {
    return [...record.parents()].filter((entry): entry is [string, SObject] => entry[1] !== null);
}

/** An Id that was set to null is as good as none. */
function comparedFields(record: SObject): string[] {
    return [...record.fieldNames()].filter((name) => name !== 'Id' || record.get(name) !== null);
}

function equalLists(rt: Runtime, left: readonly unknown[], right: readonly unknown[]): boolean {
    return left.length === right.length && left.every((value, index) => equals(rt, value, right[index]));
}

function equalSets(rt: Runtime, left: ApexSet, right: ApexSet): boolean {
    return left.size === right.size && [...left.values()].every((value) => right.has(rt, value));
}

function equalMaps(rt: Runtime, left: ApexMap, right: ApexMap): boolean {
    if (left.size !== right.size) {
        return false;
    }
    for (const { key, value } of left.entries()) {
        if (!right.has(rt, key) || !equals(rt, value, right.get(rt, key))) {
            return false;
        }
    }
    return true;
}

/** As `System.hashCode`, with Java's hash functions for the types that have one. */
export function hashCode(rt: Runtime, value: unknown): number {
    switch (typeof value) {
        case 'string':
            return hashOfString(value);
        case 'number':
            return value | 0;
        case 'boolean':
            return value ? 1231 : 1237;
        case 'bigint':
            return hashOfLong(value);
        default:
            return value === null || value === undefined ? 0 : hashOfObject(rt, value);
    }
}

function hashOfObject(rt: Runtime, value: object): number {
    if (value instanceof Id) {
        return hashOfString(value.value);
    }
    if (value instanceof Decimal) {
        return hashOfDecimal(value);
    }
    if (value instanceof Double) {
        return hashOfDouble(value.value);
    }
    if (value instanceof ApexDate) {
        return hashOfLong(BigInt(value.days) * 86_400_000n);
    }
    if (value instanceof Datetime) {
        return hashOfLong(BigInt(secondsOf(value)) * 1000n);
    }
    if (value instanceof Time) {
        return hashOfLong(BigInt(value.ms));
    }
    if (value instanceof Blob) {
        return combine(Array.from(value.bytes));
    }
    if (value instanceof SObject) {
        return hashOfRecord(rt, value);
    }
    if (value instanceof ApexList) {
        return combine(value.items.map((item) => hashCode(rt, item)));
    }
    if (value instanceof ApexSet) {
        return sum([...value.values()].map((item) => hashCode(rt, item)));
    }
    if (value instanceof ApexMap) {
        return sum(Array.from(value.entries(), (entry) => hashCode(rt, entry.key) ^ hashCode(rt, entry.value)));
    }
    if (value instanceof NativeObject && value.valueHash !== undefined) {
        return value.valueHash(rt);
    }
    if (!(value instanceof NativeObject) && rt.hasMethod(value, 'hashCode', 0)) {
        return rt.invoke(value, 'hashCode', []) as number;
    }
    return identityHash(value);
}

// The order in which fields were set does not matter.
function hashOfRecord(rt: Runtime, record: SObject): number {
    const fields = comparedFields(record).map(
        (name) => hashOfString(name.toLowerCase()) ^ hashCode(rt, record.get(name))
    );
    const parents = comparedParents(record).map(
        ([name, parent]) => hashOfString(name.toLowerCase()) ^ hashOfRecord(rt, parent)
    );
    return (hashOfString(record.type) + sum(fields) + sum(parents)) | 0;
}

function combine(hashes: readonly number[]): number {
    return hashes.reduce((total, hash) => (Math.imul(31, total) + hash) | 0, 1);
}

function sum(hashes: readonly number[]): number {
    return hashes.reduce((total, hash) => (total + hash) | 0, 0);
}

const identities = new WeakMap<object, number>();
let nextIdentity = 1;

/** A number of its own for each object that has no hash by value. */
function identityHash(value: object): number {
    let identity = identities.get(value);
    if (identity === undefined) {
        identity = nextIdentity++;
        identities.set(value, identity);
    }
    return identity;
}

/**
 * Key of a value in a JavaScript Map. Keys that are not text begin with NUL to stay apart from text. Decimals keep their
 * scale: 1.1 and 1.10 are two keys, as their hash codes differ (Apex Reference, Decimal).
 */
export function hashKey(rt: Runtime, value: unknown): unknown {
    if (typeof value === 'string') {
        return value.startsWith('\0') ? `\0s${value}` : value;
    }
    if (typeof value !== 'object' || value === null) {
        return value;
    }
    if (value instanceof Id) {
        return value.value;
    }
    if (value instanceof Decimal) {
        return `\0n${value.unscaled}/${value.scale}`;
    }
    if (value instanceof Double) {
        return `\0d${value.value}`;
    }
    if (value instanceof ApexDate) {
        return `\0D${value.days}`;
    }
    if (value instanceof Datetime) {
        return `\0T${secondsOf(value)}`;
    }
    if (value instanceof Time) {
        return `\0t${value.ms}`;
    }
    return hasIdentityOnly(rt, value) ? value : undefined;
}

function hasIdentityOnly(rt: Runtime, value: object): boolean {
    if (value instanceof EnumValue) {
        return true;
    }
    if (value instanceof NativeObject) {
        return value.valueEquals === undefined;
    }
    const isByValue =
        value instanceof SObject ||
        value instanceof Blob ||
        value instanceof ApexList ||
        value instanceof ApexSet ||
        value instanceof ApexMap;
    return !isByValue && !rt.hasMethod(value, 'equals', 1);
}
