import { compoundOf, isPermissionable } from '../../access/create-access.ts';
import { json } from '../../http/responses.ts';
import { dataPath } from './paths.ts';
import { objectOfPath } from './sobjects.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { FieldDef, FieldType, ObjectDef } from '../../schema/types.ts';
import type { SessionContext } from '../surface.ts';

/** What the caller may do with an object, as far as a describe shows it. */
export interface DescribeRights {
    object(object: ObjectDef, permission: 'read' | 'create' | 'edit' | 'delete'): boolean;
    field(object: ObjectDef, field: FieldDef, permission: 'read' | 'edit'): boolean;
}

/** GET /sobjects */
export function describeGlobal(_request: unknown, parameters: PathParameters, context: SessionContext): WireResponse {
    return json(200, globalDescription(context.org.schema.objects(), rightsOf(context), dataPath(parameters)));
}

/** GET /sobjects/Account */
export function objectInfo(_request: unknown, parameters: PathParameters, context: SessionContext): WireResponse {
    const object = objectOfPath(context.org, parameters);
    const objectDescribe = summary(object, rightsOf(context), dataPath(parameters));
    return json(200, { objectDescribe, recentItems: [] });
}

/** GET /sobjects/Account/describe: fields that the caller may not read are left out. */
export function describeObject(_request: unknown, parameters: PathParameters, context: SessionContext): WireResponse {
    const object = objectOfPath(context.org, parameters);
    return json(200, objectDescription(object, rightsOf(context), dataPath(parameters)));
}

/** `base` is the path that `/sobjects` follows. */
export function globalDescription(
    objects: Iterable<ObjectDef>,
    rights: DescribeRights,
    base: string
): Record<string, unknown> {
    const sobjects = [...objects]
        .filter((object) => rights.object(object, 'read'))
        .map((object) => summary(object, rights, base));
    return { encoding: 'UTF-8', maxBatchSize: 200, sobjects };
}

export function objectDescription(object: ObjectDef, rights: DescribeRights, base: string): Record<string, unknown> {
    const readable = [...object.fields.values()].filter((field) => rights.field(object, field, 'read'));
    return {
        ...summary(object, rights, base),
        fields: readable.map((field) => describeField(object, field, rights.field(object, field, 'edit'))),
        childRelationships: object.childRelationships.map((child) => ({
            cascadeDelete: child.cascadeDelete,
            childSObject: child.childObject,
            deprecatedAndHidden: false,
            field: child.field,
            junctionIdListNames: [],
            junctionReferenceTo: [],
            relationshipName: child.relationshipName ?? null,
            restrictedDelete: false
        })),
        recordTypeInfos: object.recordTypes.map((type) => ({
            active: type.active,
            available: true,
            defaultRecordTypeMapping: type.master,
            developerName: type.developerName,
            master: type.master,
            name: type.label,
            recordTypeId: type.id
        }))
    };
}

function rightsOf({ org, session: { userId } }: SessionContext): DescribeRights {
    return {
        object: ({ name }, permission) => org.access.objectAllowed(userId, name, permission),
        field: (object, { name }, permission) => org.access.fieldAllowed(userId, object.name, name, permission)
    };
}

function summary(object: ObjectDef, rights: DescribeRights, base: string): Record<string, unknown> {
    const url = `${base}/sobjects/${object.name}`;
    return {
        activateable: false,
        createable: object.createable && rights.object(object, 'create'),
        custom: object.kind === 'custom',
        customSetting: object.kind === 'customSetting',
        deletable: object.deletable && rights.object(object, 'delete'),
        deprecatedAndHidden: false,
        keyPrefix: object.keyPrefix === '' ? null : object.keyPrefix,
        label: object.label,
        labelPlural: object.labelPlural,
        layoutable: object.kind === 'standard' || object.kind === 'custom',
        mergeable: false,
        name: object.name,
        queryable: object.queryable,
        replicateable: object.queryable,
        retrieveable: object.queryable,
        searchable: false,
        triggerable: object.kind === 'standard' || object.kind === 'custom',
        undeletable: object.deletable,
        updateable: object.updateable && rights.object(object, 'edit'),
        urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` }
    };
}

function describeField(object: ObjectDef, field: FieldDef, editable: boolean): Record<string, unknown> {
    return {
        autoNumber: field.autoNumber,
        byteLength: field.length * 3,
        calculated: field.calculated,
        calculatedFormula: field.formula ?? null,
        cascadeDelete: field.cascadeDelete,
        caseSensitive: field.caseSensitive,
        compoundFieldName: compoundOf(object, field)?.name ?? null,
        createable: field.createable && editable,
        custom: field.custom,
        defaultValue: field.defaultValue ?? null,
        defaultedOnCreate: field.defaultedOnCreate,
        digits: field.type === 'int' ? field.precision : 0,
        externalId: field.externalId,
        filterable: field.filterable,
        groupable: field.groupable,
        idLookup: field.idLookup,
        inlineHelpText: field.helpText ?? null,
        label: field.label,
        length: field.length,
        name: field.name,
        nameField: field.nameField,
        nillable: field.nillable,
        permissionable: isPermissionable(object, field),
        picklistValues: field.picklistValues.map((value) => ({ ...value, validFor: null })),
        precision: field.precision,
        referenceTo: field.referenceTo,
        relationshipName: field.relationshipName ?? null,
        restrictedPicklist: field.restrictedPicklist,
        scale: field.scale,
        soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
        sortable: field.sortable,
        type: field.type,
        unique: field.unique,
        updateable: field.updateable && editable
    };
}

/** Types that are not `xsd:string`. Source: Object Reference, Field Types. */
const SOAP_TYPES: Readonly<Partial<Record<FieldType, string>>> = {
    address: 'urn:address',
    anyType: 'xsd:anyType',
    base64: 'xsd:base64Binary',
    boolean: 'xsd:boolean',
    currency: 'xsd:double',
    date: 'xsd:date',
    datetime: 'xsd:dateTime',
    double: 'xsd:double',
    id: 'tns:ID',
    int: 'xsd:int',
    location: 'urn:location',
    long: 'xsd:long',
    percent: 'xsd:double',
    reference: 'tns:ID',
    time: 'xsd:time'
};
