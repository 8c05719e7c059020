import { renderAuth, sourceAuthFolders, type AuthSource } from '../lib/auth-source.ts';
import { deleteOthers, familyOf } from '../lib/component-family.ts';
import type { LinkedOrgs } from '../lib/context.ts';
import type { LinkPlan } from '../lib/link-plan.ts';
import { deleteComponents, type ComponentName } from '../lib/metadata-documents.ts';
import type { BridgeOrg } from '../lib/org-connection.ts';
import { successorApp } from '../lib/renew-app.ts';
import { sourceAuthFiles, sourceValues } from '../lib/source-auth.ts';
import { numberOf, withNumber } from '../lib/successor-names.ts';
import type { TargetApp } from '../lib/target-app.ts';
import { attempt } from './outcome.ts';

export interface Plans {
    readonly plan: LinkPlan;
    /** The names of what takes over; its named credential is one to try with. */
    readonly next: LinkPlan;
}

/** The components that a rotation makes successors of, and the names that a plan has for them. */
const FAMILIES: readonly (readonly [type: string, nameOf: (plan: LinkPlan) => string])[] = [
    ['NamedCredential', (plan) => plan.namedCredential],
    ['ExternalCredential', (plan) => plan.externalCredential],
    ['AuthProvider', (plan) => plan.authProvider],
    ['ExternalAuthIdentityProvider', (plan) => plan.externalIdentityProvider]
];

/** Names that nothing has yet. The platform gives the name of an auth provider once, also after it was deleted. */
export async function nextPlan({ source, target }: LinkedOrgs, plan: LinkPlan): Promise<LinkPlan> {
    const taken = await Promise.all(
        FAMILIES.map(async ([type, nameOf]) => (await familyOf(source, { type, fullName: nameOf(plan) })).map(numberOf))
    );
    const number = Math.max(1, ...taken.flat()) + 1;
    const app = plan.app === 'connected-app' ? await successorApp(target, plan) : plan;
    return {
        ...app,
        namedCredential: withNumber(plan.namedCredential, number),
        externalCredential: withNumber(plan.externalCredential, number),
        authProvider: withNumber(plan.authProvider, number),
        externalIdentityProvider: withNumber(plan.externalIdentityProvider, number)
    };
}

/** Metadata of the source: as it was, beside the old one, and afterwards. It may hold a secret. */
export interface Files {
    readonly old: AuthSource;
    /** The new credential with a named credential of its own; the permission set gives access to both. */
    readonly both: AuthSource;
    readonly next: AuthSource;
}

export async function successorFiles(
    { target }: LinkedOrgs,
    { plan, next }: Plans,
    app: TargetApp,
    targetUser: string
): Promise<Files> {
    const values = await sourceValues(target, plan, app, targetUser);
    const common = [sourceAuthFolders(plan)[0]].filter((folder) => folder !== undefined);
    const both = [...sourceAuthFiles(next, values)].map(([path, content]): [string, Buffer] => [
        path,
        path.includes('/permissionsets/') ? withBoth(content, { plan, next }) : content
    ]);
    return {
        old: renderAuth(common, plan, values),
        both: new Map(both),
        next: renderAuth(common, { ...next, namedCredential: plan.namedCredential }, values)
    };
}

const PRINCIPAL_ACCESS = /<externalCredentialPrincipalAccesses>[\s\S]*?<\/externalCredentialPrincipalAccesses>/;

function withBoth(content: Buffer, { plan, next }: Plans): Buffer {
    const text = content.toString('utf8').replace(PRINCIPAL_ACCESS, (access) => {
        return `${access}\n    ${access.replace(next.externalCredential, plan.externalCredential)}`;
    });
    return Buffer.from(text);
}

/**
 * After a rotation that stopped. The auth provider is left: its name could not be taken again, and the next rotation counts
 * on from it.
 */
export async function removeSuccessor(source: BridgeOrg, { next }: Plans): Promise<void> {
    const made = FAMILIES.filter(([type]) => type !== 'AuthProvider');
    await removeAll(
        source,
        made.map(([type, nameOf]) => ({ type, fullName: nameOf(next) }))
    );
}

/** After the switch: everything of the link that is not in use, also what rotations that stopped have left. */
export async function removeOthers(source: BridgeOrg, { plan, next }: Plans): Promise<void> {
    const used = { ...next, namedCredential: plan.namedCredential };
    await deleteOthers(
        source,
        FAMILIES.map(([type, nameOf]) => ({ type, fullName: nameOf(used) }))
    );
}

/** One after the other: what is not there must not keep the rest. */
async function removeAll(source: BridgeOrg, components: readonly ComponentName[]): Promise<void> {
    for (const component of components) {
        await attempt(() => deleteComponents(source, [component]));
    }
}
