import type { ObjectPermission } from './types.ts';

/** What the platform's own profiles give before anything is deployed. */
export interface BuiltInProfile {
    /** Every object and standard or custom field, every class, and every user permission not listed as withheld. */
    readonly everything: boolean;
    /** Permissions on standard objects; their standard fields come with them. */
    readonly objects: Readonly<Record<string, readonly ObjectPermission[]>>;
    readonly userPermissions: readonly string[];
}

/** Metadata names of built-in profiles that differ from their labels. */
export const PROFILE_METADATA_NAMES: Readonly<Record<string, string>> = {
    'System Administrator': 'Admin',
    'Standard User': 'Standard',
    'Read Only': 'ReadOnly',
    'Solution Manager': 'SolutionManager',
    'Marketing User': 'MarketingProfile',
    'Contract Manager': 'ContractManager',
    'Minimum Access - Salesforce': 'Minimum Access - Salesforce'
};

/**
 * User permissions that an administrator does not have: those that restrict, and those for reading an external client
 * app's secret, which are assigned when needed.
 */
export const WITHHELD_FROM_ADMINISTRATORS: ReadonlySet<string> = new Set(
    [
        'ApiUserOnly',
        'ExternalClientAppAdmin',
        'ExternalClientAppDeveloper',
        'ExternalClientAppViewer',
        'ForceTwoFactor',
        'IsSsoEnabled',
        'ViewClientSecret'
    ].map((name) => name.toLowerCase())
);

/** Objects that "modify all data" does not open: access to stored credentials is always granted by name. */
export const WITHHELD_OBJECTS: ReadonlySet<string> = new Set(['userexternalcredential']);

/** Fields of company data, which only an administrator sees until a permission set shows them. */
export const HIDDEN_FIELDS: ReadonlySet<string> = new Set([
    'Account.DunsNumber',
    'Account.NaicsCode',
    'Account.NaicsDesc',
    'Account.Tradestyle',
    'Account.YearStarted',
    'Lead.CompanyDunsNumber'
]);

const FULL: readonly ObjectPermission[] = ['read', 'create', 'edit', 'delete'];
const READ: readonly ObjectPermission[] = ['read'];

const SALES_AND_SERVICE = [
    'Account',
    'AccountContactRelation',
    'Asset',
    'Attachment',
    'CampaignMember',
    'Case',
    'CaseComment',
    'Contact',
    'ContentDocument',
    'ContentDocumentLink',
    'ContentVersion',
    'Contract',
    'Document',
    'EmailMessage',
    'Event',
    'FeedItem',
    'Individual',
    'Lead',
    'Note',
    'Opportunity',
    'OpportunityContactRole',
    'OpportunityLineItem',
    'Order',
    'Task'
];
const REFERENCE_DATA = ['Campaign', 'Folder', 'Location', 'OperatingHours', 'Pricebook2', 'PricebookEntry', 'Product2'];

/** Cases are closed, not deleted: only administrators may. */
const NOT_DELETED: ReadonlySet<string> = new Set(['Case']);

function objects(
    own: readonly ObjectPermission[],
    reference: readonly ObjectPermission[]
): Record<string, readonly ObjectPermission[]> {
    return Object.fromEntries<readonly ObjectPermission[]>([
        ...SALES_AND_SERVICE.map((name) => [name, NOT_DELETED.has(name) ? withoutDelete(own) : own] as const),
        ...REFERENCE_DATA.map((name) => [name, reference] as const)
    ]);
}

function withoutDelete(permissions: readonly ObjectPermission[]): ObjectPermission[] {
    return permissions.filter((permission) => permission !== 'delete');
}

const STANDARD_PERMISSIONS = ['ApiEnabled', 'RunReports', 'ExportReport', 'LightningExperienceUser', 'ViewSetup'];
const STANDARD_USER: BuiltInProfile = {
    everything: false,
    objects: objects(FULL, READ),
    userPermissions: STANDARD_PERMISSIONS
};
const INTEGRATION: BuiltInProfile = {
    everything: false,
    objects: {},
    userPermissions: ['ApiEnabled', 'ApiUserOnly', 'ChatterInternalUser']
};

const PROFILES: Readonly<Record<string, BuiltInProfile>> = {
    'system administrator': { everything: true, objects: {}, userPermissions: [] },
    'standard user': STANDARD_USER,
    'solution manager': STANDARD_USER,
    'marketing user': { ...STANDARD_USER, objects: objects(FULL, FULL) },
    'contract manager': STANDARD_USER,
    'read only': { ...STANDARD_USER, objects: objects(READ, READ) },
    'minimum access - salesforce': {
        everything: false,
        objects: {},
        userPermissions: ['LightningExperienceUser', 'ChatterInternalUser']
    },
    'minimum access - api only integrations': INTEGRATION,
    'salesforce api only system integrations': INTEGRATION
};

const NOTHING: BuiltInProfile = { everything: false, objects: {}, userPermissions: [] };

/** By label, without case; a deployed custom profile starts with nothing. */
export function builtInProfile(label: string): BuiltInProfile {
    return PROFILES[label.toLowerCase()] ?? NOTHING;
}
