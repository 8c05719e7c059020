import { orgPairConfig } from './config.ts';
import { openTarget, type LinkedOrgs } from './context.ts';
import { compareAuth, type AuthComparison } from './deployed-auth.ts';
import { readDeployedApp, readDeployedLogin, type DeployedApp, type DeployedLogin } from './deployed-link.ts';
import { toBridgeError } from './errors.ts';
import { integrationUsername } from './integration-user.ts';
import { configuredWay, deployedWay, driftOf, type Found, type LoginWay } from './link-drift.ts';
import type { LinkPlan } from './link-plan.ts';
import { queryOne, soqlString, type BridgeOrg } from './org-connection.ts';
import { readOrgStatus, type OrgStatus } from './org-status.ts';
import { hasPermissionSets } from './permission-sets.ts';
import { presentLink } from './present-plan.ts';
import { sideBySide } from './side-by-side.ts';
import { readCredentialStatus } from './source-credential.ts';
import { isOfFamily } from './successor-names.ts';
import { API_CLASS } from './target-api.ts';
import { readTokenUse, type TokenUse } from './token-use.ts';

export interface LinkPart {
    readonly name: string;
    /** Null when an org does not tell. */
    readonly present: boolean | null;
    /** Command that puts it in place. */
    readonly action: string;
}

export interface PermissionSetUse {
    readonly org: 'source' | 'target';
    readonly name: string;
    /** Active users who have it. */
    readonly users: number | null;
}

/**
 * `complete`: every part is there as the project has it. `drifted`: it is there, but is not what config and git say.
 * `incomplete`: a part is missing, or an org does not tell whether it is there.
 */
export type LinkState = 'complete' | 'drifted' | 'incomplete' | 'unreachable';

/** One target of the config. The shape of `--json`; what an org does not tell is null. */
export interface LinkStatus {
    /** As config and Apex name the target. */
    readonly link: string;
    readonly status: LinkState;
    readonly source: OrgStatus | null;
    readonly target: OrgStatus | null;
    /** Why the target could not be opened. */
    readonly problem: string | null;
    readonly appName: string;
    readonly configured: LoginWay;
    readonly deployed: LoginWay;
    readonly runAs: string | null;
    /** `Configured`, `NotConfigured`, `Unknown`; null when the org shows none. */
    readonly credential: string | null;
    readonly tokens: TokenUse | null;
    readonly permissionSets: readonly PermissionSetUse[];
    readonly auth: AuthComparison;
    readonly parts: readonly LinkPart[];
    /** What differs from config and git, one line each. */
    readonly drift: readonly string[];
}

const DEPLOY = 'npm run bridge -- deploy';
const CONNECT = 'npm run bridge -- connect';

/** Looks at one link; `verify` proves that it works, `doctor` says why it does not. */
export async function readLinkStatus(orgs: LinkedOrgs, wanted: LinkPlan): Promise<LinkStatus> {
    const seen = await lookAt(orgs, wanted);
    const { plan, login, app, source, target, user, runAs, credential, tokens, permissionSets, auth } = seen;
    const configured = configuredWay(plan);
    const deployed = deployedWay(login, app);
    const parts = partsOf(seen);
    const drift = driftOf({ configured, deployed, app, orgs: [source, target], auth });
    const isComplete = parts.every(({ present }) => present === true);
    return {
        link: plan.name,
        status: !isComplete ? 'incomplete' : drift.length > 0 ? 'drifted' : 'complete',
        source,
        target,
        problem: null,
        appName: plan.appName,
        configured,
        deployed,
        runAs: user ? runAs : null,
        credential: credential ?? null,
        tokens: tokens ?? null,
        permissionSets,
        auth,
        parts,
        drift
    };
}

/** What both orgs show of a link. */
interface Seen {
    readonly plan: LinkPlan;
    readonly login: Found<DeployedLogin>;
    readonly app: Found<DeployedApp>;
    readonly source: OrgStatus;
    readonly target: OrgStatus;
    readonly runAs: string;
    readonly user: Found<{ readonly Id: string }>;
    readonly credential: Found<string>;
    readonly tokens: TokenUse | undefined;
    readonly permissionSets: readonly PermissionSetUse[];
    /** Of the run-as user in the target, of your user in the source. */
    readonly hasApi: boolean | null;
    readonly hasAccess: boolean | null;
    readonly auth: AuthComparison;
}

