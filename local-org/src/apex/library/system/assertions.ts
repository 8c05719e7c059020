import type { Runtime } from '../../runtime/runtime.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import type { TypeObject } from './type.ts';

/** Throws System.AssertException, which Apex cannot catch. */
export function failAssertion(rt: Runtime, message: unknown, explanation: string = ''): never {
    const parts = [message === undefined || message === null ? '' : rt.toText(message), explanation];
    const text = parts.filter((part) => part !== '').join(': ');
    return rt.throwNew('System.AssertException', text === '' ? 'Assertion Failed' : `Assertion Failed: ${text}`);
}

function isTrue(rt: Runtime, condition: boolean | null, message?: unknown): void {
    if (condition === null) {
        return rt.nullPointer();
    }
    if (!condition) {
        failAssertion(rt, message);
    }
}

function isFalse(rt: Runtime, condition: boolean | null, message?: unknown): void {
    isTrue(rt, condition === null ? null : !condition, message);
}

function areEqual(rt: Runtime, expected: unknown, actual: unknown, message?: unknown): void {
    if (!rt.equals(expected, actual)) {
        failAssertion(rt, message, `Expected: ${rt.toText(expected)}, Actual: ${rt.toText(actual)}`);
    }
}

function areNotEqual(rt: Runtime, notExpected: unknown, actual: unknown, message?: unknown): void {
    if (rt.equals(notExpected, actual)) {
        failAssertion(rt, message, `Same value: ${rt.toText(actual)}`);
    }
}

function isNull(rt: Runtime, value: unknown, message?: unknown): void {
    if (value !== null) {
        failAssertion(rt, message, `Expected: null, Actual: ${rt.toText(value)}`);
    }
}

function isNotNull(rt: Runtime, value: unknown, message?: unknown): void {
    if (value === null) {
        failAssertion(rt, message, 'Same value: null');
    }
}

function isInstance(rt: Runtime, value: unknown, type: TypeObject | null): boolean {
    if (type === null) {
        return rt.nullPointer();
    }
    return value !== null && rt.isInstance(value, type.type);
}

function isInstanceOfType(rt: Runtime, value: unknown, type: TypeObject, message?: unknown): void {
    if (!isInstance(rt, value, type)) {
        const actual = value === null ? 'null' : rt.typeOf(value).name;
        failAssertion(rt, message, `Expected type: ${type.type.name}, Actual type: ${actual}`);
    }
}

function isNotInstanceOfType(rt: Runtime, value: unknown, type: TypeObject, message?: unknown): void {
    if (isInstance(rt, value, type)) {
        failAssertion(rt, message, `Not expected type: ${type.type.name}`);
    }
}

function fail(rt: Runtime, message?: unknown): never {
    return failAssertion(rt, message);
}

/** Assert (Apex Reference, System.Assert). */
export const assertClass: NativeClass = nativeClass({
    name: 'System.Assert',
    statics: {
        'areEqual/2': areEqual,
        'areEqual/3': areEqual,
        'areNotEqual/2': areNotEqual,
        'areNotEqual/3': areNotEqual,
        'fail/0': fail,
        'fail/1': fail,
        'isFalse/1': isFalse,
        'isFalse/2': isFalse,
        'isInstanceOfType/2': isInstanceOfType,
        'isInstanceOfType/3': isInstanceOfType,
        'isNotInstanceOfType/2': isNotInstanceOfType,
        'isNotInstanceOfType/3': isNotInstanceOfType,
        'isNotNull/1': isNotNull,
        'isNotNull/2': isNotNull,
        'isNull/1': isNull,
        'isNull/2': isNull,
        'isTrue/1': isTrue,
        'isTrue/2': isTrue
    }
});

/** The assertions of the System class. */
export const systemAssertions = {
    'assert/1': isTrue,
    'assert/2': isTrue,
    'assertEquals/2': areEqual,
    'assertEquals/3': areEqual,
    'assertNotEquals/2': areNotEqual,
    'assertNotEquals/3': areNotEqual
};
