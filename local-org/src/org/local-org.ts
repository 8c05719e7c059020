import type { OauthApps } from './oauth-apps.ts';
import type { OauthGrants } from './oauth-grants.ts';
import type { Org } from './org.ts';
import type { Passwords } from './passwords.ts';
import type { PrincipalCredentials } from './principal-credentials.ts';
import type { ProviderSecrets } from './provider-secrets.ts';
import type { QueryCursors } from './query-cursors.ts';
import type { Sessions } from './sessions.ts';
import type { UserDirectory } from './users.ts';

/** An org with what only its surfaces need: logins, OAuth apps, secrets. Apex and the deploy see `Org`. */
export interface LocalOrg extends Org {
    readonly sessions: Sessions;
    readonly oauthGrants: OauthGrants;
    readonly passwords: Passwords;
    readonly users: UserDirectory;
    readonly oauthApps: OauthApps;
    readonly principalCredentials: PrincipalCredentials;
    readonly providerSecrets: ProviderSecrets;
    readonly deployRules: DeployRules;
    readonly queryCursors: QueryCursors;
    readonly apiUsage: ApiUsage;
    /** The org counts changes of its components, as scratch orgs do. */
    readonly tracksSource: boolean;
    /** The user that exists in every fresh org. */
    readonly admin: { readonly userId: string; readonly username: string };
    /** A record id with the key prefix, from the org's own counter. */
    newId(keyPrefix: string): string;
}

/** API requests of the last 24 hours, as the header Sforce-Limit-Info reports them, and whether the org has the API at all. */
export interface ApiUsage {
    used: number;
    readonly maximum: number;
    enabled: boolean;
}

/** Switches of an org that change what a deploy accepts. */
export interface DeployRules {
    /** Salesforce blocks new connected apps since Spring '26 unless Support lifts it. */
    readonly allowNewConnectedApps: boolean;
}
