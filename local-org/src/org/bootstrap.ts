import { Datetime, Id, Time, type FieldValue } from '../values/index.ts';
import type { Store } from '../store/store.ts';
import { ensureAutomatedProcess } from './automated-process.ts';

export interface BootstrapOptions {
    readonly store: Store;
    readonly orgId: string;
    readonly organization: Organization;
    readonly adminUsername: string;
    readonly adminEmail: string;
    /** Milliseconds since 1970. */
    readonly now: number;
}

/** What an org says of itself in its Organization row. */
export interface Organization {
    readonly name: string;
    /** `OrganizationType`: "Developer Edition". */
    readonly type: string;
    readonly instanceName: string;
    readonly isSandbox: boolean;
    /** ISO instant; a scratch org has one. */
    readonly trialExpirationDate?: string;
}

/** A Developer Edition org under the name. */
export function developerEdition(name: string): Organization {
    return { name, type: 'Developer Edition', instanceName: 'LOCAL', isSandbox: false };
}

/** Open at all times, as in a new org. */
const ALWAYS = Time.of(0, 0, 0, 0);
const DEFAULT_HOURS: Readonly<Record<string, FieldValue>> = {
    Name: 'Default',
    IsActive: true,
    IsDefault: true,
    TimeZoneSidKey: 'America/Los_Angeles',
    ...Object.fromEntries(
        ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].flatMap((day) => [
            [`${day}StartTime`, ALWAYS],
            [`${day}EndTime`, ALWAYS]
        ])
    )
};

/** Licences and the profiles that come with them in a Developer Edition org. */
const PROFILES: Readonly<Record<string, readonly string[]>> = {
    Salesforce: [
        'System Administrator',
        'Standard User',
        'Read Only',
        'Solution Manager',
        'Marketing User',
        'Contract Manager',
        'Minimum Access - Salesforce'
    ],
    'Salesforce Integration': ['Minimum Access - API Only Integrations', 'Salesforce API Only System Integrations']
};

const ADMIN_PROFILE = 'System Administrator';

/** Rows that a fresh org has: itself, licences and profiles, the administrator, whose id it answers, and Automated Process. */
export function bootstrapOrg(options: BootstrapOptions): string {
    const { store, orgId, organization, adminUsername, adminEmail, now } = options;
    const { trialExpirationDate } = organization;
    const adminId = store.newId('005');
    const stamp = new Datetime(now);
    const put = (object: string, id: Id, fields: Record<string, FieldValue>): void => {
        const audit = { CreatedById: adminId, CreatedDate: stamp, LastModifiedById: adminId, LastModifiedDate: stamp };
        store.put(object, { Id: id, ...audit, SystemModstamp: stamp, ...fields });
    };
    put('Organization', Id.of(orgId), {
        Name: organization.name,
        InstanceName: organization.instanceName,
        IsSandbox: organization.isSandbox,
        OrganizationType: organization.type,
        ...(trialExpirationDate !== undefined && {
            TrialExpirationDate: new Datetime(Date.parse(trialExpirationDate))
        }),
        LanguageLocaleKey: 'en_US',
        DefaultLocaleSidKey: 'en_US',
        TimeZoneSidKey: 'America/Los_Angeles',
        FiscalYearStartMonth: 1
    });
    let adminProfile: Id | undefined;
    for (const [license, profiles] of Object.entries(PROFILES)) {
        const licenseId = store.newId('100');
        put('UserLicense', licenseId, {
            Name: license,
            MasterLabel: license,
            LicenseDefinitionKey: license === 'Salesforce' ? 'SFDC' : 'PID_Salesforce_Integration',
            Status: 'Active',
            TotalLicenses: 100
        });
        for (const name of profiles) {
            const id = store.newId('00e');
            put('Profile', id, { Name: name, UserLicenseId: licenseId, UserType: 'Standard' });
            adminProfile = name === ADMIN_PROFILE ? id : adminProfile;
        }
    }
    put('BusinessHours', store.newId('01m'), DEFAULT_HOURS);
    put('User', adminId, {
        Username: adminUsername,
        FirstName: 'Local',
        LastName: 'Admin',
        Name: 'Local Admin',
        Alias: 'ladmin',
        CommunityNickname: 'admin',
        Email: adminEmail,
        IsActive: true,
        UserType: 'Standard',
        ProfileId: adminProfile ?? null,
        TimeZoneSidKey: 'America/Los_Angeles',
        LocaleSidKey: 'en_US',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8'
    });
    ensureAutomatedProcess(store, orgId, now);
    return adminId.value;
}
