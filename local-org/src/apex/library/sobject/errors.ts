import { platformEnumValue } from '../../runtime/enum-value.ts';
import { ApexException } from '../../runtime/apex-exception.ts';
import type { SObject } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { errorList } from '../database/results.ts';
import type { ApexList } from '../collections/apex-list.ts';
import type { NativeMethod } from '../native.ts';
import type { SObjectFieldToken } from '../schema/tokens.ts';
import { fieldNamed } from './fields.ts';

function messageOf(rt: Runtime, error: ApexException | string | null): string {
    return error instanceof ApexException ? (error.message ?? '') : (error ?? rt.nullPointer());
}

const addRecordError: NativeMethod = (rt, self: SObject, error: ApexException | string | null) =>
    self.addError(messageOf(rt, error));

const addFieldError: NativeMethod = (rt, self: SObject, field: string | SObjectFieldToken | null, message: string) =>
    self.addError(messageOf(rt, message), fieldNamed(rt, self, field).name);

function getErrors(_rt: Runtime, self: SObject): ApexList {
    return errorList(
        self.errors.map(({ message, statusCode, field }) => ({
            message,
            statusCode: platformEnumValue('System.StatusCode', statusCode).name,
            fields: field === undefined ? [] : [field]
        }))
    );
}

/** addError, hasErrors and getErrors of SObject. Escaping of markup concerns only pages. */
export const errorMethods: Readonly<Record<string, NativeMethod>> = {
    'addError(Exception)': addRecordError,
    'addError(Exception,Boolean)': addRecordError,
    'addError(String)': addRecordError,
    'addError(String,Boolean)': addRecordError,
    'addError(String,String)': addFieldError,
    'addError(String,String,Boolean)': addFieldError,
    'addError(SObjectField,String)': addFieldError,
    'addError(SObjectField,String,Boolean)': addFieldError,
    'getErrors()': getErrors,
    'hasErrors()': (_rt, self: SObject) => self.errors.length > 0
};
