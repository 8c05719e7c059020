import { CONNECTED_APP } from './app-types.ts';
import { familyOf } from './component-family.ts';
import type { LinkedOrgs } from './context.ts';
import { readDeployedApp, readDeployedLogin, type DeployedLogin } from './deployed-link.ts';
import { BridgeError } from './errors.ts';
import type { LinkPlan } from './link-plan.ts';
import { retrieveDocuments, type MetadataDocuments } from './metadata-documents.ts';
import { readCredential } from './source-credential.ts';
import { isOfFamily, withApp } from './successor-names.ts';

/**
 * The plan with the names that the orgs use now: rotations give components successors. What is not there keeps its name.
 * Throws when an org does not tell: the first names would lead a link back to what a rotation has retired.
 */
export async function presentPlan(orgs: LinkedOrgs, wanted: LinkPlan): Promise<LinkPlan> {
    return (await presentLink(orgs, wanted)).plan;
}

export interface PresentLink {
    readonly plan: LinkPlan;
    /** Undefined when the source has no credential of the link. */
    readonly login: DeployedLogin | undefined;
}

/** As `presentPlan`, with the login of the source that the names are read from. */
export async function presentLink(orgs: LinkedOrgs, wanted: LinkPlan): Promise<PresentLink> {
    const login = await readDeployedLogin(orgs.source, wanted);
    const plan: LinkPlan = {
        ...wanted,
        externalCredential: inUse(wanted.externalCredential, login?.externalCredential),
        authProvider: inUse(wanted.authProvider, login?.authProvider),
        externalIdentityProvider: inUse(wanted.externalIdentityProvider, login?.externalIdentityProvider)
    };
    return plan.app === 'connected-app'
        ? { plan: withApp(plan, await presentApp(orgs, plan, login)), login }
        : { plan, login };
}

/** A link of which both ends are there. */
export interface DeployedLink extends PresentLink {
    readonly login: DeployedLogin;
}

/**
 * Throws LINK_MISSING when the source has no credential of the link, LINK_DIFFERS when it was made in another way than the
 * plan says: what is done to one way would break another.
 */
export async function requireDeployedLink(orgs: LinkedOrgs, wanted: LinkPlan): Promise<DeployedLink> {
    const { plan, login } = await presentLink(orgs, wanted);
    const app = await readDeployedApp(orgs.target, plan.appName);
    if (login === undefined || app === undefined) {
        const what =
            login === undefined ? `The source org has no ${plan.namedCredential}` : 'The target org has no app';
        throw new BridgeError('org', 'LINK_MISSING', `${what} of the link ${plan.name}.`, [
            'Make the link: npm run bridge -- up, with the same flags.'
        ]);
    }
    const flags: readonly (readonly [flag: string, is: string, wanted: string])[] = [
        ['--app', app.kind, plan.app],
        ['--flow', login.flow, plan.flow],
        ['--identity-provider', login.identityProvider ?? plan.identityProvider, plan.identityProvider],
        ['--principal', login.principal, plan.principal]
    ];
    const other = flags.filter(([, is, expected]) => is !== expected);
    if (other.length > 0) {
        const said = other.map(([flag, is, expected]) => `${flag} is ${is}, not ${expected}`).join('; ');
        throw new BridgeError('user', 'LINK_DIFFERS', `The link ${plan.name} was made in another way: ${said}.`, [
            `Pass ${flags.map(([flag, is]) => `${flag} ${is}`).join(' ')}, or write it into config/org-pair.json.`
        ]);
    }
    return { plan, login };
}

function inUse(name: string, found: string | undefined): string {
    return found !== undefined && isOfFamily(name, found) ? found : name;
}

/** Of several, which a stopped rotation leaves, the one whose key the source uses; the oldest where no API tells the key. */
async function presentApp(
    { source, target }: LinkedOrgs,
    plan: LinkPlan,
    login: DeployedLogin | undefined
): Promise<string> {
    const family = await familyOf(target, { type: CONNECTED_APP, fullName: plan.appName });
    if (family.length < 2) {
        return family[0] ?? plan.appName;
    }
    const documents = await retrieveDocuments(target, { [CONNECTED_APP]: family });
    const key = await keyInUse({ source, target }, plan, login);
    return family.find((name) => keyOf(documents, name) === key) ?? family[0] ?? plan.appName;
}

function keyOf(documents: MetadataDocuments, name: string): string | undefined {
    return documents.get(CONNECTED_APP, name)?.text('oauthConfig.consumerKey');
}

async function keyInUse(
    { source }: LinkedOrgs,
    plan: LinkPlan,
    login: DeployedLogin | undefined
): Promise<string | undefined> {
    if (login?.flow === 'client-credentials') {
        return (await readCredential(source, plan))?.clientId;
    }
    if (login?.authProvider !== undefined) {
        const documents = await retrieveDocuments(source, { AuthProvider: [login.authProvider] });
        return documents.get('AuthProvider', login.authProvider)?.text('consumerKey');
    }
    return login?.issuer;
}
