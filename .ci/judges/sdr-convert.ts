import { ComponentSet, ForceIgnore, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import { XMLParser } from 'fast-xml-parser';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesEndingIn, packageDirectories, report, type Finding, type Verdict } from './verdict.ts';

interface Manifest {
    readonly Package: {
        readonly types?: { readonly members: string[]; readonly name: string }[];
        readonly version: string;
    };
}

interface Replacement {
    readonly replaceWithEnv?: string;
}

/**
 * Converts each package directory to the metadata format with Salesforce's own library: each file must belong to a
 * component, each component must be in package.xml, and no placeholder may be left.
 */
export async function judgeConversion(projectDirectory: string): Promise<Verdict> {
    const project = JSON.parse(await readFile(join(projectDirectory, 'sfdx-project.json'), 'utf8')) as {
        sourceApiVersion: string;
        replacements?: Replacement[];
    };
    const findings: Finding[] = [];
    let components = 0;
    for (const directory of await packageDirectories(projectDirectory)) {
        const set = ComponentSet.fromSource(directory);
        set.projectDirectory = projectDirectory;
        set.sourceApiVersion = project.sourceApiVersion;
        components += set.getSourceComponents().toArray().length;
        findings.push(...findStrays(directory, set));
        findings.push(...(await withReplacements(project.replacements ?? [], () => convert(directory, set))));
    }
    return { scope: `${components} components`, findings };
}

function findStrays(directory: string, set: ComponentSet): Finding[] {
    const ignore = ForceIgnore.findAndCreate(directory);
    const known = new Set(
        set
            .getSourceComponents()
            .toArray()
            .flatMap((component) => [component.xml, ...component.walkContent(), ...childFiles(component)])
    );
    return filesEndingIn([directory], '')
        .filter((file) => ignore.accepts(file) && !known.has(file))
        .map((file) => ({ file, message: 'belongs to no metadata component' }));
}

function childFiles(component: { getChildren(): { xml?: string }[] }): (string | undefined)[] {
    return component.getChildren().map(({ xml }) => xml);
}

async function convert(directory: string, set: ComponentSet): Promise<Finding[]> {
    const output = await mkdtemp(join(tmpdir(), 'sdr-convert-'));
    try {
        const options = { type: 'directory', outputDirectory: output, genUniqueDir: false } as const;
        await new MetadataConverter().convert(set, 'metadata', options);
        const manifest = await readManifest(join(output, 'package.xml'));
        return [...findUnlisted(directory, set, manifest), ...(await findPlaceholders(directory, output))];
    } finally {
        await rm(output, { recursive: true });
    }
}

async function readManifest(path: string): Promise<Manifest> {
    const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'types' || name === 'members' });
    return parser.parse(await readFile(path, 'utf8')) as Manifest;
}

function findUnlisted(directory: string, set: ComponentSet, { Package: manifest }: Manifest): Finding[] {
    const file = join(directory, 'package.xml');
    const listed = new Set(
        (manifest.types ?? []).flatMap(({ name, members }) => members.map((member) => `${name}:${member}`))
    );
    const unlisted = set
        .getSourceComponents()
        .toArray()
        .flatMap((component) => [component, ...component.getChildren()])
        .filter(({ type, fullName }) => type.isAddressable !== false && !listed.has(`${type.name}:${fullName}`))
        // A custom object that is only there for its fields is not deployed itself.
        .filter(({ type, xml }) => type.name !== 'CustomObject' || xml !== undefined)
        .map(({ type, fullName }) => ({ file, message: `does not list ${type.name} ${fullName}` }));
    const versionFits = manifest.version === set.sourceApiVersion;
    return versionFits ? unlisted : [...unlisted, { file, message: `has version ${manifest.version}` }];
}

async function findPlaceholders(directory: string, output: string): Promise<Finding[]> {
    const files = filesEndingIn([output], '.xml', '.eca', 'Oauth', 'Plcy', 'Credential', '.permissionset', '.object');
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    return files
        .filter((_file, index) => texts[index]?.includes('%%'))
        .map((file) => ({ file: file.replace(output, directory), message: 'keeps a placeholder after replacement' }));
}

/** Replacements read the environment; any value shows whether the placeholders are all covered. */
async function withReplacements<T>(replacements: readonly Replacement[], run: () => Promise<T>): Promise<T> {
    const names = replacements.flatMap(({ replaceWithEnv }) => replaceWithEnv ?? []);
    const before = { ...process.env };
    Object.assign(process.env, Object.fromEntries(names.map((name) => [name, 'https://target.example'])));
    // A directory is converted without replacements otherwise; a deploy applies them.
    process.env['SF_APPLY_REPLACEMENTS_ON_CONVERT'] = 'true';
    try {
        return await run();
    } finally {
        process.env = before;
    }
}

if (import.meta.main) {
    await report('sdr-convert', judgeConversion);
}
