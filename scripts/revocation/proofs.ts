import { readAppCredentials, type AppCredentials } from '../lib/app-credentials.ts';
import { orgPairConfig } from '../lib/config.ts';
import type { LinkedOrgs } from '../lib/context.ts';
import { callTarget } from '../lib/credential-probe.ts';
import { readDeployedApp, type DeployedLogin } from '../lib/deployed-link.ts';
import { BridgeError } from '../lib/errors.ts';
import { integrationUsername } from '../lib/integration-user.ts';
import type { LinkPlan } from '../lib/link-plan.ts';
import { audience } from '../lib/source-auth.ts';
import { askByAssertion, type AssertionAnswer } from '../lib/source-signature.ts';
import { fetchToken, tokenRefusal } from '../lib/token-probe.ts';
import { countRefreshTokens } from '../lib/token-use.ts';

/** The answers that prove a revocation; null for what the way of the link does not have, or no API tells. */
export interface Proofs {
    /** Of a call through the named credential. */
    readonly call: string;
    /** Of the token endpoint to the secret, or to an assertion, that was good before. */
    readonly secret: string | null;
    /** Of the API to an access token that was good before. */
    readonly token: string | null;
    /** Refresh tokens of the app that the target still lists: none. */
    readonly refreshTokens: 0;
}

/** What was good before. In memory only. */
export interface HeldAccess {
    readonly login: DeployedLogin | undefined;
    readonly app: AppCredentials | undefined;
    readonly token: string | undefined;
}

/** Takes an own token where the way of the link lets one: it has to be refused afterwards. */
export async function rememberAccess(orgs: LinkedOrgs, plan: LinkPlan, login: DeployedLogin): Promise<HeldAccess> {
    if (plan.flow === 'jwt-bearer') {
        const answer = await assertionAnswer(orgs, plan, login);
        return { login, app: undefined, token: answer !== undefined && 'token' in answer ? answer.token : undefined };
    }
    if (plan.app === 'connected-app') {
        return { login, app: undefined, token: undefined };
    }
    const { credentialSetupPermissionSet } = orgPairConfig().target;
    const app = await readAppCredentials(orgs.target, plan.appName, credentialSetupPermissionSet);
    const token =
        plan.flow === 'client-credentials' ? await fetchToken(orgs.target, app, () => undefined).catch(none) : none();
    return { login, app, token };
}

/** Statuses by which an API says that it does not let somebody in. */
const REFUSALS: ReadonlySet<number> = new Set([401, 403]);

const none = (): undefined => undefined;

/** Undefined where the source has nothing that signs. */
async function assertionAnswer(
    { source, target }: LinkedOrgs,
    plan: LinkPlan,
    login: DeployedLogin | undefined
): Promise<AssertionAnswer | undefined> {
    if (login?.certificate === undefined || login.issuer === undefined) {
        return undefined;
    }
    const isFormula = login.subject?.includes('{!') ?? true;
    const sub = isFormula ? (plan.runAs ?? integrationUsername(target, plan.flow)) : (login.subject ?? '');
    const claims = { iss: login.issuer, sub, aud: await audience(target) };
    return askByAssertion(source, login.certificate, target.url, claims);
}

/**
 * Throws NOT_REVOKED when anything is taken after all, NOT_PROVEN when an answer says neither, as that of an org that is
 * down.
 */
export async function proveRevoked(orgs: LinkedOrgs, plan: LinkPlan, held: HeldAccess): Promise<Proofs> {
    const { apiPath } = orgPairConfig().target;
    const call = await callTarget(orgs.source, plan, apiPath);
    if (!call.ok && call.status !== undefined && !REFUSALS.has(call.status)) {
        throw notProven('a call of the source org', call.status);
    }
    const secret = await secretAnswer(orgs, plan, held);
    const token = await tokenAnswer(orgs, held, apiPath);
    const left = await refreshTokensLeft(orgs, plan);
    const through = [
        ...(call.ok ? ['a call of the source org'] : []),
        ...(secret === undefined ? ['the old secret'] : []),
        ...(token === undefined ? ['the old token'] : []),
        ...(left > 0 ? [`${left} refresh tokens`] : [])
    ];
    if (call.ok || secret === undefined || token === undefined || left > 0) {
        throw new BridgeError('org', 'NOT_REVOKED', `The target org still takes ${through.join(' and ')}.`, [
            'Deactivate the integration user in Setup > Users of the target org, then run the command again.'
        ]);
    }
    return { call: call.error.message, secret, token, refreshTokens: 0 };
}

/** Undefined when it is taken; null when there was none to try. */
async function secretAnswer(
    orgs: LinkedOrgs,
    plan: LinkPlan,
    { login, app }: HeldAccess
): Promise<string | null | undefined> {
    if (app !== undefined) {
        return tokenRefusal(orgs.target, app);
    }
    if (plan.flow !== 'jwt-bearer') {
        return null;
    }
    const answer = await assertionAnswer(orgs, plan, login);
    return answer === undefined ? null : 'token' in answer ? undefined : answer.refusal;
}

async function tokenAnswer(
    { target }: LinkedOrgs,
    { token }: HeldAccess,
    path: string
): Promise<string | null | undefined> {
    if (token === undefined) {
        return null;
    }
    const headers = { Authorization: `Bearer ${token}` };
    const response = await fetch(`${target.url}${path}?limit=1`, { headers });
    await response.arrayBuffer();
    if (!response.ok && !REFUSALS.has(response.status)) {
        throw notProven('the old token', response.status);
    }
    return response.ok ? undefined : `HTTP ${response.status}`;
}

function notProven(what: string, status: number): BridgeError {
    return new BridgeError(
        'org',
        'NOT_PROVEN',
        `Everything was taken away, but the target org answered HTTP ${status} to ${what}: that is no refusal.`,
        ['Run: npm run bridge -- revoke, when the org is up.']
    );
}

async function refreshTokensLeft({ target }: LinkedOrgs, plan: LinkPlan): Promise<number> {
    const label = (await readDeployedApp(target, plan.appName))?.label ?? plan.appLabel;
    return countRefreshTokens(target, label);
}
