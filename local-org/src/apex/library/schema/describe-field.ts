import type { ObjectPermission } from '../../../access/types.ts';
import type { MetadataDocument } from '../../../org/metadata-registry.ts';
import { documentOf, flagOf, textOf } from '../../../schema/document.ts';
import type { FieldDef, PicklistValue } from '../../../schema/types.ts';
import { platformEnumValue } from '../../runtime/enum-value.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType } from '../../types/apex-types.ts';
import { ApexList } from '../collections/apex-list.ts';
import { nativeClass, type NativeClass, type NativeMethod } from '../native.ts';
import { DISPLAY_TYPES, soapTypeOf } from './field-types.ts';
import { describeMembers } from './members.ts';
import {
    fieldOf,
    findSObjectField,
    findSObjectType,
    sObjectField,
    sObjectType,
    type SObjectFieldToken
} from './tokens.ts';

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

    override jsonFields(): Record<string, unknown> {
        const { label, value, active, defaultValue } = this.entry;
        return { active, defaultValue, label, validFor: null, value };
    }
}

export function describeField(rt: Runtime, token: SObjectFieldToken): FieldDescribe {
    return new FieldDescribe(token.object, fieldOf(rt, token));
}

function of<T>(read: (field: FieldDef) => T): NativeMethod {
    return (_rt, { field }: FieldDescribe) => read(field);
}

