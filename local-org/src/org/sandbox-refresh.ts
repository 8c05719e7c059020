import { Id, type SObject } from '../values/index.ts';
import { AUTOMATED_PROCESS } from './automated-process.ts';
import { newPod } from './pod.ts';
import type { LocalOrg } from './local-org.ts';

export interface SandboxRefresh {
    /** Name of the sandbox: what user names end with afterwards. */
    readonly name: string;
    /** Only administrators stay active, as with selective sandbox access. */
    readonly deactivateUsers: boolean;
}

const ORGANIZATION = [
    'Name',
    'InstanceName',
    'OrganizationType',
    'LanguageLocaleKey',
    'DefaultLocaleSidKey',
    'TimeZoneSidKey',
    'FiscalYearStartMonth'
];

const PEOPLE = `SELECT Id, Username, Email, IsActive, Profile.Name FROM User WHERE UserType != '${AUTOMATED_PROCESS}'`;

/** An org id that no other org has. */
export function newSandboxId(): string {
    return Id.of(`00D${newPod()}0000001`).value;
}

/**
 * What a refresh makes of the copy: another org id, user names that end with the sandbox's name, e-mail addresses that
 * reach nobody. Records and metadata stay as they were, and name the hosts of the org they come from; secrets and
 * sessions are no part of a copy. Source: help "Sandbox Setup Considerations", "Selective Sandbox Access".
 */
export function applySandboxRefresh(org: LocalOrg, { name, deactivateUsers }: SandboxRefresh): void {
    const [organization] = rows(org, `SELECT Id, ${ORGANIZATION.join(', ')} FROM Organization`);
    if (organization !== undefined) {
        const former = organization.get('Id') as Id;
        const kept = ORGANIZATION.map((field) => [field, organization.get(field) ?? null] as const);
        org.database.writeRow('Organization', { ...Object.fromEntries(kept), Id: Id.of(org.id), IsSandbox: true });
        org.database.removeRow('Organization', former);
    }
    for (const user of rows(org, PEOPLE)) {
        const isAdministrator = user.parent('Profile')?.get('Name') === 'System Administrator';
        org.database.writeRow('User', {
            Id: user.get('Id') as Id,
            Username: `${String(user.get('Username'))}.${name}`,
            Email: `${String(user.get('Email'))}.invalid`,
            IsActive: user.get('IsActive') === true && (isAdministrator || !deactivateUsers)
        });
    }
}

function rows(org: LocalOrg, soql: string): readonly SObject[] {
    return org.database.query(soql, { access: { userId: org.admin.userId, mode: 'system', sharing: false } }).records;
}
