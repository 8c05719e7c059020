import type { OrgRole } from './org-connection.ts';
import { readProjectJson } from './project.ts';

/** config/org-pair.json: the names that metadata, Apex and tooling share. */
export interface OrgPairConfig {
    /** Components that both orgs use. */
    readonly sharedDirectory: string;
    readonly source: RoleConfig & {
        readonly externalCredential: string;
        readonly principal: string;
        readonly namedCredential: string;
    };
    readonly target: RoleConfig & {
        /** Lets its user read the key and secret of the app; assigned only while they are read. */
        readonly credentialSetupPermissionSet: string;
        readonly externalClientApp: string;
        /** `/services/apexrest/Account` */
        readonly apiPath: string;
    };
}

export interface RoleConfig {
    readonly alias: string;
    readonly packageDirectory: string;
    readonly scratchDefinition: string;
    /** Source: of the users who call the target. Target: of the user as whom they act. */
    readonly permissionSets: readonly string[];
}

export function orgPairConfig(): OrgPairConfig {
    return readProjectJson<OrgPairConfig>('config', 'org-pair.json');
}

export const ROLES: readonly OrgRole[] = ['target', 'source'];