async function lookAt(orgs: LinkedOrgs, wanted: LinkPlan): Promise<Seen> {
    const { plan, login } = await presentLink(orgs, wanted).catch(async () => ({
        plan: wanted,
        login: await orNull(readDeployedLogin(orgs.source, wanted))
    }));
    const [source, target, app] = await sideBySide([
        readOrgStatus(orgs.source),
        readOrgStatus(orgs.target),
        orNull(readDeployedApp(orgs.target, plan.appName))
    ]);
    const username = plan.runAs ?? integrationUsername(orgs.target, plan.flow);
    const runAs = plan.runAs ?? runAsOf(login, app) ?? username;
    const user = await orNull(findActive(orgs.target, runAs));
    const apiSets = orgPairConfig().target.permissionSets;
    const signed = { ...plan, certificate: certificateOf(plan, login) };
    const [credential, tokens, permissionSets, hasApi, hasAccess, auth] = await Promise.all([
        orNull(readCredentialStatus(orgs.source, plan)),
        readTokenUse(orgs.target, user?.Id, app?.label ?? plan.appLabel),
        permissionSetUses(orgs, plan),
        user ? orNull(hasPermissionSets(orgs.target, apiSets, user.Id)) : isThere(user),
        orNull(hasPermissionSets(orgs.source, [plan.permissionSet], orgs.source.userId)),
        compareAuth(orgs, signed, { username, consumerKey: app?.consumerKey })
    ]);
    const ofUsers = { runAs, user, credential, tokens, permissionSets, hasApi, hasAccess };
    return { plan, login, app, source, target, auth, ...ofUsers };
}

function partsOf({ plan, login, app, source, target, credential, hasApi, hasAccess }: Seen): LinkPart[] {
    return [
        { name: 'target: REST API class deployed', present: has(target, API_CLASS), action: DEPLOY },
        { name: `target: app ${plan.appName}`, present: isThere(app), action: DEPLOY },
        { name: 'target: integration user with the API permission set', present: hasApi, action: DEPLOY },
        { name: 'source: AccountHelper deployed', present: has(source, 'AccountHelper'), action: DEPLOY },
        { name: `source: ${plan.namedCredential} and its credential`, present: isThere(login), action: CONNECT },
        {
            name: `source: credential ${plan.externalCredential} stored`,
            present: credential === null ? null : credential === 'Configured',
            action: CONNECT
        },
        { name: `source: your user has ${plan.permissionSet}`, present: hasAccess, action: CONNECT }
    ];
}

/**
 * Several links of one source, each to the target of its alias. One that cannot be opened or looked at does not keep the
 * others from being told.
 */
export async function readLinksOf(
    source: BridgeOrg,
    plans: readonly LinkPlan[],
    open: typeof openTarget = openTarget
): Promise<LinkStatus[]> {
    const links: LinkStatus[] = [];
    for (const plan of plans) {
        try {
            links.push(await readLinkStatus(await open(source, plan.alias), plan));
        } catch (thrown) {
            links.push(unreachable(plan, toBridgeError(thrown).message));
        }
    }
    return links;
}

/** A target of the config that cannot be looked at. */
function unreachable(plan: LinkPlan, problem: string): LinkStatus {
    return {
        link: plan.name,
        status: 'unreachable',
        source: null,
        target: null,
        problem,
        appName: plan.appName,
        configured: configuredWay(plan),
        deployed: deployedWay(undefined, undefined),
        runAs: null,
        credential: null,
        tokens: null,
        permissionSets: [],
        auth: { source: null, target: null },
        parts: [],
        drift: []
    };
}

/** What an org does not tell is null. */
function orNull<T>(answer: Promise<T>): Promise<T | null> {
    return answer.catch(() => null);
}

function isThere(found: object | null | undefined): boolean | null {
    return found === null ? null : found !== undefined;
}

function has({ code }: OrgStatus, className: string): boolean | null {
    return code === null ? null : !code.missing.includes(className);
}

/** The one that signs, which a rotation may have given. */
function certificateOf({ certificate }: LinkPlan, login: Found<DeployedLogin>): string {
    const used = login?.certificate;
    return used !== undefined && isOfFamily(certificate, used) ? used : certificate;
}

/** The user that the app or the assertions name. A formula names nobody. */
function runAsOf(login: Found<DeployedLogin>, app: Found<DeployedApp>): string | undefined {
    const subject = login?.subject?.includes('{!') === true ? undefined : login?.subject;
    return login?.flow === 'client-credentials' ? app?.runAs : subject;
}

function findActive(org: BridgeOrg, username: string): Promise<{ Id: string } | undefined> {
    return queryOne(org, `SELECT Id FROM User WHERE Username = ${soqlString(username)} AND IsActive = true`);
}

async function permissionSetUses({ source, target }: LinkedOrgs, plan: LinkPlan): Promise<PermissionSetUse[]> {
    const sets: readonly (readonly [BridgeOrg, string])[] = [
        [source, plan.permissionSet],
        ...orgPairConfig().target.permissionSets.map((name) => [target, name] as const)
    ];
    return Promise.all(
        sets.map(async ([org, name]) => {
            const soql =
                `SELECT COUNT() FROM PermissionSetAssignment WHERE PermissionSet.Name = ${soqlString(name)} ` +
                'AND Assignee.IsActive = true';
            const users = await org.connection.query(soql).then(
                ({ totalSize }) => totalSize,
                () => null
            );
            return { org: org.role, name, users };
        })
    );
}
