import { fieldOf, type FieldFacts } from './object-facts.ts';
import type { PlannedObject } from './plan-types.ts';

export type Side = 'source' | 'target';

/** Permission sets of the user as whom the other org acts here, and of the one as whom this org delivers. */
const RECEIVER = 'Sync_Receiver_';
const SENDER = 'Sync_Sender_';

/**
 * Objects without object permissions: access to them follows a parent, or a permission of the user. Source: Salesforce
 * Help, "Object Permissions"; Metadata API Developer Guide, PermissionSet.
 */
const WITHOUT_PERMISSIONS = new Set(
    (
        'Task Event CaseComment OpportunityLineItem OpportunityContactRole CampaignMember AccountContactRole ' +
        'AccountContactRelation ContractContactRole OrderItem PricebookEntry Attachment Note EmailMessage FeedItem ' +
        'QuoteLineItem'
    ).split(' ')
);
const USER_PERMISSIONS: Readonly<Record<string, Readonly<Record<Access, readonly string[]>>>> = {
    Task: { read: ['ActivitiesAccess'], all: ['ActivitiesAccess', 'EditTask'] },
    Event: { read: ['ActivitiesAccess'], all: ['ActivitiesAccess', 'EditEvent'] }
};

type Access = 'read' | 'all';

export function hasObjectPermissions(object: string): boolean {
    return !WITHOUT_PERMISSIONS.has(object);
}

/** Names of the permission sets of a mapping, the same in both orgs. */
export function permissionSetNames(mapping: string): [receiver: string, sender: string] {
    return [`${RECEIVER}${mapping}`, `${SENDER}${mapping}`];
}

/** Permission sets of an object in one org, by name. */
export function permissionSetsOf(object: PlannedObject, side: Side): readonly (readonly [string, object])[] {
    const label = object.name.replaceAll('_', ' ');
    const [receiver, sender] = permissionSetNames(object.name);
    return [
        [receiver, content(object, side, 'all', `Sync Receiver ${label}`)],
        [sender, content(object, side, 'read', `Sync Sender ${label}`)]
    ];
}

function content(object: PlannedObject, side: Side, access: Access, label: string): object {
    const name = object[side];
    const userPermissions = USER_PERMISSIONS[name]?.[access] ?? [];
    const verb = access === 'all' ? 'Writes' : 'Reads';
    return {
        description: `${verb} records of ${name} that are kept in step.`,
        fieldPermissions: permissionableFields(object, side).map((field) => ({
            editable: access === 'all',
            field: `${name}.${field}`,
            readable: true
        })),
        hasActivationRequired: false,
        label: label.slice(0, 80),
        objectPermissions: objectsOf(object, side).map((one) => objectPermission(one, access)),
        recordTypeVisibilities: object.recordTypes.map((type) => ({ recordType: `${name}.${type}`, visible: true })),
        userPermissions: userPermissions.map((permission) => ({ enabled: true, name: permission }))
    };
}

/** Fields that a permission set may name in every org to which it goes; the parts of a compound field are one. */
function permissionableFields({ fields, facts, source, target }: PlannedObject, side: Side): string[] {
    const isSame = source === target;
    const names = fields.flatMap((field) => {
        const own = fieldOf(facts[side], field[side]);
        const other = isSame ? fieldOf(facts[side === 'source' ? 'target' : 'source'], field[side]) : undefined;
        if (own === undefined) return [];
        if (isAddressPart(own)) return [own.compoundFieldName as string];
        return isPermissionable(own) && (other === undefined || isPermissionable(other)) ? [own.name] : [];
    });
    return [...new Set(names)].sort();
}

/** Parts of a name belong to a compound field too, which no permission set names. */
function isAddressPart({ compoundFieldName }: FieldFacts): boolean {
    return compoundFieldName?.endsWith('Address') === true;
}

/** An org that does not say so grants every field that may be empty. */
function isPermissionable({ permissionable, nillable, type, nameField }: FieldFacts): boolean {
    return permissionable ?? ((nillable || type === 'boolean') && !nameField);
}

/** The object and what it refers to: access to a child depends on access to its parents. */
function objectsOf({ facts, fields, ...object }: PlannedObject, side: Side): string[] {
    const references = fields
        .filter(({ transform }) => transform === 'Reference')
        .flatMap((field) => fieldOf(facts[side], field[side])?.referenceTo ?? [])
        .filter((parent) => object.mappedParents.includes(parent));
    return [...new Set([object[side], ...references])].filter(hasObjectPermissions).sort();
}

function objectPermission(object: string, access: Access): object {
    const all = access === 'all';
    return {
        allowCreate: all,
        allowDelete: all,
        allowEdit: all,
        allowRead: true,
        modifyAllRecords: all,
        object,
        viewAllRecords: true
    };
}
