import { documentsOf, flagOf, textOf } from '../../schema/document.ts';
import { Id, type FieldValue } from '../../values/index.ts';
import type { MetadataComponent } from '../metadata-registry.ts';
import type { Output, SetupContext } from './setup-context.ts';

/** Who may use a principal. Source: Apex Reference, ConnectApi.ExternalCredentialPrincipalAccess. */
export function principalAccess(context: SetupContext, principal: MetadataComponent): Output[] {
    const { org, userId } = context;
    const access = { userId, mode: 'system', sharing: false } as const;
    const soql =
        'SELECT Parent.Id, Parent.Name, Parent.IsOwnedByProfile, Parent.ProfileId, Parent.Profile.Name ' +
        'FROM SetupEntityAccess WHERE SetupEntityId = :principal';
    const binds = new Map([['principal', principal.id]]);
    const given = org.database.query(soql, { access, binds }).records.flatMap((record) => {
        const set = record.parent('Parent');
        if (set === null || set === undefined) return [];
        const profile = set.get('IsOwnedByProfile') === true ? set.parent('Profile') : undefined;
        return [
            {
                developerName: rowText((profile ?? set).get('Name')),
                id: rowText(profile === undefined ? set.get('Id') : set.get('ProfileId')),
                type: profile === undefined ? 'PermissionSet' : 'Profile'
            }
        ];
    });
    const profiles = org.metadata
        .list('Profile')
        .filter(({ document }) =>
            documentsOf(document, 'externalCredentialPrincipalAccesses').some(
                (entry) =>
                    flagOf(entry, 'enabled') &&
                    textOf(entry, 'externalCredentialPrincipal')?.toLowerCase() === principal.fullName.toLowerCase()
            )
        )
        .map(({ fullName, id }) => ({ developerName: fullName, id, type: 'Profile' }));
    return [...given, ...profiles];
}

function rowText(value: FieldValue | undefined): string {
    return value instanceof Id ? value.value : typeof value === 'string' ? value : '';
}
