import type { ChildRelationship, ObjectDef, RecordTypeDef } from '../../../schema/types.ts';
import { Id } from '../../../values/index.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { ID, platformType, STRING } from '../../types/apex-types.ts';
import { mapFrom } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import type { ApexMap } from '../collections/apex-map.ts';
import { nativeClass, type NativeClass, type NativeMethod } from '../native.ts';
import { CaseInsensitiveMap } from './case-insensitive-map.ts';
import { ObjectFieldSets } from './field-set.ts';
import { describeMembers } from './members.ts';
import { objectOf, sObjectField, sObjectType, type SObjectTypeToken } from './tokens.ts';

const FIELD_TOKEN = platformType('Schema.SObjectField');
const RECORD_TYPE = platformType('Schema.RecordTypeInfo');
const CHILD_RELATIONSHIP = platformType('Schema.ChildRelationship');

/** A `Schema.DescribeSObjectResult` as the schema was when it was asked for. */
export class ObjectDescribe extends NativeObject {
    readonly className = 'Schema.DescribeSObjectResult';
    readonly object: ObjectDef;

    constructor(object: ObjectDef) {
        super();
        this.object = object;
    }
}

/** `describe.fields`. */
class ObjectFields extends NativeObject {
    readonly className = 'Schema.SObjectTypeFields';
    readonly object: ObjectDef;

    constructor(object: ObjectDef) {
        super();
        this.object = object;
    }
}

class RecordTypeObject extends NativeObject {
    readonly className = 'Schema.RecordTypeInfo';
    readonly def: RecordTypeDef;

    constructor(def: RecordTypeDef) {
        super();
        this.def = def;
    }
}

class ChildRelationshipObject extends NativeObject {
    readonly className = 'Schema.ChildRelationship';
    readonly def: ChildRelationship;

    constructor(def: ChildRelationship) {
        super();
        this.def = def;
    }
}

export function describeObject(rt: Runtime, token: SObjectTypeToken): ObjectDescribe {
    return new ObjectDescribe(objectOf(rt, token));
}

/** By label, the master record type last. */
function recordTypes({ object }: ObjectDescribe): RecordTypeObject[] {
    const sorted = [...object.recordTypes].sort(
        (left, right) => Number(left.master) - Number(right.master) || left.label.localeCompare(right.label)
    );
    return sorted.map((def) => new RecordTypeObject(def));
}

function recordTypesBy(
    rt: Runtime,
    describe: ObjectDescribe,
    keyType: typeof STRING,
    key: (def: RecordTypeDef) => unknown
): ApexMap {
    return mapFrom(
        rt,
        keyType,
        RECORD_TYPE,
        recordTypes(describe).map((info) => [key(info.def), info] as const)
    );
}

function allowed(
    permission: 'read' | 'create' | 'edit' | 'delete',
    capable: (object: ObjectDef) => boolean
): NativeMethod {
    return (rt, { object }: ObjectDescribe) =>
        capable(object) && rt.org.access.objectAllowed(rt.tx.access.userId, object.name, permission);
}

function fieldMap(rt: Runtime, { object }: ObjectFields): ApexMap {
    const map = new CaseInsensitiveMap(STRING, FIELD_TOKEN);
    for (const field of object.fields.values()) {
        map.put(rt, field.name, sObjectField(rt, object.name, field.name));
    }
    return map;
}

/** DescribeSObjectResult (Apex Reference, Schema.DescribeSObjectResult). */
const objectDescribeClass: NativeClass = nativeClass({
    name: 'Schema.DescribeSObjectResult',
    ...describeMembers(
        {
            ChildRelationships: (_rt, { object }: ObjectDescribe) =>
                new ApexList(
                    CHILD_RELATIONSHIP,
                    object.childRelationships.map((def) => new ChildRelationshipObject(def))
                ),
            Fields: (_rt, { object }: ObjectDescribe) => new ObjectFields(object),
            FieldSets: (_rt, { object }: ObjectDescribe) => new ObjectFieldSets(object),
            KeyPrefix: (_rt, { object }: ObjectDescribe) => object.keyPrefix,
            Label: (_rt, { object }: ObjectDescribe) => object.label,
            LabelPlural: (_rt, { object }: ObjectDescribe) => object.labelPlural,
            LocalName: (_rt, { object }: ObjectDescribe) => object.name,
            Name: (_rt, { object }: ObjectDescribe) => object.name,
            RecordTypeInfos: (_rt, self: ObjectDescribe) => new ApexList(RECORD_TYPE, recordTypes(self)),
            RecordTypeInfosByDeveloperName: (rt, self: ObjectDescribe) =>
                recordTypesBy(rt, self, STRING, (def) => def.developerName),
            RecordTypeInfosById: (rt, self: ObjectDescribe) => recordTypesBy(rt, self, ID, (def) => Id.of(def.id)),
            RecordTypeInfosByName: (rt, self: ObjectDescribe) => recordTypesBy(rt, self, STRING, (def) => def.label),
            SObjectType: (rt, { object }: ObjectDescribe) => sObjectType(rt, object.name)
        },
        {
            Accessible: allowed('read', () => true),
            Createable: allowed('create', (object) => object.createable),
            Custom: (_rt, { object }: ObjectDescribe) => /__\w+$/.test(object.name),
            CustomSetting: (_rt, { object }: ObjectDescribe) => object.kind === 'customSetting',
            Deletable: allowed('delete', (object) => object.deletable),
            Queryable: (_rt, { object }: ObjectDescribe) => object.queryable,
            Undeletable: allowed('delete', (object) => object.deletable),
            Updateable: allowed('edit', (object) => object.updateable)
        }
    )
});

/** SObjectTypeFields, RecordTypeInfo and ChildRelationship (Apex Reference, Schema namespace). */
export const objectDescribeClasses: readonly NativeClass[] = [
    objectDescribeClass,
    nativeClass({ name: 'Schema.SObjectTypeFields', methods: { 'getMap()': fieldMap } }),
    nativeClass({
        name: 'Schema.RecordTypeInfo',
        ...describeMembers(
            {
                DeveloperName: (_rt, { def }: RecordTypeObject) => def.developerName,
                Name: (_rt, { def }: RecordTypeObject) => def.label,
                RecordTypeId: (_rt, { def }: RecordTypeObject) => Id.of(def.id)
            },
            {
                Active: (_rt, { def }: RecordTypeObject) => def.active,
                Available: (_rt, { def }: RecordTypeObject) => def.active,
                Master: (_rt, { def }: RecordTypeObject) => def.master
            }
        )
    }),
    nativeClass({
        name: 'Schema.ChildRelationship',
        ...describeMembers(
            {
                ChildSObject: (rt, { def }: ChildRelationshipObject) => sObjectType(rt, def.childObject),
                Field: (rt, { def }: ChildRelationshipObject) => sObjectField(rt, def.childObject, def.field),
                RelationshipName: (_rt, { def }: ChildRelationshipObject) => def.relationshipName ?? null
            },
            { CascadeDelete: (_rt, { def }: ChildRelationshipObject) => def.cascadeDelete }
        )
    })
];
