import './client-environment.ts';
import { AuthInfo, Connection, Org } from '@salesforce/core';
import { BridgeError } from './errors.ts';
import { readOrgKind, type OrgKind } from './org-kind.ts';
import { sourceApiVersion } from './project.ts';

export type OrgRole = 'source' | 'target';

/** An authenticated org in its role. The same for a real org and for one of the local pair. */
export interface BridgeOrg {
    readonly role: OrgRole;
    /** Alias or user name the caller gave, or `local source`. */
    readonly label: string;
    readonly connection: Connection;
    /** 18 characters. */
    readonly orgId: string;
    /** My Domain, without a trailing slash. */
    readonly url: string;
    readonly username: string;
    readonly userId: string;
    readonly isLocal: boolean;
    readonly kind: OrgKind;
    /** Pause between two looks at something that runs in the org, in milliseconds. */
    readonly pollMs: number;
}

/**
 * How often something that runs is asked for its status, in milliseconds. The client waits so long before it asks for the first
 * time, and an org on this machine has done a deploy or a retrieve by then.
 */
const POLL_MS = { loopback: 20, remote: 1000 };
const METADATA_POLL_MS = { loopback: 1, remote: 1000 };

/** How long a deploy or a retrieve may run in an org, in milliseconds: the tests of a production org take their time. */
export const METADATA_WAIT_MS = 3_600_000;

/** Session of an org of the local pair, handed over in memory. */
export interface LocalSession {
    readonly url: string;
    readonly accessToken: string;
}

export async function connectByAlias(role: OrgRole, alias: string): Promise<BridgeOrg> {
    let org: Org;
    try {
        org = await Org.create({ aliasOrUsername: alias });
    } catch (cause) {
        throw new BridgeError(
            'user',
            'ORG_ALIAS_UNKNOWN',
            `No org is authorised here as "${alias}" (${role} org).`,
            [`Run: sf org login web --alias ${alias}`, 'Run: sf org list, and pass one of its aliases or user names.'],
            cause
        );
    }
    return describe(role, alias, org.getConnection(sourceApiVersion()), false);
}

export async function connectLocal(role: OrgRole, session: LocalSession): Promise<BridgeOrg> {
    const { url, accessToken } = session;
    const authInfo = await AuthInfo.create({
        username: accessToken,
        accessTokenOptions: { accessToken, instanceUrl: url, loginUrl: url }
    });
    const connection = await Connection.create({
        authInfo,
        connectionOptions: { version: sourceApiVersion() }
    });
    return describe(role, `local ${role}`, connection, true);
}

/** Answer of /services/oauth2/userinfo, what we need of it. */
interface UserInfo {
    readonly organization_id: string;
    readonly user_id: string;
    readonly preferred_username: string;
}

async function describe(role: OrgRole, label: string, connection: Connection, isLocal: boolean): Promise<BridgeOrg> {
    const [identity, kind] = await Promise.all([
        connection.request<UserInfo>('/services/oauth2/userinfo'),
        readOrgKind(connection)
    ]);
    const url = connection.instanceUrl.replace(/\/+$/, '');
    const place = new URL(url).hostname === 'localhost' ? 'loopback' : 'remote';
    connection.metadata.pollInterval = METADATA_POLL_MS[place];
    // The client gives up after ten seconds otherwise.
    connection.metadata.pollTimeout = METADATA_WAIT_MS;
    return {
        role,
        label,
        connection,
        orgId: identity.organization_id,
        url,
        username: identity.preferred_username,
        userId: identity.user_id,
        isLocal,
        kind,
        pollMs: POLL_MS[place]
    };
}

/** First record of a query, undefined when there is none. */
export async function queryOne<T extends object>(org: BridgeOrg, soql: string): Promise<T | undefined> {
    const result = await org.connection.query<T>(soql);
    return result.records[0];
}

/** All records of a query; a page of the REST API has at most 2,000. */
export async function queryAll<T extends object>({ connection }: BridgeOrg, soql: string): Promise<T[]> {
    return (await connection.query<T>(soql, { autoFetch: true, maxFetch: Number.MAX_SAFE_INTEGER })).records;
}

/** A value as a SOQL string literal. */
export function soqlString(value: string): string {
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
