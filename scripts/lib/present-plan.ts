import { CONNECTED_APP } from './app-types.ts';
import { familyOf } from './component-family.ts';
import type { LinkedOrgs } from './context.ts';
import { readDeployedLogin, type DeployedLogin } from './deployed-link.ts';
import type { LinkPlan } from './link-plan.ts';
import { retrieveDocuments, type MetadataDocuments } from './metadata-documents.ts';
import { readCredential } from './source-credential.ts';
import { isOfFamily } from './successor-names.ts';

/**
 * The plan with the names that the orgs use now: rotations give components successors. What is not there keeps its name.
 * Throws when an org does not tell: the first names would lead a link back to what a rotation has retired.
 */
export async function presentPlan(orgs: LinkedOrgs, plan: LinkPlan): Promise<LinkPlan> {
    const login = await readDeployedLogin(orgs.source, plan);
    const named: LinkPlan = {
        ...plan,
        externalCredential: inUse(plan.externalCredential, login?.externalCredential),
        authProvider: inUse(plan.authProvider, login?.authProvider),
        externalIdentityProvider: inUse(plan.externalIdentityProvider, login?.externalIdentityProvider)
    };
    return named.app === 'connected-app' ? { ...named, appName: await presentApp(orgs, named, login) } : named;
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
