import { platformTypes } from '../../../platform/signatures.ts';
import { ApexException } from '../../runtime/apex-exception.ts';
import type { DmlFailure, DmlFailureDetails } from '../../runtime/data.ts';
import { platformEnumValue } from '../../runtime/enum-value.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType, STRING } from '../../types/apex-types.ts';
import { mapFrom, noNulls, stringList } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import { ApexSet } from '../collections/apex-set.ts';
import { nativeClass, type NativeClass, type NativeConstructor } from '../native.ts';
import { findSObjectField } from '../schema/tokens.ts';

const SOBJECT_FIELD = platformType('Schema.SObjectField');

function failuresOf(rt: Runtime, exception: ApexException): readonly DmlFailure[] {
    const failures = (exception.details as DmlFailureDetails | undefined)?.failures;
    return failures ?? rt.throwNew('System.TypeException', `${exception.typeName} has no DML rows`);
}

function failure(rt: Runtime, exception: ApexException, index: number): DmlFailure {
    return (
        failuresOf(rt, exception)[index] ?? rt.throwNew('System.ListException', `List index out of bounds: ${index}`)
    );
}

function dmlFields(rt: Runtime, exception: ApexException, index: number): ApexList {
    const { fields, object } = failure(rt, exception, index);
    const tokens = fields.map((field) => findSObjectField(rt, object, field)).filter((token) => token !== undefined);
    return new ApexList(SOBJECT_FIELD, tokens);
}

function initCause(rt: Runtime, exception: ApexException, cause: ApexException | null): void {
    if (exception.cause !== null) {
        rt.throwNew('System.IllegalArgumentException', 'Cause already set');
    }
    exception.cause = cause;
}

/** Exception and what every exception inherits (Apex Reference, Exception Class and Built-In Exceptions). */
const exceptionClass: NativeClass = nativeClass({
    name: 'System.Exception',
    methods: {
        'getCause()': (_rt, self: ApexException) => self.cause,
        'getLineNumber()': (_rt, self: ApexException) => self.stack[0]?.line ?? null,
        'getMessage()': (_rt, self: ApexException) => self.shownMessage,
        'getStackTraceString()': (_rt, self: ApexException) => self.stackText,
        'getTypeName()': (_rt, self: ApexException) => self.typeName,
        'initCause(Exception)': initCause,
        'setMessage(String)': (_rt, self: ApexException, message: string | null) => {
            self.message = message;
        },
        'getDmlFieldNames(Integer)': noNulls((rt, self: ApexException, index: number) =>
            stringList([...failure(rt, self, index).fields])
        ),
        'getDmlFields(Integer)': noNulls(dmlFields),
        'getDmlId(Integer)': noNulls((rt, self: ApexException, index: number) => failure(rt, self, index).id),
        'getDmlIndex(Integer)': noNulls((rt, self: ApexException, index: number) => failure(rt, self, index).index),
        'getDmlMessage(Integer)': noNulls((rt, self: ApexException, index: number) => failure(rt, self, index).message),
        'getDmlStatusCode(Integer)': noNulls(
            (rt, self: ApexException, index: number) => failure(rt, self, index).statusCode
        ),
        'getDmlType(Integer)': noNulls((rt, self: ApexException, index: number) =>
            platformEnumValue('System.StatusCode', failure(rt, self, index).statusCode)
        ),
        'getNumDml()': (rt, self: ApexException) => failuresOf(rt, self).length,
        'toString()': (_rt, self: ApexException) => self.toString()
    },
    extraSignatures: ['String toString()'],
    isInstance: (value) => value instanceof ApexException
});

/** What `new X(…)` of an exception takes: nothing, a message, a cause, or both. */
const CONSTRUCTORS: Readonly<Record<string, NativeConstructor>> = {
    '()': (_rt, type) => new ApexException(type),
    '(String)': (_rt, type, message: string | null) => new ApexException(type, message),
    '(Exception)': (_rt, type, cause: ApexException | null) => new ApexException(type, null, cause),
    '(String,Exception)': (_rt, type, message: string | null, cause: ApexException | null) =>
        new ApexException(type, message, cause)
};

function simpleName(type: string): string {
    return type.slice(type.lastIndexOf('.') + 1);
}

/** The platform's exception classes differ only in which of the constructors they have; undefined for other classes. */
export function builtInException(name: string): NativeClass | undefined {
    const type = name.toLowerCase().endsWith('exception') ? platformTypes().type(name) : undefined;
    if (type?.superclass !== 'System.Exception') {
        return undefined;
    }
    const keys = type.constructors.map((constructor) => `(${constructor.parameters.map(simpleName).join(',')})`);
    const constructors = Object.fromEntries(
        keys.flatMap((key) => {
            const implementation = CONSTRUCTORS[key];
            return implementation === undefined ? [] : [[key, implementation]];
        })
    );
    return nativeClass({ name: type.name, constructors, ...extraMembers(type.name) });
}

/** Why a query failed in user mode, as `QueryException.getInaccessibleFields` tells it. */
export interface InaccessibleFieldsDetails {
    readonly inaccessibleFields: ReadonlyMap<string, readonly string[]>;
}

/** The code that Connect REST would answer with, as `ConnectApiException.getErrorCode` tells it. */
export interface ErrorCodeDetails {
    readonly errorCode: string;
}

const ERROR_CODE: NativeClass['methods'] = {
    'getErrorCode()': (_rt, self: ApexException) => (self.details as ErrorCodeDetails | undefined)?.errorCode ?? null
};

const EXTRA_METHODS: Readonly<Record<string, NativeClass['methods']>> = {
    'ConnectApi.ConnectApiException': ERROR_CODE,
    'ConnectApi.RateLimitException': ERROR_CODE,
    'System.QueryException': { 'getInaccessibleFields()': inaccessibleFields }
};

function extraMembers(name: string): Partial<NativeClass> {
    const methods = EXTRA_METHODS[name];
    return methods === undefined ? {} : { methods };
}

function inaccessibleFields(rt: Runtime, exception: ApexException): unknown {
    const { inaccessibleFields: byObject } = (exception.details ?? {
        inaccessibleFields: new Map()
    }) as InaccessibleFieldsDetails;
    const entries = Array.from(byObject, ([object, fields]) => [object, ApexSet.of(rt, STRING, fields)] as const);
    return mapFrom(rt, STRING, platformType('System.Set', [STRING]), entries);
}

export const exceptionClasses: readonly NativeClass[] = [exceptionClass];