/** A field is only accessible with its object; one without permissions of its own goes by the object's alone. */
function allowed(
    permission: 'read' | 'edit',
    capable: (field: FieldDef) => boolean,
    onObject: ObjectPermission
): NativeMethod {
    return (rt, { object, field }: FieldDescribe) => {
        const { access } = rt.org;
        const { userId } = rt.tx.access;
        return (
            capable(field) &&
            access.objectAllowed(userId, object, onObject) &&
            access.fieldAllowed(userId, object, field.name, permission)
        );
    };
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

/** Kinds of values that no aggregate function takes. */
const NOT_AGGREGATABLE: ReadonlySet<string> = new Set([
    'address',
    'anyType',
    'base64',
    'boolean',
    'complexvalue',
    'encryptedstring',
    'location',
    'multipicklist',
    'textarea'
]);

/** What was deployed for a custom field. */
function documentOfField(rt: Runtime, { object, field }: FieldDescribe): MetadataDocument | undefined {
    return rt.org.metadata.get('CustomField', `${object}.${field.name}`)?.document;
}

/** The picklist or checkbox a dependent picklist depends on. */
const controller: NativeMethod = (rt, self: FieldDescribe) => {
    const name = textOf(documentOf(documentOfField(rt, self), 'valueSet'), 'controllingField');
    return name === undefined ? null : (findSObjectField(rt, self.object, name) ?? null);
};

/** 0 for the first master of a record, 1 for the second; null for anything but master-detail. */
const relationshipOrder: NativeMethod = (rt, self: FieldDescribe) => {
    const document = documentOfField(rt, self);
    return textOf(document, 'type') === 'MasterDetail' ? Number(textOf(document, 'relationshipOrder') ?? 0) : null;
};

/** Parts of an address or of a person's name tell what they are parts of. */
const COMPOUNDS: readonly (readonly [compound: string, parts: readonly string[]])[] = [
    ['Address', ['Street', 'City', 'State', 'PostalCode', 'Country', 'Latitude', 'Longitude', 'GeocodeAccuracy']],
    ['Name', ['FirstName', 'LastName', 'MiddleName', 'Salutation', 'Suffix']]
];

function compoundFieldName({ name, custom }: FieldDef): string | null {
    if (custom) return null;
    for (const [compound, parts] of COMPOUNDS) {
        const part = parts.find((candidate) => name.endsWith(candidate));
        const prefix = part === undefined ? '' : name.slice(0, -part.length);
        if (part !== undefined && (compound === 'Address' || prefix === '')) return `${prefix}${compound}`;
    }
    return null;
}

/** Required fields, keys and what the platform fills in itself are seen by everyone. */
function isPermissionable({ type, custom, nillable, calculated, createable, updateable }: FieldDef): boolean {
    return type !== 'id' && nillable && (custom || calculated || createable || updateable);
}

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
                    CompoundFieldName: of(compoundFieldName),
                    Controller: controller,
                    DefaultValue: of((field) => (field.type === 'boolean' ? field.defaultValue === 'true' : null)),
                    DefaultValueFormula: of((field) => field.defaultValue ?? null),
                    Digits: of((field) => (WHOLE_NUMBERS.has(field.type) ? field.precision : 0)),
                    FilteredLookupInfo: () => null,
                    InlineHelpText: of((field) => field.helpText ?? null),
                    Label: of((field) => field.label),
                    Length: of((field) => field.length),
                    LocalName: of((field) => field.name),
                    Mask: () => null,
                    MaskType: () => null,
                    Name: of((field) => field.name),
                    PicklistValues: picklistValues,
                    Precision: of((field) => field.precision),
                    ReferenceTo: referenceTo,
                    ReferenceTargetField: () => null,
                    RelationshipName: of((field) => field.relationshipName ?? null),
                    RelationshipOrder: relationshipOrder,
                    Scale: of((field) => field.scale),
                    SoapType: of((field) => platformEnumValue('Schema.SoapType', soapTypeOf(field))),
                    SobjectField: (rt, { object, field }: FieldDescribe) => sObjectField(rt, object, field.name),
                    Type: of((field) => platformEnumValue('Schema.DisplayType', DISPLAY_TYPES[field.type]))
                },
                {
                    Accessible: allowed('read', () => true, 'read'),
                    Aggregatable: of((field) => !NOT_AGGREGATABLE.has(field.type) && field.unaggregated !== true),
                    AiPredictionField: () => false,
                    AutoNumber: of((field) => field.autoNumber),
                    Calculated: of((field) => field.calculated),
                    CascadeDelete: of((field) => field.cascadeDelete),
                    CaseSensitive: of((field) => field.caseSensitive),
                    Createable: allowed('edit', (field) => field.createable, 'create'),
                    Custom: of((field) => field.custom),
                    DefaultedOnCreate: of((field) => field.defaultedOnCreate),
                    DependentPicklist: (rt, self: FieldDescribe) => controller(rt, self) !== null,
                    DeprecatedAndHidden: () => false,
                    DisplayLocationInDecimal: (rt, self: FieldDescribe) =>
                        flagOf(documentOfField(rt, self), 'displayLocationInDecimal'),
                    Encrypted: of((field) => field.type === 'encryptedstring'),
                    ExternalId: of((field) => field.externalId),
                    Filterable: of((field) => field.filterable),
                    FormulaTreatNullNumberAsZero: (rt, self: FieldDescribe) =>
                        textOf(documentOfField(rt, self), 'formulaTreatBlanksAs') === 'BlankAsZero',
                    Groupable: of((field) => field.groupable),
                    HighScaleNumber: () => false,
                    HtmlFormatted: (rt, self: FieldDescribe) => textOf(documentOfField(rt, self), 'type') === 'Html',
                    IdLookup: of((field) => field.idLookup),
                    NameField: of((field) => field.nameField),
                    NamePointing: of((field) => field.referenceTo.length > 1),
                    Nillable: of((field) => field.nillable),
                    Permissionable: of((field) => isPermissionable(field)),
                    QueryByDistance: of((field) => field.type === 'location'),
                    RestrictedDelete: (rt, self: FieldDescribe) =>
                        textOf(documentOfField(rt, self), 'deleteConstraint') === 'Restrict',
                    RestrictedPicklist: of((field) => field.restrictedPicklist),
                    SearchPrefilterable: () => false,
                    Sortable: of((field) => field.sortable),
                    Unique: of((field) => field.unique),
                    Updateable: allowed('edit', (field) => field.updateable, 'edit'),
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
