import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { canonicalText } from './canonical-metadata.ts';
import { orgPairConfig } from './config.ts';
import { compareMetadata, type MetadataComparison } from './deployed-metadata.ts';
import { onceFor } from './once-for.ts';
import { soqlString, type BridgeOrg, type OrgRole } from './org-connection.ts';
import { projectPath } from './project.ts';

/** What of this project runs in an org, against what the org has; Apex by class name. */
export interface CodeComparison {
    readonly classes: number;
    readonly missing: readonly string[];
    readonly different: readonly string[];
    /** Null when the org did not tell. */
    readonly metadata: MetadataComparison | null;
}

/** What both orgs of a link in step have, as `bridge sync up` deploys it. */
const ENGINE = ['main', 'example'].map((folder) => projectPath('force-app', 'sync', folder));

/** Compares what runs, so without tests; the sync engine where the org has it. */
export async function compareCode(org: BridgeOrg): Promise<CodeComparison> {
    const hasEngine = (await classesOf(org, ['SyncPeers'])).size > 0;
    const folders = [...foldersOf(org.role), ...(hasEngine ? ENGINE : [])];
    const own = projectClasses(folders);
    const [deployed, metadata] = await Promise.all([
        classesOf(org, [...own.keys()]),
        compareMetadata(org, folders).catch(() => null)
    ]);
    return {
        classes: own.size,
        missing: [...own.keys()].filter((name) => !deployed.has(name)),
        different: [...own].flatMap(([name, body]) => ((deployed.get(name) ?? body) === body ? [] : [name])),
        metadata
    };
}

/** Bodies by name, of those that the org has. */
async function classesOf({ connection }: BridgeOrg, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const list = names.map(soqlString).join(', ');
    const soql = `SELECT Name, Body FROM ApexClass WHERE NamespacePrefix = null AND Name IN (${list})`;
    const { records } = await connection.tooling.query<{ Name: string; Body: string }>(soql, { autoFetch: true });
    return new Map(records.map(({ Name, Body }) => [Name, canonicalText(Body)]));
}

/** Of the package directory of a role and, in the source, of what both orgs share. */
function foldersOf(role: OrgRole): string[] {
    const config = orgPairConfig();
    const own = config[role].packageDirectory;
    const folders = role === 'source' ? [own, config.sharedDirectory] : [own];
    return folders.map((folder) => projectPath(folder, 'main'));
}

const projectClasses = onceFor((folders: readonly string[]): ReadonlyMap<string, string> => {
    const files = folders.flatMap((folder) =>
        globSync(join('**', '*.cls'), { cwd: folder }).map((file) => join(folder, file))
    );
    return new Map(files.map((file) => [basename(file, '.cls'), canonicalText(readFileSync(file, 'utf8'))]));
});
