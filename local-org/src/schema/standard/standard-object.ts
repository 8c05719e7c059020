import { standardObjectFields, standardObjectName, standardObjectNames } from '../../platform/standard-objects.ts';
import { labelOf } from '../field.ts';
import { DEV_HUB_OBJECTS } from './dev-hub.ts';
import { belongsToPlainOrg, fieldByRule, fieldBySpec } from './field-rules.ts';
import { IDENTITY_OBJECTS } from './identity.ts';
import { PARTNER_NETWORK_OBJECTS } from './partner-network.ts';
import { parseObjectSpec, splitObjectSpecs } from './object-spec.ts';
import { SALES_OBJECTS } from './sales.ts';
import { SERVICE_OBJECTS } from './service.ts';
import { SETUP_OBJECTS } from './setup.ts';
import type { StandardField } from '../../platform/standard-objects.ts';
import type { ChildRelationship, FieldDef, ObjectKind, SharingModel } from '../types.ts';
import type { ObjectSpec } from './object-spec.ts';

/** A standard object without anything deployed on it. The same for every org; built once. */
export interface StandardObject {
    readonly name: string;
    readonly label: string;
    readonly labelPlural: string;
    readonly keyPrefix: string;
    readonly kind: ObjectKind;
    readonly sharingModel: SharingModel;
    readonly createable: boolean;
    readonly deletable: boolean;
    readonly fields: readonly FieldDef[];
    /** Of `RecordTypeId`, which an object has once it has record types. */
    readonly recordTypeField: FieldDef | undefined;
    readonly childRelationships: readonly ChildRelationship[];
}

/** Objects of orgs that own sandboxes: clients tell one by whether it answers queries on them. */
const SANDBOX_OBJECTS: ReadonlySet<string> = new Set(['sandboxinfo', 'sandboxprocess']);

/** What only some orgs have. */
export type OrgFeature = 'devHub' | 'partnerNetwork';

const featureObjects: Readonly<Record<OrgFeature, string>> = {
    devHub: DEV_HUB_OBJECTS,
    partnerNetwork: PARTNER_NETWORK_OBJECTS
};
const features: ReadonlyMap<string, OrgFeature> = new Map(
    (Object.entries(featureObjects) as [OrgFeature, string][]).flatMap(([feature, text]) =>
        [...splitObjectSpecs(text).keys()].map((name): [string, OrgFeature] => [name, feature])
    )
);
const specTexts = splitObjectSpecs(
    SALES_OBJECTS + SERVICE_OBJECTS + SETUP_OBJECTS + IDENTITY_OBJECTS + Object.values(featureObjects).join('')
);
const specs = new Map<string, ObjectSpec>();
const objects = new Map<string, StandardObject | undefined>();
let children: Map<string, ChildRelationship[]> | undefined;
let prefixes: Map<string, string> | undefined;
let listings: Map<string, Set<string>> | undefined;

/** Names of the objects that an org has by itself; other objects of the platform resolve by name only. */
export function standardObjectNamesOf(owned: ReadonlySet<OrgFeature>): readonly string[] {
    const keys = [...specTexts.keys()].filter((key) => hasObject(owned, key));
    return keys.map((key) => specOf(key)?.name ?? key);
}

/** Whether orgs with these features have the object; those of no feature are everybody's. */
export function hasObject(owned: ReadonlySet<OrgFeature>, name: string): boolean {
    const feature = features.get(name.toLowerCase());
    return feature === undefined || owned.has(feature);
}

export function standardObject(name: string): StandardObject | undefined {
    const key = name.toLowerCase();
    if (!objects.has(key)) objects.set(key, build(key));
    return objects.get(key);
}

export function standardObjectByKeyPrefix(prefix: string): StandardObject | undefined {
    for (const key of specTexts.keys()) {
        if (specOf(key)?.keyPrefix === prefix) return standardObject(key);
    }
    const name = [...derivedPrefixes()].find(([, derived]) => derived === prefix)?.[0];
    return name === undefined ? undefined : standardObject(name);
}

function specOf(key: string): ObjectSpec | undefined {
    const text = specTexts.get(key);
    if (text === undefined) return undefined;
    let spec = specs.get(key);
    if (spec === undefined) {
        spec = parseObjectSpec(text);
        specs.set(key, spec);
    }
    return spec;
}

function build(key: string): StandardObject | undefined {
    const spec = specOf(key);
    // Some objects are missing from the type jars, UserExternalCredential among them: their description is all there is.
    const name = SANDBOX_OBJECTS.has(key) ? undefined : (standardObjectName(key) ?? spec?.name);
    const listed = name === undefined ? undefined : (standardObjectFields(name) ?? (spec && []));
    if (name === undefined || listed === undefined) return undefined;
    const label = spec?.label ?? labelOf(name);
    const fields = fieldsOf(name, listed, spec);
    return {
        name,
        label,
        labelPlural: spec?.labelPlural ?? label,
        keyPrefix: spec?.keyPrefix ?? derivedPrefixes().get(key) ?? '000',
        kind: spec?.setup ? 'setup' : 'standard',
        sharingModel: sharingOf(spec),
        createable: spec?.createable ?? true,
        deletable: spec?.deletable ?? true,
        fields: fields.filter((field) => field.name !== 'RecordTypeId'),
        recordTypeField: fields.find((field) => field.name === 'RecordTypeId'),
        childRelationships: childrenOf(name, listed, spec)
    };
}

