import type { ChildRelationship, ObjectDef, RecordTypeDef } from '../../../schema/types.ts';
import { documentsOf, flagOf, textOf } from '../../../schema/document.ts';
import { Id } from '../../../values/index.ts';
import { platformEnumValue } from '../../runtime/enum-value.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { ID, platformType, STRING } from '../../types/apex-types.ts';
import { mapFrom, stringList } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import type { ApexMap } from '../collections/apex-map.ts';
import { nativeClass, type NativeClass, type NativeMethod } from '../native.ts';
import { profileName } from '../system/user-context.ts';
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
    readonly object: string;
    readonly def: RecordTypeDef;

    constructor(object: string, def: RecordTypeDef) {
        super();
        this.object = object;
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
    return sorted.map((def) => new RecordTypeObject(object.name, def));
}

/** The profile of the running user says which one new records get; without a word it is the master. */
function isDefault(rt: Runtime, object: string, def: RecordTypeDef): boolean {
    const chosen = defaultRecordType(rt, object);
    return chosen === undefined ? def.master : def.developerName === chosen;
}

function defaultRecordType(rt: Runtime, object: string): string | undefined {
    const profile = profileName(rt);
    const document = profile === undefined ? undefined : rt.org.metadata.get('Profile', profile)?.document;
    const names = documentsOf(document, 'recordTypeVisibilities')
        .filter((visibility) => flagOf(visibility, 'default'))
        .map((visibility) => (textOf(visibility, 'recordType') ?? '').split('.'));
    return names.find(([owner]) => owner === object)?.[1];
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

const MERGEABLE: ReadonlySet<string> = new Set(['Account', 'Case', 'Contact', 'Individual', 'Lead']);

/** Objects with pages and search results of their own. */
function isRecordObject({ kind, nameField }: ObjectDef): boolean {
    return nameField !== undefined && (kind === 'standard' || kind === 'custom');
}

/** `Thing__Share` belongs to `Thing__c`, `AccountShare` to `Account`. */
function associateOf({ name, fields }: ObjectDef): { readonly type: string; readonly parent: string } | undefined {
    const type = ['Share', 'History', 'Feed'].find((suffix) => name.length > suffix.length && name.endsWith(suffix));
    if (
        type === undefined ||
        !(fields.has('parentid') || fields.has(`${name.slice(0, -type.length).toLowerCase()}id`))
    ) {
        return undefined;
    }
    const stem = name.slice(0, -type.length);
    return { type, parent: stem.endsWith('__') ? `${stem}c` : stem };
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
            AssociateEntityType: (_rt, { object }: ObjectDescribe) => associateOf(object)?.type ?? null,
            AssociateParentEntity: (_rt, { object }: ObjectDescribe) => associateOf(object)?.parent ?? null,
            DataTranslationEnabled: () => false,
            DefaultImplementation: () => null,
            Fields: (_rt, { object }: ObjectDescribe) => new ObjectFields(object),
            FieldSets: (_rt, { object }: ObjectDescribe) => new ObjectFieldSets(object),
            HasSubtypes: () => false,
            ImplementedBy: () => null,
            ImplementsInterfaces: () => null,
            IsInterface: () => false,
            IsSubtype: () => false,
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
            SObjectDescribeOption: () => platformEnumValue('Schema.SObjectDescribeOptions', 'FULL'),
            SObjectType: (rt, { object }: ObjectDescribe) => sObjectType(rt, object.name)
        },
        {
            Accessible: allowed('read', () => true),
            Createable: allowed('create', (object) => object.createable),
            Custom: (_rt, { object }: ObjectDescribe) => /__\w+$/.test(object.name),
            CustomSetting: (_rt, { object }: ObjectDescribe) => object.kind === 'customSetting',
            Deletable: allowed('delete', (object) => object.deletable),
            DeprecatedAndHidden: () => false,
            FeedEnabled: (rt, { object }: ObjectDescribe) =>
                flagOf(rt.org.metadata.get('CustomObject', object.name)?.document, 'enableFeeds'),
            Mergeable: (_rt, { object }: ObjectDescribe) => MERGEABLE.has(object.name),
            MruEnabled: (_rt, { object }: ObjectDescribe) => isRecordObject(object),
            Queryable: (_rt, { object }: ObjectDescribe) => object.queryable,
            Searchable: (_rt, { object }: ObjectDescribe) => isRecordObject(object),
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
                DefaultRecordTypeMapping: (rt, { def, object }: RecordTypeObject) => isDefault(rt, object, def),
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
                JunctionIdListNames: () => stringList([]),
                JunctionReferenceTo: () => new ApexList(platformType('Schema.SObjectType')),
                RelationshipName: (_rt, { def }: ChildRelationshipObject) => def.relationshipName ?? null
            },
            {
                CascadeDelete: (_rt, { def }: ChildRelationshipObject) => def.cascadeDelete,
                DeprecatedAndHidden: () => false,
                RestrictedDelete: (rt, { def }: ChildRelationshipObject) =>
                    textOf(
                        rt.org.metadata.get('CustomField', `${def.childObject}.${def.field}`)?.document,
                        'deleteConstraint'
                    ) === 'Restrict'
            }
        )
    })
];
