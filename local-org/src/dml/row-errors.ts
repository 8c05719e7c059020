import type { DmlRowError } from '../apex/runtime/runtime.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';

/** One constructor per row error, with the platform's status code and text (SOAP API Guide, "StatusCode"). */
function rowError(statusCode: string, message: string, ...fields: readonly string[]): DmlRowError {
    return { statusCode, message, fields };
}

export const idInInsert = (): DmlRowError =>
    rowError('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', 'Id');

export const rowLocked = (ids: readonly string[]): DmlRowError =>
    rowError(
        'UNABLE_TO_LOCK_ROW',
        `unable to obtain exclusive access to this record or ${ids.length} records: ${ids.join(',')}`
    );

export const missingId = (operation: string): DmlRowError =>
    rowError('MISSING_ARGUMENT', `Id not specified in ${/^[aeiou]/.test(operation) ? 'an' : 'a'} ${operation} call`);

export const missingKey = (field: FieldDef): DmlRowError =>
    rowError('MISSING_ARGUMENT', `${field.name} not specified`, field.name);

export const requiredFieldsMissing = (fields: readonly string[]): DmlRowError =>
    rowError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${fields.join(', ')}]`, ...fields);

export const fieldsNotWritable = (fields: readonly string[]): DmlRowError =>
    rowError(
        'INVALID_FIELD_FOR_INSERT_UPDATE',
        `Unable to create/update fields: ${fields.join(', ')}. Please check the security settings of this field and ` +
            'verify that it is read/write for your profile or permission set.',
        ...fields
    );

const INACCESSIBLE_FIELDS = 'Operation failed due to fields being inaccessible on Sobject';

/** User mode of Apex; `fieldsNotWritable` is what the API answers. */
export const fieldsInaccessible = (object: ObjectDef, fields: readonly string[]): DmlRowError =>
    rowError(
        'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
        `${INACCESSIBLE_FIELDS} ${object.name}, check errors on Exception or Result!`,
        ...fields
    );

export const isFieldsInaccessible = ({ message }: DmlRowError): boolean => message.startsWith(INACCESSIBLE_FIELDS);

export const noSuchField = (object: ObjectDef, name: string): DmlRowError =>
    rowError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`, name);

export const objectDenied = (object: ObjectDef, origin: 'apex' | 'api'): DmlRowError =>
    rowError(
        'INSUFFICIENT_ACCESS_OR_READONLY',
        origin === 'apex' ? `Access to entity '${object.name}' denied` : 'insufficient access rights on object id'
    );

/** True for the refusal of a whole object that Apex code gets. */
export const isObjectDenied = ({ message }: DmlRowError): boolean => message.startsWith("Access to entity '");

export const recordReadOnly = (): DmlRowError =>
    rowError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');

export const objectNotWritable = (object: ObjectDef, operation: string): DmlRowError =>
    rowError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type ${object.name} does not support ${operation}`);

export const recordNotAccessible = (id: string, ...fields: readonly string[]): DmlRowError =>
    rowError(
        'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
        fields.length === 0
            ? 'insufficient access rights on cross-reference id'
            : `insufficient access rights on cross-reference id: ${id.slice(0, 15)}`,
        ...fields
    );

export const noSuchRecord = (...fields: readonly string[]): DmlRowError =>
    rowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', ...fields);

export const malformedId = (object: ObjectDef, id: string): DmlRowError =>
    rowError('MALFORMED_ID', `${object.label} ID: id value of incorrect type: ${id}`, 'Id');

export const wrongReferenceType = (field: FieldDef, id: string): DmlRowError =>
    rowError('FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${id}`, field.name);

export const entityIsDeleted = (...fields: readonly string[]): DmlRowError =>
    rowError('ENTITY_IS_DELETED', 'entity is deleted', ...fields);

export const stringTooLong = (field: FieldDef, value: string): DmlRowError =>
    rowError(
        'STRING_TOO_LONG',
        `${field.label}: data value too large: ${value} (max length=${field.length})`,
        field.name
    );

export const numberOutOfRange = (field: FieldDef, value: string): DmlRowError =>
    rowError(
        'NUMBER_OUTSIDE_VALID_RANGE',
        `${field.label}: value outside of valid range on numeric field: ${value}`,
        field.name
    );

export const wrongType = (field: FieldDef, value: string): DmlRowError =>
    rowError('INVALID_TYPE_ON_FIELD_IN_RECORD', `${field.label}: value not of required type: ${value}`, field.name);

export const invalidEmail = (field: FieldDef, value: string): DmlRowError =>
    rowError('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${value}`, field.name);

export const badPicklistValue = (field: FieldDef, value: string): DmlRowError =>
    rowError(
        'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        `${field.label}: bad value for restricted picklist field: ${value}`,
        field.name
    );

/** `id` is undefined when the other record is of the same call and has no id yet. */
export const duplicateValue = (field: FieldDef, id: string | undefined): DmlRowError =>
    rowError(
        'DUPLICATE_VALUE',
        id === undefined
            ? 'duplicate value found: <unknown> duplicates value on record with id: <unknown>'
            : `duplicate value found: ${field.name} duplicates value on record with id: ${id.slice(0, 15)}`,
        field.name
    );

export const duplicateUsername = (): DmlRowError =>
    rowError(
        'DUPLICATE_USERNAME',
        'Duplicate Username.<br>Another user has already selected this Username.',
        'Username'
    );

export const duplicateAssignment = (): DmlRowError =>
    rowError('DUPLICATE_VALUE', 'Duplicate PermissionSetAssignment. The assignee already has this permission set.');

export const duplicateId = (id: string): DmlRowError =>
    rowError('DUPLICATE_VALUE', `Duplicate id in list: ${id}`, 'Id');

export const duplicateExternalId = (value: string): DmlRowError =>
    rowError('DUPLICATE_VALUE', `Duplicate external id specified: ${value}`);

export const severalMatches = (field: FieldDef, ids: readonly string[]): DmlRowError =>
    rowError(
        'DUPLICATE_EXTERNAL_ID',
        `More than one record found for external id field: [${ids.map((id) => id.slice(0, 15)).join(', ')}]`,
        field.name
    );

export const noForeignKey = (object: ObjectDef, field: FieldDef, value: string): DmlRowError =>
    rowError(
        'INVALID_FIELD',
        `Foreign key external ID: ${value} not found for field ${field.name} in entity ${object.name}`
    );

export const deleteRestricted = (object: ObjectDef, child: ObjectDef): DmlRowError =>
    rowError(
        'DELETE_FAILED',
        `Your attempt to delete this ${object.label} could not be completed because it is associated with the ` +
            `following ${child.labelPlural.toLowerCase()}.`
    );

export const notInRecycleBin = (): DmlRowError => rowError('UNDELETE_FAILED', 'Entity is not in the recycle bin');

export const rolledBack = (): DmlRowError =>
    rowError(
        'ALL_OR_NONE_OPERATION_ROLLED_BACK',
        'Record rolled back because not all records were valid and the request was using AllOrNone header'
    );

export const tooManyRetries = (): DmlRowError =>
    rowError('UNKNOWN_EXCEPTION', 'Too many batch retries in the presence of Apex triggers and partial failures.');
