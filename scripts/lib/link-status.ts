import { orgPairConfig } from './config.ts';
import type { LinkedOrgs } from './context.ts';
import { integrationUsername } from './integration-user.ts';
import type { LinkPlan } from './link-plan.ts';
import { queryOne, soqlString, type BridgeOrg } from './org-connection.ts';
import { hasPermissionSets } from './permission-sets.ts';
import { readCredentialStatus } from './source-credential.ts';

export interface LinkPart {
    readonly name: string;
    readonly present: boolean;
    /** Command that puts it in place. */
    readonly action: string;
}

export interface OrgSummary {
    readonly orgId: string;
    readonly url: string;
    readonly username: string;
}

export interface LinkStatus {
    /** `complete` says that every part is there; `bridge verify` proves that it works. */
    readonly status: 'complete' | 'incomplete';
    readonly source: OrgSummary;
    readonly target: OrgSummary;
    readonly parts: readonly LinkPart[];
}

const DEPLOY = 'npm run bridge -- deploy';
const CONNECT = 'npm run bridge -- connect';

export async function readLinkStatus({ source, target }: LinkedOrgs, plan: LinkPlan): Promise<LinkStatus> {
    const config = orgPairConfig();
    const [api, app, user, helper, credential, access] = await Promise.all([
        hasClass(target, 'RestApiUsingConnectClass'),
        hasApp(target, config.target.appName),
        integrationUserHasAccess(target, plan, config.target.permissionSets),
        hasClass(source, 'AccountHelper'),
        readCredentialStatus(source, plan).catch(() => undefined),
        hasPermissionSets(source, [plan.permissionSet], source.userId)
    ]);
    const parts: LinkPart[] = [
        { name: 'target: REST API class deployed', present: api, action: DEPLOY },
        { name: `target: External Client App ${config.target.appName}`, present: app, action: DEPLOY },
        { name: 'target: integration user with the API permission set', present: user, action: DEPLOY },
        { name: 'source: AccountHelper deployed', present: helper, action: DEPLOY },
        {
            name: `source: credential ${plan.externalCredential} stored`,
            present: credential === 'Configured',
            action: CONNECT
        },
        { name: `source: your user has ${plan.permissionSet}`, present: access, action: CONNECT }
    ];
    return {
        status: parts.every((part) => part.present) ? 'complete' : 'incomplete',
        source: summary(source),
        target: summary(target),
        parts
    };
}

export function summary({ orgId, url, username }: BridgeOrg): OrgSummary {
    return { orgId, url, username };
}

async function hasClass(org: BridgeOrg, name: string): Promise<boolean> {
    const result = await org.connection.tooling.query(`SELECT Id FROM ApexClass WHERE Name = ${soqlString(name)}`);
    return result.totalSize > 0;
}

async function hasApp(org: BridgeOrg, name: string): Promise<boolean> {
    const soql = `SELECT Id FROM ExternalClientApplication WHERE DeveloperName = ${soqlString(name)}`;
    return (await queryOne(org, soql).catch(() => undefined)) !== undefined;
}

async function integrationUserHasAccess(
    org: BridgeOrg,
    plan: LinkPlan,
    permissionSets: readonly string[]
): Promise<boolean> {
    const soql = `SELECT Id FROM User WHERE Username = ${soqlString(plan.runAs ?? integrationUsername(org, plan.flow))} AND IsActive = true`;
    const user = await queryOne<{ Id: string }>(org, soql);
    return user !== undefined && hasPermissionSets(org, permissionSets, user.Id);
}
