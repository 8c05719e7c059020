import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { BridgeError } from './errors.ts';
import type { LinkPlan } from './link-plan.ts';
import { projectPath } from './project.ts';

/** What a deploy fills in, by the name between `%%`. An element whose value is undefined is left out. */
export interface AuthValues {
    readonly TARGET_ORG_URL: string;
    readonly CALLBACK_URL?: string | undefined;
    readonly CERTIFICATE?: string | undefined;
    readonly CONSUMER_KEY?: string | undefined;
    readonly CONSUMER_SECRET?: string | undefined;
    readonly INTEGRATION_USERNAME?: string | undefined;
    /** `aud` of JWT assertions. */
    readonly TARGET_AUDIENCE?: string | undefined;
    /** `sub` of JWT assertions: a user name of the target, or a formula that gives one. */
    readonly TARGET_USER?: string | undefined;
}

/** Source files by path. They may hold a secret: they go to an org and nowhere else. */
export type AuthSource = ReadonlyMap<string, Buffer>;

/** Folder of the files in memory. */
export const MEMORY_ROOT = 'auth';

/** Names that the metadata of force-app has, and with it that of every other target. */
const TEMPLATE = {
    namedCredential: 'TargetOrg_NC',
    externalCredential: 'TargetOrg_EC',
    authProvider: 'TargetOrgAuth',
    externalIdentityProvider: 'TargetOrgIdp',
    certificate: 'TargetOrg_Jwt',
    permissionSet: 'Target_Org_Access',
    appName: 'SalesforceOrgIntegration',
    appLabel: 'Salesforce Org Integration',
    label: 'Target Org'
} as const;

/** Folders of the source org's auth metadata that a link needs. */
export function sourceAuthFolders({ flow, identityProvider }: LinkPlan): string[] {
    const base = 'force-app/source/auth';
    return [`${base}/target`, flow === 'browser' ? `${base}/browser/${identityProvider}` : `${base}/${flow}`];
}

/** Folders of the app in the target org. */
export function targetAuthFolders({ app, flow }: LinkPlan): string[] {
    const base = `force-app/target/auth/${app}`;
    return app === 'connected-app' ? [`${base}/${flow}`] : [`${base}/app`, `${base}/${flow}`];
}

/** Reads the folders as templates: the plan's names and the values take the places of those that are committed. */
export function renderAuth(folders: readonly string[], plan: LinkPlan, values: AuthValues): AuthSource {
    const rename = renamer(plan);
    const rendered = folders.flatMap((folder) =>
        globSync('**/*.*', { cwd: projectPath(folder) }).map((path): [string, Buffer] => {
            const content = readFileSync(projectPath(folder, path), 'utf8');
            const name = rename(join(MEMORY_ROOT, path).split(sep).join('/'));
            return [name, Buffer.from(fillIn(usersOf(rename(content), plan), values, name))];
        })
    );
    if (rendered.length === 0) {
        throw new BridgeError('internal', 'NO_AUTH_SOURCE', `There is no metadata in ${folders.join(', ')}.`);
    }
    return new Map(rendered);
}

function renamer(plan: LinkPlan): (text: string) => string {
    const pattern = new RegExp(`\\b(?:${Object.values(TEMPLATE).join('|')})\\b`, 'g');
    const names = new Map(Object.entries(TEMPLATE).map(([key, name]) => [name, plan[key as keyof typeof TEMPLATE]]));
    return (text) => text.replaceAll(pattern, (name) => names.get(name as never) ?? name);
}

/** The templates have a named principal; a link per user has the same one for each of them. */
function usersOf(content: string, { principal }: LinkPlan): string {
    return principal === 'per-user' ? content.replaceAll('>NamedPrincipal<', '>PerUserPrincipal<') : content;
}

function fillIn(content: string, values: AuthValues, file: string): string {
    const without = content.replaceAll(/^ *<(\w+)>%%(\w+)%%<\/\1>\r?\n/gm, (element, _tag, name: string) =>
        name in values && values[name as keyof AuthValues] === undefined ? '' : element
    );
    return without.replaceAll(/%%(\w+)%%/g, (_placeholder, name: string) => {
        const value = values[name as keyof AuthValues];
        if (value === undefined) {
            throw new BridgeError('internal', 'VALUE_MISSING', `${file} needs ${name}, which is not known here.`);
        }
        return escapeXml(value);
    });
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escapeXml(text: string): string {
    return text.replaceAll(/[&<>]/g, (character) => ENTITIES[character]);
}
