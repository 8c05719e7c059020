import { Id } from '../../../values/index.ts';
import { platformEnumValue } from '../../runtime/enum-value.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { DmlRowError, DmlRowResult } from '../../runtime/runtime.ts';
import { platformType } from '../../types/apex-types.ts';
import { stringList } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import { nativeClass, type NativeClass, type NativeMethod } from '../native.ts';

const ERROR = platformType('Database.Error');

/** A `Database.Error`. */
export class DatabaseErrorObject extends NativeObject {
    readonly className = 'Database.Error';
    readonly error: DmlRowError;

    constructor(error: DmlRowError) {
        super();
        this.error = error;
    }

    override valueText(): string {
        const { fields, message, statusCode } = this.error;
        return `Database.Error[getFields=(${fields.join(', ')});getMessage=${message};getStatusCode=${statusCode};]`;
    }

    override jsonFields(): Record<string, unknown> {
        const { fields, message, statusCode } = this.error;
        return { message, fields: stringList([...fields]), statusCode };
    }
}

export function errorList(errors: readonly DmlRowError[]): ApexList {
    return new ApexList(
        ERROR,
        errors.map((error) => new DatabaseErrorObject(error))
    );
}

/** Whether JSON can make a result of that class. */
export function isRowResult(className: string): boolean {
    return ROW_RESULTS.has(className);
}

const ROW_RESULTS: ReadonlySet<string> = new Set(
    ['SaveResult', 'UpsertResult', 'DeleteResult', 'UndeleteResult'].map((name) => `Database.${name}`)
);

type ResultName = 'SaveResult' | 'UpsertResult' | 'DeleteResult' | 'UndeleteResult';

/** `Database.SaveResult` and its kin: the outcome of one row. */
export class RowResultObject extends NativeObject {
    readonly className: string;
    readonly row: DmlRowResult;
    readonly errors: ApexList;

    constructor(name: ResultName, row: DmlRowResult) {
        super();
        this.className = `Database.${name}`;
        this.row = row;
        this.errors = errorList(row.errors);
    }

    get id(): Id | null {
        return this.row.id === null ? null : Id.of(this.row.id);
    }

    override valueText(): string {
        return `${this.className}[getErrors=(${this.row.errors.map((error) => error.message).join(', ')});getId=${this.row.id};isSuccess=${this.row.success};]`;
    }

    override jsonFields(): Record<string, unknown> {
        const { success } = this.row;
        const created = this.className === 'Database.UpsertResult' ? { created: this.row.created } : {};
        return { success, ...created, id: this.id, errors: this.errors };
    }
}

const getErrors: NativeMethod = (_rt, self: RowResultObject) => self.errors;
const getId: NativeMethod = (_rt, self: RowResultObject) => self.id;
const isSuccess: NativeMethod = (_rt, self: RowResultObject) => self.row.success;
const isCreated: NativeMethod = (_rt, self: RowResultObject) => self.row.created;

function resultClass(name: ResultName): NativeClass {
    const created = name === 'UpsertResult';
    return nativeClass({
        name: `Database.${name}`,
        methods: {
            'getErrors()': getErrors,
            'getId()': getId,
            'isSuccess()': isSuccess,
            ...(created ? { 'isCreated()': isCreated } : {})
        },
        properties: {
            Errors: { get: getErrors },
            Id: { get: getId },
            Success: { get: isSuccess },
            ...(created ? { Created: { get: isCreated } } : {})
        }
    });
}

const getFields: NativeMethod = (_rt, self: DatabaseErrorObject) => stringList([...self.error.fields]);
const getMessage: NativeMethod = (_rt, self: DatabaseErrorObject) => self.error.message;
const getStatusCode: NativeMethod = (_rt, self: DatabaseErrorObject) =>
    platformEnumValue('System.StatusCode', self.error.statusCode);

/** Results of DML (Apex Reference, Database namespace). */
export const resultClasses: readonly NativeClass[] = [
    resultClass('SaveResult'),
    resultClass('UpsertResult'),
    resultClass('DeleteResult'),
    resultClass('UndeleteResult'),
    nativeClass({
        name: 'Database.Error',
        methods: { 'getFields()': getFields, 'getMessage()': getMessage, 'getStatusCode()': getStatusCode },
        properties: {
            Fields: { get: getFields },
            Message: { get: getMessage },
            StatusCode: { get: getStatusCode }
        }
    })
];
