import type { Element, MetadataDocument } from '../../lib/metadata-documents.ts';
import type { Facts } from '../facts.ts';
import { isBroken, setting } from '../link-state.ts';
import type { DoctorRule } from '../rule.ts';
import { SOURCE_SHUT } from './reach.ts';

const SET_GONE = [...SOURCE_SHUT, 'access-set-missing'];

function accessSet({ source, plan }: Facts): MetadataDocument | undefined {
    return source.documents.get('PermissionSet', plan.permissionSet);
}

function has(document: MetadataDocument, list: string, holds: (entry: Element) => boolean): boolean {
    return document.list(list).some(holds);
}

/** Who may use the credential in the source org. Another permission set may give it too: then the call works. */
export const ACCESS: readonly DoctorRule[] = [
    {
        id: 'access-set-missing',
        severity: 'error',
        org: 'source',
        title: 'The source org has no access permission set of the name',
        hiddenBy: SOURCE_SHUT,
        fix: 'Deploy the credentials of the source org: npm run bridge -- connect.',
        remedy: 'connect',
        find: (facts) =>
            isBroken(facts) && accessSet(facts) === undefined
                ? setting(facts, `PermissionSet ${facts.plan.permissionSet}: not in the source org`)
                : undefined
    },
    {
        id: 'access-set-unassigned',
        severity: 'error',
        org: 'source',
        title: 'You do not have the access permission set',
        hiddenBy: SET_GONE,
        fix: 'Assign the permission set to the users who call the target: npm run bridge -- connect.',
        remedy: 'assign-access',
        find: (facts) => {
            const { assigned } = facts.source;
            const { source } = facts.orgs;
            return isBroken(facts) && assigned !== undefined && !assigned.includes(facts.plan.permissionSet)
                ? setting(facts, `User ${source.username}: permission set ${facts.plan.permissionSet} is not assigned`)
                : undefined;
        }
    },
    {
        id: 'principal-access-missing',
        severity: 'error',
        org: 'source',
        title: 'The access permission set does not open the principal of the external credential',
        // A permission set that names a principal which is not there loses the entry with it.
        hiddenBy: [...SET_GONE, 'external-credential-missing', 'principal-missing'],
        fix: 'Add the principal to externalCredentialPrincipalAccesses: npm run bridge -- connect.',
        remedy: 'connect',
        find: (facts) => {
            const document = accessSet(facts);
            const principal = `${facts.plan.externalCredential}-${facts.plan.principalName}`;
            const isOpen = (entry: Element): boolean =>
                entry['enabled'] === 'true' && entry['externalCredentialPrincipal'] === principal;
            return isBroken(facts) &&
                document !== undefined &&
                !has(document, 'externalCredentialPrincipalAccesses', isOpen)
                ? setting(facts, `${document.fullName}: no externalCredentialPrincipalAccesses for ${principal}`)
                : undefined;
        }
    },
    {
        id: 'user-external-credential-missing',
        severity: 'error',
        org: 'source',
        title: 'The access permission set does not give Read on UserExternalCredential',
        hiddenBy: SET_GONE,
        fix: 'Add Read on the object UserExternalCredential: npm run bridge -- connect.',
        remedy: 'connect',
        find: (facts) => {
            const document = accessSet(facts);
            const isReadable = (entry: Element): boolean =>
                entry['allowRead'] === 'true' && entry['object'] === 'UserExternalCredential';
            return isBroken(facts) && document !== undefined && !has(document, 'objectPermissions', isReadable)
                ? setting(facts, `${document.fullName}: no objectPermissions with allowRead for UserExternalCredential`)
                : undefined;
        }
    },
    {
        id: 'async-user-without-access',
        severity: 'error',
        org: 'source',
        title: 'Apex jobs call the target as a user who does not have the access permission set',
        // A call that fails for everybody tells nothing about its user.
        hiddenBy: [
            ...SET_GONE,
            'named-credential-missing',
            'callout-disabled',
            'named-credential-without-login',
            'external-credential-missing',
            'principal-missing'
        ],
        fix: 'Assign the access permission set to the user who starts or scheduled the jobs, then start them again.',
        find: ({ source }) => {
            const [job] = source.jobs;
            return job === undefined ? undefined : `${job.apexClass} as ${job.username}: ${job.message}`;
        }
    }
];
