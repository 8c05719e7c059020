import { customFields } from './custom/custom-field.ts';
import { customObject, sharingModelOf } from './custom/custom-object.ts';
import { shareFields } from './custom/share-object.ts';
import { documentsOf, flagOf, textOf } from './document.ts';
import { defineField } from './field.ts';
import {
    hasObject,
    standardObject,
    standardObjectByKeyPrefix,
    standardObjectNamesOf
} from './standard/standard-object.ts';
import type { MetadataComponent, MetadataDocument, MetadataRegistry } from '../org/metadata-registry.ts';
import type { CustomObject } from './custom/custom-object.ts';
import type { OrgFeature, StandardObject } from './standard/standard-object.ts';
import type { ChildRelationship, FieldDef, ObjectDef, RecordTypeDef, Schema, SharingModel } from './types.ts';

/** Metadata types the schema derives from. */
export const SCHEMA_SOURCES = ['CustomObject', 'CustomField', 'RecordType', 'GlobalValueSet', 'SharingReason'] as const;

export interface SchemaOptions {
    /** What the org has beyond a plain one: the objects of a Dev Hub, of Salesforce to Salesforce. */
    readonly features?: readonly OrgFeature[];
}

/** The objects of one org: the platform's and what is deployed. Recomputed when the registry changes. */
export function createSchema(metadata: MetadataRegistry, { features = [] }: SchemaOptions = {}): Schema {
    const owned: ReadonlySet<OrgFeature> = new Set(features);
    let current: SchemaState | undefined;
    let seen = 0;
    let version = 0;

    function state(): SchemaState {
        // Versions only rise, so that their sum changes when one of them does.
        let stamp = 0;
        for (const type of SCHEMA_SOURCES) stamp += metadata.version(type);
        if (current === undefined || stamp !== seen) {
            seen = stamp;
            version += 1;
            current = new SchemaState(metadata, owned);
        }
        return current;
    }

    return {
        object: (name) => state().object(name),
        objectByKeyPrefix: (prefix) => state().byKeyPrefix(prefix),
        objects: () => state().objects(),
        get version() {
            state();
            return version;
        }
    };
}

interface DeployedField {
    readonly object: string;
    readonly fields: readonly FieldDef[];
    readonly document: MetadataDocument;
}

/** Everything derived from one state of the registry; objects are built when asked for. */
class SchemaState {
    readonly #metadata: MetadataRegistry;
    readonly #features: ReadonlySet<OrgFeature>;
    readonly #built = new Map<string, ObjectDef | undefined>();
    readonly #prefixes = new Map<string, ObjectDef | undefined>();
    /** Deployed fields by lower-case object. */
    readonly #fields = new Map<string, DeployedField[]>();
    /** Custom objects by lower-case name. */
    readonly #custom = new Map<string, CustomObject>();
    /** Child relationships of deployed lookups by lower-case parent. */
    readonly #children = new Map<string, ChildRelationship[]>();

