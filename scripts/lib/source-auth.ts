import { renderAuth, sourceAuthFolders, type AuthSource, type AuthValues } from './auth-source.ts';
import type { LinkedOrgs } from './context.ts';
import { deployOrThrow, deploySource, describeOutcome } from './deployment.ts';
import { BridgeError } from './errors.ts';
import type { LinkPlan } from './link-plan.ts';
import { queryOne, type BridgeOrg } from './org-connection.ts';
import type { TargetApp } from './target-app.ts';
import { mapUserToTarget, USER_FORMULA } from './user-mapping.ts';

/** The secret of an auth provider is set when it is created and never again. */
const SECRET_IS_FIXED = 'Consumer Secret update is not allowed';

/** Deploys named and external credential, permission set and what the flow needs beside them. Says what changed. */
export async function deploySourceAuth(
    { source, target }: LinkedOrgs,
    plan: LinkPlan,
    app: TargetApp,
    targetUser: string
): Promise<string> {
    if (plan.flow === 'jwt-bearer' && plan.principal === 'per-user') {
        await mapUserToTarget(source, targetUser);
    }
    const values = await sourceValues(target, plan, app, targetUser);
    if (plan.flow !== 'browser') {
        return describeOutcome(await deployOrThrow(source, { files: sourceAuthFiles(plan, values) }));
    }
    // An org that has the provider keeps its secret; one that lost it, or has none yet, takes it.
    const outcome = await deploySource(source, { files: sourceAuthFiles(plan, values) });
    const isFixed = outcome.failures.some(({ message }) => message.includes(SECRET_IS_FIXED));
    return describeOutcome(
        outcome.failures.length === 0
            ? outcome
            : await deployOrThrow(source, {
                  files: sourceAuthFiles(plan, isFixed ? { ...values, CONSUMER_SECRET: undefined } : values)
              })
    );
}

/** What the metadata of the source says of the app, as far as it is known, and of the user as whom it acts. */
export async function sourceValues(
    target: BridgeOrg,
    plan: LinkPlan,
    app: { readonly [Part in keyof TargetApp]: TargetApp[Part] | undefined },
    targetUser: string
): Promise<AuthValues> {
    return {
        TARGET_ORG_URL: target.url,
        CONSUMER_KEY: app.key,
        CONSUMER_SECRET: app.secret,
        TARGET_AUDIENCE: await audience(target),
        TARGET_USER: plan.principal === 'per-user' ? USER_FORMULA : targetUser
    };
}

/**
 * Credentials and permission set for a deploy together with the code, whose tests look for them: a production org takes
 * code only with its tests. Throws FLOW_NOT_IN_PRODUCTION where the credentials hold the key of an app that is not there yet.
 */
export function authBesideCode(source: BridgeOrg, target: BridgeOrg, plan: LinkPlan): AuthSource {
    if (source.kind !== 'production') {
        return new Map();
    }
    if (plan.flow !== 'client-credentials') {
        throw new BridgeError(
            'user',
            'FLOW_NOT_IN_PRODUCTION',
            `The source org is a production org, and the credentials of --flow ${plan.flow} cannot go there with the code.`,
            ['Use --flow client-credentials, or link a sandbox.']
        );
    }
    return renderAuth(sourceAuthFolders(plan), plan, { TARGET_ORG_URL: target.url });
}

/** Without the certificate: deploying its pattern again would ask the org for another key pair. */
export function sourceAuthFiles(plan: LinkPlan, values: AuthValues): ReadonlyMap<string, Buffer> {
    const files = renderAuth(sourceAuthFolders(plan), plan, values);
    return new Map([...files].filter(([path]) => !path.includes('/certs/')));
}

/** Source: help xcloud.remoteaccess_oauth_jwt_flow: the login host of the kind of org. */
export async function audience(target: BridgeOrg): Promise<string> {
    const organization = await queryOne<{ IsSandbox: boolean }>(target, 'SELECT IsSandbox FROM Organization');
    return organization?.IsSandbox === true ? 'https://test.salesforce.com' : 'https://login.salesforce.com';
}
