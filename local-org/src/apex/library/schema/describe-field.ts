import type { FieldDef, PicklistValue } from '../../../schema/types.ts';
import { platformEnumValue } from '../../runtime/enum-value.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType } from '../../types/apex-types.ts';
import { ApexList } from '../collections/apex-list.ts';
import { nativeClass, type NativeClass, type NativeMethod } from '../native.ts';
import { DISPLAY_TYPES, soapTypeOf } from './field-types.ts';
import { describeMembers } from './members.ts';
import { fieldOf, findSObjectType, sObjectField, sObjectType, type SObjectFieldToken } from './tokens.ts';

const PICKLIST_ENTRY = platformType('Schema.PicklistEntry');
const OBJECT_TOKEN = platformType('Schema.SObjectType');

/** Types whose values have a number of digits but no point. */
const WHOLE_NUMBERS: ReadonlySet<string> = new Set(['int', 'long']);

/** A `Schema.DescribeFieldResult`. */
export class FieldDescribe extends NativeObject {
    readonly className = 'Schema.DescribeFieldResult';
    readonly object: string;
    readonly field: FieldDef;

    constructor(object: string, field: FieldDef) {
        super();
        this.object = object;
        this.field = field;
    }
}

class PicklistEntryObject extends NativeObject {
    readonly className = 'Schema.PicklistEntry';
    readonly entry: PicklistValue;

    constructor(entry: PicklistValue) {
        super();
        this.entry = entry;
    }

    override valueText(): string {
        const { label, value, active, defaultValue } = this.entry;
        return `Schema.PicklistEntry[getLabel=${label};getValue=${value};isActive=${active};isDefaultValue=${defaultValue};]`;
    }
}

export function describeField(rt: Runtime, token: SObjectFieldToken): FieldDescribe {
    return new FieldDescribe(token.object, fieldOf(rt, token));
}

function of<T>(read: (field: FieldDef) => T): NativeMethod {
    return (_rt, { field }: FieldDescribe) => read(field);
}

function allowed(permission: 'read' | 'edit', capable: (field: FieldDef) => boolean): NativeMethod {
    return (rt, { object, field }: FieldDescribe) =>
        capable(field) && rt.org.access.fieldAllowed(rt.tx.access.userId, object, field.name, permission);
}

function referenceTo(rt: Runtime, { field }: FieldDescribe): ApexList {
    const tokens = field.referenceTo.map((object) => findSObjectType(rt, object));
    return new ApexList(
        OBJECT_TOKEN,
        tokens.filter((token) => token !== undefined)
    );
}

const picklistValues = of(
    (field) =>
        new ApexList(
            PICKLIST_ENTRY,
            field.picklistValues.map((entry) => new PicklistEntryObject(entry))
        )
);

/** `getSObjectType()` has no property beside it. */
function withObjectType(members: ReturnType<typeof describeMembers>): ReturnType<typeof describeMembers> {
    const getSObjectType: NativeMethod = (rt, { object }: FieldDescribe) => sObjectType(rt, object);
    return { ...members, methods: { ...members.methods, 'getSObjectType()': getSObjectType } };
}

/** DescribeFieldResult and PicklistEntry (Apex Reference, Schema namespace). */
export const fieldDescribeClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'Schema.DescribeFieldResult',
        ...withObjectType(
            describeMembers(
                {
                    ByteLength: of((field) => field.length * 3),
                    CalculatedFormula: of((field) => field.formula ?? null),
                    DefaultValueFormula: of((field) => field.defaultValue ?? null),
                    Digits: of((field) => (WHOLE_NUMBERS.has(field.type) ? field.precision : 0)),
                    InlineHelpText: of((field) => field.helpText ?? null),
                    Label: of((field) => field.label),
                    Length: of((field) => field.length),
                    LocalName: of((field) => field.name),
                    Name: of((field) => field.name),
                    PicklistValues: picklistValues,
                    Precision: of((field) => field.precision),
                    ReferenceTo: referenceTo,
                    RelationshipName: of((field) => field.relationshipName ?? null),
                    Scale: of((field) => field.scale),
                    SoapType: of((field) => platformEnumValue('Schema.SoapType', soapTypeOf(field))),
                    SobjectField: (rt, { object, field }: FieldDescribe) => sObjectField(rt, object, field.name),
                    Type: of((field) => platformEnumValue('Schema.DisplayType', DISPLAY_TYPES[field.type]))
                },
                {
                    Accessible: allowed('read', () => true),
                    AutoNumber: of((field) => field.autoNumber),
                    Calculated: of((field) => field.calculated),
                    CascadeDelete: of((field) => field.cascadeDelete),
                    CaseSensitive: of((field) => field.caseSensitive),
                    Createable: allowed('edit', (field) => field.createable),
                    Custom: of((field) => field.custom),
                    DefaultedOnCreate: of((field) => field.defaultedOnCreate),
                    Encrypted: of((field) => field.type === 'encryptedstring'),
                    ExternalId: of((field) => field.externalId),
                    Filterable: of((field) => field.filterable),
                    Groupable: of((field) => field.groupable),
                    IdLookup: of((field) => field.idLookup),
                    NameField: of((field) => field.nameField),
                    NamePointing: of((field) => field.referenceTo.length > 1),
                    Nillable: of((field) => field.nillable),
                    RestrictedPicklist: of((field) => field.restrictedPicklist),
                    Sortable: of((field) => field.sortable),
                    Unique: of((field) => field.unique),
                    Updateable: allowed('edit', (field) => field.updateable),
                    WriteRequiresMasterRead: of((field) => field.writeRequiresMasterRead)
                }
            )
        )
    }),
    nativeClass({
        name: 'Schema.PicklistEntry',
        ...describeMembers(
            {
                Label: (_rt, { entry }: PicklistEntryObject) => entry.label,
                Value: (_rt, { entry }: PicklistEntryObject) => entry.value
            },
            {
                Active: (_rt, { entry }: PicklistEntryObject) => entry.active,
                DefaultValue: (_rt, { entry }: PicklistEntryObject) => entry.defaultValue
            }
        )
    })
];
