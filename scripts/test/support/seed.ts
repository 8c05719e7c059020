import { randomUUID } from 'node:crypto';
import { globSync } from 'node:fs';
import { basename } from 'node:path';
import type { AppKind, Flow, IdentityProviderKind } from '../../lib/config.ts';
import { orgPairConfig } from '../../lib/config.ts';
import type { LinkPlan } from '../../lib/link-plan.ts';
import { connectLocal, queryOne, soqlString, type BridgeOrg } from '../../lib/org-connection.ts';
import { componentExists } from '../../lib/metadata-component.ts';
import { projectPath } from '../../lib/project.ts';
import { destroy, edit, type Component, type Undo } from './org-edits.ts';
import type { LinkedPair } from './linked-pair.ts';

/** One way to break a link. */
export interface Seed {
    /** The rule that must name it. */
    readonly rule: string;
    /** What it changes; two seeds that change the same cannot be planted together. */
    readonly touches: readonly string[];
    /** Links that it can be planted in, beyond what its rule says; all when absent. */
    readonly links?: LinkKind;
    /** Other causes that come with it, whatever one does. */
    readonly also?: readonly string[];
    /** What may show in its place when another cause hides it. */
    readonly instead?: readonly string[];
    /** Putting it back sets the link up again, so that it mends whatever else is broken. */
    readonly mendsAll?: boolean;
    /** An org answers nobody any more, so nothing can be planted in it after it. */
    readonly shuts?: boolean;
    /** What the evidence of the rule must hold, beyond being there. */
    readonly evidence?: RegExp;
    plant(linked: LinkedPair): Promise<Undo>;
}

export interface LinkKind {
    readonly apps?: readonly AppKind[];
    readonly flows?: readonly Flow[];
    readonly identityProvider?: IdentityProviderKind;
    readonly principal?: LinkPlan['principal'];
}

export function fits({ links = {} }: Seed, plan: LinkPlan): boolean {
    const { apps, flows, identityProvider, principal } = links;
    return (
        (apps?.includes(plan.app) ?? true) &&
        (flows?.includes(plan.flow) ?? true) &&
        (identityProvider ?? plan.identityProvider) === plan.identityProvider &&
        (principal ?? plan.principal) === plan.principal
    );
}

export const APP = 'SalesforceOrgIntegration';
export const GLOBAL: Component = { type: 'ExtlClntAppGlobalOauthSettings', fullName: `${APP}_glbloauth` };
export const SETTINGS: Component = { type: 'ExtlClntAppOauthSettings', fullName: `${APP}_oauth` };
export const OAUTH_POLICY: Component = {
    type: 'ExtlClntAppOauthConfigurablePolicies',
    fullName: `${APP}_oauth_defaultPolicy`
};
export const POLICY: Component = { type: 'ExtlClntAppConfigurablePolicies', fullName: `${APP}_plcy` };
export const ECA: Component = { type: 'ExternalClientApplication', fullName: APP };
export const CONNECTED: Component = { type: 'ConnectedApp', fullName: APP };
export const NAMED: Component = { type: 'NamedCredential', fullName: 'TargetOrg_NC' };
export const EXTERNAL: Component = { type: 'ExternalCredential', fullName: 'TargetOrg_EC' };
export const ACCESS: Component = { type: 'PermissionSet', fullName: 'Target_Org_Access' };
export const API: Component = { type: 'PermissionSet', fullName: 'Target_Account_API' };
export const SERVICE: Component = { type: 'ExternalServiceRegistration', fullName: 'TargetAccounts' };
export const KEY_FIELD: Component = { type: 'CustomField', fullName: 'Account.Source_Record_Key__c' };

/** Places that go with the app of the target. */
export const APP_PLACES = ['app', 'credential', 'provider', 'consent'];

/** Places that go with the external credential. A permission set that names its principal is refused without it. */
export const CREDENTIAL_PLACES = ['credential', 'consent', 'principal access', placeOf(ACCESS)];

export type Role = 'source' | 'target';
export type Change = (xml: string, linked: LinkedPair) => string;

/** Places that an edit of a component takes. */
export function placeOf({ type, fullName }: Component): string {
    return `${type} ${fullName}`;
}

export function edited(
    rule: string,
    role: Role,
    component: Component,
    change: Change,
    { more = [], links }: { readonly more?: readonly string[]; readonly links?: LinkKind } = {}
): Seed {
    return {
        rule,
        touches: [placeOf(component), ...more],
        ...(links !== undefined && { links }),
        plant: (linked) => edit(linked.orgs[role], component, (xml) => change(xml, linked))
    };
}

/** Taken out of the org; brought back by setting the link up again. `more`: places that go with it. */
export function removed(
    rule: string,
    role: Role,
    components: readonly Component[],
    more: readonly string[],
    { also = [], links }: { readonly also?: readonly string[]; readonly links?: LinkKind } = {}
): Seed {
    return {
        rule,
        also,
        touches: [...components.map(placeOf), ...more],
        mendsAll: true,
        ...(links !== undefined && { links }),
        async plant(linked) {
            await destroy(linked.orgs[role], components);
            return () => setUpAgain(linked);
        }
    };
}

