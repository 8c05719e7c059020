/** Describe data of objects and fields, in the terms of the platform's describe calls. */

export type FieldType =
    | 'id'
    | 'string'
    | 'textarea'
    | 'boolean'
    | 'int'
    | 'long'
    | 'double'
    | 'currency'
    | 'percent'
    | 'date'
    | 'datetime'
    | 'time'
    | 'reference'
    | 'picklist'
    | 'multipicklist'
    | 'combobox'
    | 'email'
    | 'phone'
    | 'url'
    | 'address'
    | 'location'
    | 'base64'
    | 'encryptedstring'
    | 'anyType'
    | 'complexvalue';

export interface PicklistValue {
    readonly value: string;
    readonly label: string;
    readonly active: boolean;
    readonly defaultValue: boolean;
}

export interface FieldDef {
    /** API name in its declared case, for example `Source_Record_Key__c`. */
    readonly name: string;
    readonly label: string;
    readonly type: FieldType;
    readonly custom: boolean;
    /** Characters, for text types; 0 otherwise. */
    readonly length: number;
    /** Total digits and digits behind the point, for numbers; 0 otherwise. */
    readonly precision: number;
    readonly scale: number;
    readonly nillable: boolean;
    readonly createable: boolean;
    readonly updateable: boolean;
    readonly defaultedOnCreate: boolean;
    readonly unique: boolean;
    readonly caseSensitive: boolean;
    readonly externalId: boolean;
    /** Usable as the key of an upsert and in `Database.upsert(…, field)`. */
    readonly idLookup: boolean;
    readonly nameField: boolean;
    readonly autoNumber: boolean;
    readonly calculated: boolean;
    readonly filterable: boolean;
    readonly sortable: boolean;
    readonly groupable: boolean;
    /** No aggregate function takes it, though functions take others of its type. */
    readonly unaggregated?: boolean;
    readonly restrictedPicklist: boolean;
    readonly picklistValues: readonly PicklistValue[];
    /** Objects a reference may point to; more than one when polymorphic. */
    readonly referenceTo: readonly string[];
    /** `referenceTo` holds the objects that are known of; others may be referred to as well. */
    readonly hasMoreTargets?: boolean;
    /** `Owner`, `Parent`, `Account__r`. */
    readonly relationshipName?: string;
    /** Set on master-detail and on lookups that cascade. */
    readonly cascadeDelete: boolean;
    readonly writeRequiresMasterRead: boolean;
    readonly defaultValue?: string;
    readonly formula?: string;
    /** Of a roll-up summary field. */
    readonly summary?: SummaryDef;
    readonly helpText?: string;
}

/** What a roll-up summary field works out of the details of its record. */
export interface SummaryDef {
    readonly operation: 'count' | 'sum' | 'min' | 'max';
    readonly childObject: string;
    /** Master-detail field of the child. */
    readonly foreignKey: string;
    /** Field of the child; undefined for a count. */
    readonly field: string | undefined;
    readonly filters: readonly SummaryFilter[];
}

export interface SummaryFilter {
    readonly field: string;
    /** As in metadata: `equals`, `notEqual`, `lessThan`, … */
    readonly operation: string;
    /** One of them must fit. */
    readonly values: readonly string[];
}

export interface ChildRelationship {
    readonly childObject: string;
    readonly field: string;
    /** `Contacts`, `Line_Items__r`; undefined when the platform names none. */
    readonly relationshipName?: string;
    readonly cascadeDelete: boolean;
}

export interface RecordTypeDef {
    readonly id: string;
    readonly developerName: string;
    readonly label: string;
    readonly active: boolean;
    readonly master: boolean;
}

export type ObjectKind = 'standard' | 'custom' | 'customMetadata' | 'customSetting' | 'platformEvent' | 'setup';
export type SharingModel = 'ReadWrite' | 'Read' | 'Private' | 'ControlledByParent';

export interface ObjectDef {
    readonly name: string;
    readonly label: string;
    readonly labelPlural: string;
    /** First three characters of the record ids. */
    readonly keyPrefix: string;
    readonly kind: ObjectKind;
    readonly sharingModel: SharingModel;
    readonly createable: boolean;
    readonly updateable: boolean;
    readonly deletable: boolean;
    readonly queryable: boolean;
    /** Keyed by lower-case field name, in declaration order. */
    readonly fields: ReadonlyMap<string, FieldDef>;
    /** Keyed by lower-case relationship name: `owner` to the OwnerId field. */
    readonly parentRelationships: ReadonlyMap<string, FieldDef>;
    readonly childRelationships: readonly ChildRelationship[];
    readonly recordTypes: readonly RecordTypeDef[];
    readonly nameField?: FieldDef;
}

export interface Schema {
    /** Case-insensitive; undefined when the org has no such object. */
    object(name: string): ObjectDef | undefined;
    objectByKeyPrefix(prefix: string): ObjectDef | undefined;
    objects(): Iterable<ObjectDef>;
    /** Rises with each change; caches key on it. */
    readonly version: number;
}
