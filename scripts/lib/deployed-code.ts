import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { orgPairConfig } from './config.ts';
import { soqlString, type BridgeOrg, type OrgRole } from './org-connection.ts';
import { projectPath } from './project.ts';

/** Apex of this project against Apex of an org, by class name. */
export interface CodeComparison {
    readonly classes: number;
    readonly missing: readonly string[];
    readonly different: readonly string[];
}

/** Compares the classes without the tests: what runs. Line ends and blank ends do not count. */
export async function compareCode(org: BridgeOrg): Promise<CodeComparison> {
    const own = projectClasses(org.role);
    const names = [...own.keys()].map(soqlString).join(', ');
    const soql = `SELECT Name, Body FROM ApexClass WHERE NamespacePrefix = null AND Name IN (${names})`;
    const { records } = await org.connection.tooling.query<{ Name: string; Body: string }>(soql);
    const deployed = new Map(records.map(({ Name, Body }) => [Name, normal(Body)]));
    return {
        classes: own.size,
        missing: [...own.keys()].filter((name) => !deployed.has(name)),
        different: [...own].flatMap(([name, body]) => ((deployed.get(name) ?? body) === body ? [] : [name]))
    };
}

/** Classes of the package directory of a role and, in the source, of what both orgs share. */
function projectClasses(role: OrgRole): ReadonlyMap<string, string> {
    const config = orgPairConfig();
    const own = config[role].packageDirectory;
    const folders = role === 'source' ? [own, config.sharedDirectory] : [own];
    const files = folders.flatMap((folder) =>
        globSync(join('main', '**', '*.cls'), { cwd: projectPath(folder) }).map((file) => projectPath(folder, file))
    );
    return new Map(files.map((file) => [basename(file, '.cls'), normal(readFileSync(file, 'utf8'))]));
}

function normal(text: string): string {
    return text.replaceAll('\r\n', '\n').trim();
}
