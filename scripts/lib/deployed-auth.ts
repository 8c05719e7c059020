import { renderAuth, targetAuthFolders, type AuthSource } from './auth-source.ts';
import { canonicalSet, hasStated } from './canonical-metadata.ts';
import type { LinkedOrgs } from './context.ts';
import { comparisonOf, membersOf, type MetadataComparison } from './deployed-metadata.ts';
import { componentsInMemory } from './deployment.ts';
import type { LinkPlan } from './link-plan.ts';
import { linkValues } from './link-steps.ts';
import { readComponent } from './metadata-component.ts';
import { retrieveDocuments, type ComponentName } from './metadata-documents.ts';
import type { BridgeOrg } from './org-connection.ts';
import { sideBySide } from './side-by-side.ts';
import { sourceAuthFiles, sourceValues } from './source-auth.ts';
import { CERTIFICATE } from './source-certificate.ts';

/** Credentials, app and permission sets of a link's login against those of this project; null when an org does not tell. */
export interface AuthComparison {
    readonly source: MetadataComparison | null;
    readonly target: MetadataComparison | null;
}

/** What the metadata of a login says of the two orgs. */
export interface LoginNames {
    /** User name of the target as whom the source acts. */
    readonly username: string;
    /** Of the app; undefined when it is not known, and then not compared. */
    readonly consumerKey: string | undefined;
}

/** Compares what a deploy would send for the link, names and keys filled in. Secrets, which no org tells, are left out. */
export async function compareAuth(orgs: LinkedOrgs, plan: LinkPlan, names: LoginNames): Promise<AuthComparison> {
    const [source, target] = await sideBySide([
        compareSource(orgs, plan, names).catch(() => null),
        compareTarget(orgs, plan, names).catch(() => null)
    ]);
    return { source, target };
}

async function compareSource(
    { source, target }: LinkedOrgs,
    plan: LinkPlan,
    { username, consumerKey }: LoginNames
): Promise<MetadataComparison> {
    const values = await sourceValues(target, plan, { key: consumerKey, secret: undefined }, username);
    return compareFiles(source, sourceAuthFiles(plan, values));
}

async function compareTarget(
    { source, target }: LinkedOrgs,
    plan: LinkPlan,
    { username }: LoginNames
): Promise<MetadataComparison> {
    const isSigned = plan.flow === 'jwt-bearer';
    const pem = isSigned ? await readComponent(source, CERTIFICATE, plan.certificate) : undefined;
    const certificate = pem === undefined ? undefined : { pem };
    const values = {
        CERTIFICATE: undefined,
        ...linkValues({ source, target }, plan, { username }, certificate),
        CONSUMER_KEY: undefined,
        CONSUMER_SECRET: undefined
    };
    return compareFiles(target, renderAuth(targetAuthFolders(plan), plan, values));
}

async function compareFiles(org: BridgeOrg, files: AuthSource): Promise<MetadataComparison> {
    const own = componentsInMemory(files).map(({ type, fullName, xml = '' }) => ({
        type: type.name,
        fullName,
        xml: files.get(xml)?.toString('utf8') ?? ''
    }));
    const documents = await retrieveDocuments(org, membersOf(own));
    const found = ({ type, fullName }: ComponentName): string | undefined => documents.get(type, fullName)?.xml;
    return comparisonOf(
        own,
        (component) => found(component) !== undefined,
        (component) => {
            const [theirs, ours] = [found(component) ?? '', component.xml];
            return component.type === 'PermissionSet'
                ? canonicalSet(theirs) === canonicalSet(ours)
                : hasStated(theirs, ours);
        }
    );
}
