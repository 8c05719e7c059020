import type { OrgRole } from './org-connection.ts';
import { readProjectJson } from './project.ts';

/** config/org-pair.json: the names that metadata, Apex and tooling share. */
export interface OrgPairConfig {
    readonly source: RoleConfig & {
        readonly permissionSet: string;
        readonly externalCredential: string;
        readonly principal: string;
        readonly namedCredential: string;
    };
    readonly target: RoleConfig & {
        readonly permissionSet: string;
        readonly setupPermissionSet: string;
        readonly externalClientApp: string;
        /** `/services/apexrest/Account` */
        readonly apiPath: string;
    };
}

export interface RoleConfig {
    readonly packageDirectory: string;
    readonly scratchDefinition: string;
}

export function orgPairConfig(): OrgPairConfig {
    return readProjectJson<OrgPairConfig>('config', 'org-pair.json');
}

export const ROLES: readonly OrgRole[] = ['target', 'source'];
