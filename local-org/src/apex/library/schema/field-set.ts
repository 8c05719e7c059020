import type { MetadataDocument } from '../../../org/metadata-registry.ts';
import type { FieldDef, ObjectDef } from '../../../schema/types.ts';
import { platformEnumValue } from '../../runtime/enum-value.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType, STRING } from '../../types/apex-types.ts';
import { ApexList } from '../collections/apex-list.ts';
import type { ApexMap } from '../collections/apex-map.ts';
import { nativeClass, type NativeClass, type NativeMethod } from '../native.ts';
import { CaseInsensitiveMap } from './case-insensitive-map.ts';
import { DISPLAY_TYPES } from './field-types.ts';
import { describeMembers } from './members.ts';
import { sObjectField, sObjectType } from './tokens.ts';

const FIELD_SET = platformType('Schema.FieldSet');
const MEMBER = platformType('Schema.FieldSetMember');

/** `describe.fieldSets`. */
export class ObjectFieldSets extends NativeObject {
    readonly className = 'Schema.SObjectTypeFieldSets';
    readonly object: ObjectDef;

    constructor(object: ObjectDef) {
        super();
        this.object = object;
    }
}

class FieldSetObject extends NativeObject {
    readonly className = 'Schema.FieldSet';
    readonly object: ObjectDef;
    readonly name: string;
    readonly document: MetadataDocument;

    constructor(object: ObjectDef, name: string, document: MetadataDocument) {
        super();
        this.object = object;
        this.name = name;
        this.document = document;
    }
}

/** A field of a field set: its path from the set's object, and the object that has it. */
class MemberObject extends NativeObject {
    readonly className = 'Schema.FieldSetMember';
    readonly path: string;
    readonly owner: ObjectDef;
    readonly field: FieldDef;
    readonly isRequired: boolean;

    constructor(path: string, owner: ObjectDef, field: FieldDef, isRequired: boolean) {
        super();
        this.path = path;
        this.owner = owner;
        this.field = field;
        this.isRequired = isRequired;
    }
}

/** Field sets are read as they are deployed; nothing else in the org depends on them. */
function fieldSets(rt: Runtime, { object }: ObjectFieldSets): ApexMap {
    const map = new CaseInsensitiveMap(STRING, FIELD_SET);
    for (const { fullName, document } of rt.org.metadata.list('FieldSet')) {
        const [owner, name] = fullName.split('.');
        if (owner?.toLowerCase() === object.name.toLowerCase() && name !== undefined) {
            map.put(rt, name, new FieldSetObject(object, name, document ?? {}));
        }
    }
    return map;
}

/** A field set that code names: `FieldSets.Name`. */
function fieldSetNamed(rt: Runtime, self: ObjectFieldSets, name: string): unknown {
    const message = `Field set ${name} does not exist on ${self.object.name}`;
    return fieldSets(rt, self).get(rt, name) ?? rt.throwNew('System.SObjectException', message);
}

function text({ document }: FieldSetObject, element: string): string | null {
    const value = document[element];
    return typeof value === 'string' ? value : null;
}

function members(rt: Runtime, { object, document }: FieldSetObject): ApexList {
    const { displayedFields } = document;
    const shown = Array.isArray(displayedFields) ? (displayedFields as readonly MetadataDocument[]) : [];
    const found = shown.flatMap(({ field, isRequired }) => {
        const path = typeof field === 'string' ? field : '';
        const member = findMember(rt, object, path.split('.'));
        return member === undefined ? [] : new MemberObject(path, member.owner, member.field, isRequired === 'true');
    });
    return new ApexList(MEMBER, found);
}

/** `Owner.Name` leads over the relationship; a field that has gone is left out. */
function findMember(
    rt: Runtime,
    object: ObjectDef,
    [name = '', ...rest]: readonly string[]
): { readonly owner: ObjectDef; readonly field: FieldDef } | undefined {
    const lower = name.toLowerCase();
    if (rest.length === 0) {
        const field = object.fields.get(lower);
        return field === undefined ? undefined : { owner: object, field };
    }
    const [parentName = ''] = object.parentRelationships.get(lower)?.referenceTo ?? [];
    const parent = rt.org.schema.object(parentName);
    return parent === undefined ? undefined : findMember(rt, parent, rest);
}

const memberMembers = describeMembers(
    {
        DbRequired: (_rt, { field }: MemberObject) => !field.nillable && !field.defaultedOnCreate,
        FieldPath: (_rt, { path }: MemberObject) => path,
        Label: (_rt, { field }: MemberObject) => field.label,
        Required: (_rt, { isRequired }: MemberObject) => isRequired,
        Type: (_rt, { field }: MemberObject) => platformEnumValue('Schema.DisplayType', DISPLAY_TYPES[field.type])
    },
    {}
);

/** `getSObjectField()` has no property beside it. */
const fieldToken: NativeMethod = (rt, { owner, field }: MemberObject) => sObjectField(rt, owner.name, field.name);

/** SObjectTypeFieldSets, FieldSet and FieldSetMember (Apex Reference, Schema namespace). */
export const fieldSetClasses: readonly NativeClass[] = [
    nativeClass({ name: 'Schema.SObjectTypeFieldSets', methods: { 'getMap()': fieldSets } }),
    nativeClass({
        name: 'Schema.FieldSet',
        ...describeMembers(
            {
                Description: (_rt, self: FieldSetObject) => text(self, 'description'),
                Fields: members,
                Label: (_rt, self: FieldSetObject) => text(self, 'label'),
                Name: (_rt, { name }: FieldSetObject) => name,
                NameSpace: () => null,
                SObjectType: (rt, { object }: FieldSetObject) => sObjectType(rt, object.name)
            },
            {}
        )
    }),
    nativeClass({
        name: 'Schema.FieldSetMember',
        ...memberMembers,
        methods: { ...memberMembers.methods, 'getSObjectField()': fieldToken }
    })
];

/** `FieldSets.Name`, which the compiler turns into a call. */
export const fieldSetByNameClass: NativeClass = nativeClass({
    name: '$FieldSets',
    statics: { 'named/2': fieldSetNamed }
});