/** Deploys and connects; the app may be another one than before. */
export async function setUpAgain(linked: LinkedPair): Promise<void> {
    await forgetApp(linked);
    await linked.setUp();
}

/** As `setUpAgain`, where only key and secret were lost. */
export async function connectAgain(linked: LinkedPair): Promise<void> {
    await forgetApp(linked);
    await linked.connect();
}

/**
 * What keeps a secret that nobody can read or replace: a connected app, and an auth provider that has that of an app. And an
 * app of the other kind, which has the name.
 */
export async function forgetApp({ orgs: { source, target }, plan }: LinkedPair): Promise<void> {
    for (const app of plan.app === 'connected-app' ? [CONNECTED, ECA] : [CONNECTED]) {
        if (await componentExists(target, app.type, app.fullName)) {
            await destroy(target, [app]);
        }
    }
    if (await componentExists(source, 'AuthProvider', plan.authProvider)) {
        const chain = [SERVICE, NAMED, EXTERNAL, { type: 'AuthProvider', fullName: plan.authProvider }];
        const there = await Promise.all(chain.map(({ type, fullName }) => componentExists(source, type, fullName)));
        await destroy(
            source,
            chain.filter((_component, index) => there[index])
        );
    }
}

/** The org gives its own text for a parameter of the external or named credential. */
export function parameter(type: string, value: (linked: LinkedPair) => string): Change {
    const pattern = new RegExp(`(<parameterType>${type}</parameterType>\\s*<parameterValue>)[^<]*`);
    return (xml, linked) => xml.replace(pattern, (_all, start: string) => start + value(linked));
}

/** As `parameter`, for one of several of the type. */
export function namedParameter(name: string, value: (linked: LinkedPair) => string): Change {
    const pattern = new RegExp(
        `(<parameterName>${name}</parameterName>\\s*<parameterType>\\w+</parameterType>\\s*<parameterValue>)[^<]*`
    );
    return (xml, linked) => xml.replace(pattern, (_all, start: string) => start + value(linked));
}

export function classes(...names: readonly string[]): Component[] {
    return names.map((fullName) => ({ type: 'ApexClass', fullName }));
}

/** Apex and components of the source's own package: none of it compiles without the rest. */
export function sourceCode(): Component[] {
    const folder = projectPath(orgPairConfig().source.packageDirectory);
    const files = globSync(['**/*.cls', '**/*.js-meta.xml', '**/*.flexipage-meta.xml'], { cwd: folder });
    return files.map((file) => {
        const [fullName = ''] = basename(file).split('.');
        const isBundle = file.endsWith('.js-meta.xml');
        return {
            type: file.endsWith('.cls') ? 'ApexClass' : isBundle ? 'LightningComponentBundle' : 'FlexiPage',
            fullName
        };
    });
}

interface RunAsRow {
    readonly Id: string;
    readonly Username: string;
    readonly ProfileId: string;
}

/** The user as whom the source acts, also after it was renamed. */
export async function runAs({ orgs: { target }, plan }: LinkedPair): Promise<RunAsRow> {
    const name = plan.flow === 'browser' ? 'integration.browser@%' : 'integration@%';
    const user = await queryOne<RunAsRow>(
        target,
        `SELECT Id, Username, ProfileId FROM User WHERE Username LIKE ${soqlString(name)}`
    );
    if (user === undefined) {
        throw new Error('The target org has no integration user');
    }
    return user;
}

export async function updateRunAs(linked: LinkedPair, values: Record<string, unknown>): Promise<void> {
    const user = await runAs(linked);
    await linked.orgs.target.connection.sobject('User').update({ Id: user.Id, ...values } as never);
}

/** The user name goes back to the user, unless a remedy made another one with it: then the first one is left aside. */
export async function giveBack(linked: LinkedPair, username: string): Promise<void> {
    const { target } = linked.orgs;
    const soql = `SELECT Id FROM User WHERE Username = ${soqlString(username)}`;
    if ((await queryOne(target, soql)) === undefined) {
        await updateRunAs(linked, { Username: username, Email: username });
        return;
    }
    const { records } = await target.connection.query<{ Id: string; Username: string }>(
        "SELECT Id, Username FROM User WHERE Username LIKE 'integration@renamed%'"
    );
    for (const { Id, Username } of records) {
        const aside = { Id, Username: `aside${Id}.${Username.split('@')[1]}@aside.test`, IsActive: false };
        await target.connection.sobject('User').update(aside as never);
    }
}

/** Another administrator of an org, without the access permission set, with a session of their own. */
export async function otherAdmin({ orgs, logIn }: LinkedPair, role: Role): Promise<BridgeOrg> {
    const org = orgs[role];
    const profile = await queryOne<{ Id: string }>(org, "SELECT Id FROM Profile WHERE Name = 'System Administrator'");
    const username = `seed.${randomUUID()}@example.test`;
    await org.connection.sobject('User').create({
        Username: username,
        LastName: 'Seed',
        Alias: 'seed',
        Email: username,
        ProfileId: profile?.Id,
        TimeZoneSidKey: 'GMT',
        LocaleSidKey: 'en_US',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8'
    } as never);
    return connectLocal(role, { url: org.url, accessToken: await logIn(org.url, username) });
}
