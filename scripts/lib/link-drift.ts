import type { AppKind, Flow, IdentityProviderKind, PrincipalKind } from './config.ts';
import type { AuthComparison } from './deployed-auth.ts';
import type { DeployedApp, DeployedLogin } from './deployed-link.ts';
import type { MetadataComparison } from './deployed-metadata.ts';
import type { LinkPlan } from './link-plan.ts';
import { isUpToDate, type OrgStatus } from './org-status.ts';

/** How the source logs in. */
export interface LoginWay {
    readonly app: AppKind | null;
    readonly flow: Flow | null;
    /** Of the browser flow. */
    readonly identityProvider: IdentityProviderKind | null;
    readonly principal: PrincipalKind | null;
}

/** Undefined when the org has none, null when it does not tell. */
export type Found<T> = T | null | undefined;

export function configuredWay({ app, flow, identityProvider, principal }: LinkPlan): LoginWay {
    return { app, flow, identityProvider: flow === 'browser' ? identityProvider : null, principal };
}

export function deployedWay(login: Found<DeployedLogin>, app: Found<DeployedApp>): LoginWay {
    return {
        app: app?.kind ?? null,
        flow: login?.flow ?? null,
        identityProvider: login?.identityProvider ?? null,
        principal: login?.principal ?? null
    };
}

interface Looked {
    readonly configured: LoginWay;
    readonly deployed: LoginWay;
    readonly app: Found<DeployedApp>;
    readonly orgs: readonly [source: OrgStatus, target: OrgStatus];
    readonly auth: AuthComparison;
}

/** What differs from config and git, one line each. */
export function driftOf({ configured, deployed, app, orgs, auth }: Looked): string[] {
    const ways = (Object.keys(configured) as (keyof LoginWay)[]).flatMap((key) =>
        deployed[key] === null || deployed[key] === configured[key]
            ? []
            : [`${key}: the orgs have ${deployed[key]}, the config says ${configured[key] ?? 'none'}`]
    );
    const blocked = app?.enabled === false ? ['target: the app is blocked'] : [];
    const ofOrgs = (['source', 'target'] as const).flatMap((role, index) => [
        ...(isUpToDate(orgs[index]) ? [] : [`${role}: ${describeCode(orgs[index])}`]),
        ...describeAuth(auth[role]).map((text) => `${role}: ${text}`)
    ]);
    return [...ways, ...blocked, ...ofOrgs];
}

function describeAuth(found: MetadataComparison | null): string[] {
    if (found === null) {
        return ['the org does not show the components of the login'];
    }
    const isSame = found.missing.length + found.different.length === 0;
    return isSame ? [] : [describePart('components of the login', found.components, found).join('; ')];
}

/** `39 of 40 Apex classes are as in this project; missing A; different B`, and the same of other components. */
export function describeCode({ code }: OrgStatus): string {
    if (code === null) {
        return 'the org does not show its Apex';
    }
    const { classes, metadata } = code;
    return [
        ...describePart('Apex classes', classes, code),
        ...(metadata === null
            ? ['the org does not show its other components']
            : describePart('other components', metadata.components, metadata))
    ].join('; ');
}

function describePart(
    what: string,
    count: number,
    { missing, different }: Pick<MetadataComparison, 'missing' | 'different'>
): string[] {
    return [
        `${count - missing.length - different.length} of ${count} ${what} are as in this project`,
        ...(missing.length > 0 ? [`missing ${missing.join(', ')}`] : []),
        ...(different.length > 0 ? [`different ${different.join(', ')}`] : [])
    ];
}