    constructor(metadata: MetadataRegistry, features: ReadonlySet<OrgFeature>) {
        this.#metadata = metadata;
        this.#features = features;
        for (const component of metadata.list('CustomField')) this.#addField(component);
        for (const component of metadata.list('CustomObject')) {
            const object = customObject(component, this.#hasMaster(component.fullName));
            if (object !== undefined) this.#custom.set(object.name.toLowerCase(), object);
        }
    }

    object(name: string): ObjectDef | undefined {
        const key = name.toLowerCase();
        if (!this.#built.has(key)) this.#built.set(key, this.#build(key));
        return this.#built.get(key);
    }

    byKeyPrefix(prefix: string): ObjectDef | undefined {
        if (!this.#prefixes.has(prefix)) this.#prefixes.set(prefix, this.#findByKeyPrefix(prefix));
        return this.#prefixes.get(prefix);
    }

    #findByKeyPrefix(prefix: string): ObjectDef | undefined {
        for (const object of this.#custom.values()) {
            if (object.keyPrefix === prefix) return this.object(object.name);
        }
        if (prefix.startsWith(SHARE_PREFIX)) return this.#shares().find((share) => share.keyPrefix === prefix);
        const standard = standardObjectByKeyPrefix(prefix);
        return standard === undefined ? undefined : this.object(standard.name);
    }

    *objects(): Iterable<ObjectDef> {
        const standard = standardObjectNamesOf(this.#features);
        const names = [...standard, ...[...this.#custom.values()].map((object) => object.name)];
        for (const name of names) {
            const object = this.object(name);
            if (object !== undefined) yield object;
        }
        yield* this.#shares();
    }

    #shares(): ObjectDef[] {
        const names = [...this.#custom.values()].map((object) => object.name.replace(/__c$/i, '__Share'));
        return names.map((name) => this.object(name)).filter((share) => share !== undefined);
    }

    #addField(component: MetadataComponent): void {
        const [object = '', field = ''] = component.fullName.split('.');
        if (component.document === undefined) return;
        const fields = customFields(field, component.document, this.#metadata);
        const deployed = { object, fields, document: component.document };
        append(this.#fields, object.toLowerCase(), deployed);
        for (const { referenceTo, name, cascadeDelete } of fields) {
            const childName = textOf(component.document, 'relationshipName');
            const named = childName === undefined ? {} : { relationshipName: `${childName}__r` };
            const relationship = { childObject: object, field: name, cascadeDelete, ...named };
            for (const parent of referenceTo) append(this.#children, parent.toLowerCase(), relationship);
        }
    }

    #hasMaster(object: string): boolean {
        const fields = this.#fields.get(object.toLowerCase()) ?? [];
        return fields.some((field) => textOf(field.document, 'type') === 'MasterDetail');
    }

    #build(key: string): ObjectDef | undefined {
        const custom = this.#custom.get(key);
        if (custom !== undefined) return this.#assemble(customBase(custom));
        if (key.endsWith('__share')) return this.#buildShare(key);
        const standard = hasObject(this.#features, key) ? standardObject(key) : undefined;
        if (standard === undefined) return undefined;
        const document = this.#metadata.get('CustomObject', standard.name)?.document;
        return this.#assemble(standardBase(standard, document));
    }

    #buildShare(key: string): ObjectDef | undefined {
        const parent = this.#custom.get(key.replace(/__share$/, '__c'));
        if (parent === undefined || parent.kind !== 'custom') return undefined;
        if (parent.sharingModel !== 'Private' && parent.sharingModel !== 'Read') return undefined;
        return this.#assemble({
            name: parent.name.replace(/__c$/i, '__Share'),
            label: `Share: ${parent.label}`,
            labelPlural: `Share: ${parent.label}`,
            keyPrefix: SHARE_PREFIX + parent.keyPrefix.slice(2),
            kind: 'custom',
            sharingModel: 'ControlledByParent',
            createable: true,
            deletable: true,
            fields: shareFields(parent.name, this.#partNames('SharingReason', parent.name)),
            childRelationships: []
        });
    }

    #assemble(base: ObjectBase): ObjectDef {
        const key = base.name.toLowerCase();
        const recordTypes = this.#recordTypes(base.name);
        const deployed = (this.#fields.get(key) ?? []).flatMap((field) => field.fields);
        const fields = new Map<string, FieldDef>();
        for (const field of base.fields) fields.set(field.name.toLowerCase(), field);
        if (recordTypes.length > 0) fields.set('recordtypeid', base.recordTypeField ?? RECORD_TYPE_FIELD);
        for (const field of deployed) fields.set(field.name.toLowerCase(), field);
        const parentRelationships = new Map<string, FieldDef>();
        for (const field of fields.values()) {
            if (field.relationshipName !== undefined) {
                parentRelationships.set(field.relationshipName.toLowerCase(), field);
            }
        }
        const nameField = [...fields.values()].find((field) => field.nameField);
        return {
            name: base.name,
            label: base.label,
            labelPlural: base.labelPlural,
            keyPrefix: base.keyPrefix,
            kind: base.kind,
            sharingModel: base.sharingModel,
            createable: base.createable,
            updateable: base.createable,
            deletable: base.deletable,
            queryable: base.kind !== 'platformEvent',
            fields,
            parentRelationships,
            childRelationships: [...base.childRelationships, ...this.#childrenOf(base)],
            recordTypes,
            ...(nameField !== undefined && { nameField })
        };
    }

    #childrenOf(base: ObjectBase): ChildRelationship[] {
        const lookups = this.#children.get(base.name.toLowerCase()) ?? [];
        const share = base.kind === 'custom' ? this.#shareRelationship(base) : [];
        return [...lookups, ...share];
    }

    #shareRelationship(base: ObjectBase): ChildRelationship[] {
        const childObject = base.name.replace(/__c$/i, '__Share');
        if (childObject === base.name || (base.sharingModel !== 'Private' && base.sharingModel !== 'Read')) return [];
        return [{ childObject, field: 'ParentId', relationshipName: 'Shares', cascadeDelete: true }];
    }

    /** Names of the components of a type that belong to an object. */
    #partNames(type: string, object: string): string[] {
        const owner = `${object.toLowerCase()}.`;
        const names = this.#metadata.list(type).map(({ fullName }) => fullName);
        return names.filter((name) => name.toLowerCase().startsWith(owner)).map((name) => name.slice(owner.length));
    }

    /** Deployed record types in label order and the master last, as describe lists them; none when none is deployed. */
    #recordTypes(object: string): RecordTypeDef[] {
        const owner = `${object.toLowerCase()}.`;
        const deployed = this.#metadata
            .list('RecordType')
            .filter((component) => component.fullName.toLowerCase().startsWith(owner))
            .map((component) => recordTypeOf(component, component.fullName.slice(owner.length)))
            .sort((left, right) => left.label.localeCompare(right.label));
        return deployed.length === 0 ? [] : [...deployed, MASTER_RECORD_TYPE];
    }
}

type ObjectBase = Omit<StandardObject, 'recordTypeField'> & Partial<Pick<StandardObject, 'recordTypeField'>>;

const SHARE_PREFIX = '0s';

const MASTER_RECORD_TYPE: RecordTypeDef = {
    id: '012000000000000AAA',
    developerName: 'Master',
    label: 'Master',
    active: true,
    master: true
};

const RECORD_TYPE_FIELD = defineField({
    name: 'RecordTypeId',
    label: 'Record Type ID',
    type: 'reference',
    length: 18,
    referenceTo: ['RecordType'],
    relationshipName: 'RecordType'
});

function customBase(object: CustomObject): ObjectBase {
    const writable = object.kind !== 'customMetadata';
    return { ...object, createable: writable, deletable: writable, childRelationships: [] };
}

function standardBase(object: StandardObject, document: MetadataDocument | undefined): ObjectBase {
    const declared = document !== undefined && textOf(document, 'sharingModel') !== undefined;
    const sharingModel: SharingModel = declared ? sharingModelOf(document) : object.sharingModel;
    return { ...object, sharingModel };
}

function recordTypeOf(component: MetadataComponent, developerName: string): RecordTypeDef {
    const label = textOf(component.document, 'label') ?? developerName;
    const active = flagOf(component.document, 'active');
    return { id: component.id, developerName, label, active, master: false };
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
    const list = map.get(key);
    if (list === undefined) map.set(key, [value]);
    else list.push(value);
}

/** Values of a picklist that a record type allows; undefined when the record type does not restrict the field. */
export function recordTypePicklistValues(
    recordType: MetadataDocument | undefined,
    field: string
): readonly string[] | undefined {
    const entry = documentsOf(recordType, 'picklistValues').find(
        (document) => textOf(document, 'picklist')?.toLowerCase() === field.toLowerCase()
    );
    return entry && documentsOf(entry, 'values').map((value) => decodeURIComponent(textOf(value, 'fullName') ?? ''));
}