function sharingOf(spec: ObjectSpec | undefined): SharingModel {
    if (spec?.controlledByParent) return 'ControlledByParent';
    return spec?.private ? 'Private' : 'ReadWrite';
}

function fieldsOf(object: string, listed: readonly StandardField[], spec: ObjectSpec | undefined): FieldDef[] {
    const parents = new Map<string, string>();
    for (const field of listed) {
        if (field.role === 'parent') parents.set(field.name.toLowerCase(), field.apexType);
    }
    const fields = new Map<string, FieldDef>();
    const add = (field: FieldDef | undefined): void => {
        if (field !== undefined && !fields.has(field.name)) fields.set(field.name, field);
    };
    add(fieldByRule({ name: 'Id', apexType: 'Id', role: 'field' }, parents));
    for (const field of spec?.fields.values() ?? []) add(fieldBySpec(field));
    for (const field of listed) {
        const absent = spec?.without.has(field.name.toLowerCase()) || !belongsToPlainOrg(object, field.name);
        if (field.role !== 'children' && field.role !== 'parent' && !absent) add(withName(object, field, parents));
    }
    return [...fields.values()];
}

/** Objects without a specification are named by `Name`, where they have one. */
function withName(object: string, field: StandardField, parents: ReadonlyMap<string, string>): FieldDef | undefined {
    const def = fieldByRule(field, parents);
    if (def?.name === 'Name') return { ...def, nameField: true };
    const isOpen = def?.relationshipName !== undefined && def.referenceTo.length === 0;
    const targets = isOpen ? parentsListing(object) : [];
    return def !== undefined && targets.length > 1 ? { ...def, referenceTo: targets, hasMoreTargets: true } : def;
}

/** Objects of a plain org that list another among their children: what its lookups to several objects may lead to. */
function parentsListing(object: string): readonly string[] {
    if (listings === undefined) {
        listings = new Map();
        for (const key of specTexts.keys()) {
            const name = standardObjectName(key);
            for (const { apexType, role } of (name && standardObjectFields(name)) || []) {
                if (role !== 'children' || name === undefined) continue;
                const child = apexType.slice('List<'.length, -1);
                listings.set(child, (listings.get(child) ?? new Set()).add(name));
            }
        }
    }
    return [...(listings.get(object) ?? [])].sort();
}

function childrenOf(
    object: string,
    listed: readonly StandardField[],
    spec: ObjectSpec | undefined
): ChildRelationship[] {
    const result = [...(specifiedChildren().get(object.toLowerCase()) ?? [])];
    const known = new Set(result.map((child) => child.relationshipName?.toLowerCase()));
    for (const { name, apexType, role } of listed) {
        const child = apexType.slice('List<'.length, -1);
        if (role !== 'children' || known.has(name.toLowerCase()) || !belongsToPlainOrg(object, name)) continue;
        if (spec !== undefined && !specTexts.has(child.toLowerCase())) continue;
        const field = childFieldByRule(object, child, name);
        if (field !== undefined) {
            result.push({ childObject: child, field, relationshipName: name, cascadeDelete: false });
        }
    }
    return result;
}

/** Relationships that specifications name, keyed by lower-case parent object. */
function specifiedChildren(): Map<string, ChildRelationship[]> {
    if (children !== undefined) return children;
    children = new Map();
    for (const key of specTexts.keys()) {
        const spec = specOf(key);
        for (const field of spec?.fields.values() ?? []) {
            if (spec === undefined || field.childRelationship === undefined) continue;
            const { childRelationship: relationshipName, flags } = field;
            const relationship = { childObject: spec.name, field: field.name, relationshipName };
            for (const parent of field.referenceTo) {
                const list = children.get(parent.toLowerCase()) ?? [];
                list.push({ ...relationship, cascadeDelete: flags.has('cascade') });
                children.set(parent.toLowerCase(), list);
            }
        }
    }
    return children;
}

/** The child's field that points to the parent: the only one, or the one the relationship is named after. */
function childFieldByRule(parent: string, child: string, relationship: string): string | undefined {
    const without = specOf(child.toLowerCase())?.without;
    const lookups = (standardObjectFields(child) ?? []).filter(
        (field) =>
            field.role === 'parent' &&
            (field.apexType === parent || field.apexType === 'Name') &&
            !without?.has(`${field.name}Id`.toLowerCase())
    );
    const exact = lookups.filter((field) => field.apexType === parent);
    const candidates = exact.length > 0 ? exact : lookups;
    const lower = relationship.toLowerCase();
    const named = candidates.find((field) => lower.includes(field.name.toLowerCase()));
    const chosen = candidates.length === 1 ? candidates[0] : named;
    return chosen === undefined ? undefined : `${chosen.name}Id`;
}

/** Objects whose prefix is not in the specifications get one of the unused range `z00` to `zzz`, by their place. */
function derivedPrefixes(): Map<string, string> {
    if (prefixes !== undefined) return prefixes;
    prefixes = new Map();
    const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
    const heads = 'zyxZYX';
    let place = 0;
    for (const name of standardObjectNames()) {
        const head = heads[Math.floor(place / 3844)] ?? 'z';
        const middle = digits[Math.floor((place % 3844) / 62)] ?? '0';
        prefixes.set(name.toLowerCase(), `${head}${middle}${digits[place % 62] ?? '0'}`);
        place += 1;
    }
    return prefixes;
}
