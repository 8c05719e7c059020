import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { identify } from './kinds.ts';
import { Placeholders, type Replacement } from './placeholders.ts';
import { LintProject, type MetadataFile } from './project.ts';
import { parseXml, XmlError } from './xml.ts';

const SKIPPED_FOLDERS = new Set(['node_modules', 'coverage']);

interface SfdxProject {
    readonly packageDirectories?: readonly { readonly path: string }[];
    readonly replacements?: readonly Replacement[];
    readonly sourceApiVersion?: string;
}

export interface UnreadableFile {
    readonly path: string;
    readonly error: XmlError;
}

export interface LintInput {
    readonly project: LintProject;
    /** Files below the path that was asked for; the rest of the project only answers references. */
    readonly files: readonly MetadataFile[];
    readonly unreadable: readonly UnreadableFile[];
}

/**
 * Reads the auth metadata at a path: a project (its package directories), a folder of source or of the Metadata API's
 * format, or one file. References are looked up in the whole project when the path lies in a package directory of one.
 */
export function readLintInput(path: string): LintInput {
    const asked = resolve(path);
    const home = projectOf(asked);
    const roots = home && home.packages.length > 0 ? home.packages : [asked];
    const candidates = [...new Set(roots.flatMap((root) => [...metadataFilesBelow(root)]))].sort();
    const files: MetadataFile[] = [];
    const unreadable: UnreadableFile[] = [];
    for (const candidate of candidates) {
        try {
            files.push(readMetadataFile(candidate, home));
        } catch (thrown) {
            if (!(thrown instanceof XmlError)) {
                throw thrown;
            }
            unreadable.push({ path: candidate, error: thrown });
        }
    }
    const isAsked = ({ path: file }: { readonly path: string }): boolean => isWithin(file, asked);
    return { project: new LintProject(files), files: files.filter(isAsked), unreadable: unreadable.filter(isAsked) };
}

interface Home {
    readonly folder: string;
    /** Absolute package directories; empty when the path lies outside all of them. */
    readonly packages: readonly string[];
    readonly replacements: readonly Replacement[];
    readonly apiVersion: number | undefined;
}

function projectOf(asked: string): Home | undefined {
    for (let folder = asked; ; folder = dirname(folder)) {
        const definition = join(folder, 'sfdx-project.json');
        if (existsSync(definition)) {
            const { packageDirectories = [], replacements = [], sourceApiVersion } = readDefinition(definition);
            const packages = packageDirectories.map((entry) => resolve(folder, entry.path)).filter(existsSync);
            const concerned = packages.some((root) => isWithin(asked, root) || isWithin(root, asked));
            const apiVersion = Number.parseInt(sourceApiVersion ?? '', 10) || undefined;
            return { folder, packages: concerned ? packages : [], replacements, apiVersion };
        }
        if (dirname(folder) === folder) {
            return undefined;
        }
    }
}

/** A definition that cannot be read is the CLI's concern; the path is linted as a plain folder then. */
function readDefinition(path: string): SfdxProject {
    try {
        return JSON.parse(readFileSync(path, 'utf8')) as SfdxProject;
    } catch {
        return {};
    }
}

function readMetadataFile(path: string, home: Home | undefined): MetadataFile {
    const identity = identify(basename(path));
    if (!identity) {
        throw new Error(`${path} is not a metadata file`);
    }
    const inProject = home ? relative(home.folder, path).split(sep).join('/') : path;
    const { root, comments } = parseXml(readFileSync(path, 'utf8'));
    const placeholders = new Placeholders(home?.replacements ?? [], inProject);
    return { ...identity, path, root, comments, placeholders, apiVersion: home?.apiVersion };
}

function* metadataFilesBelow(path: string): Generator<string> {
    if (!statSync(path).isDirectory()) {
        if (identify(basename(path))) {
            yield path;
        }
        return;
    }
    for (const entry of readdirSync(path, { withFileTypes: true })) {
        const below = join(path, entry.name);
        if (entry.isDirectory()) {
            if (!entry.name.startsWith('.') && !SKIPPED_FOLDERS.has(entry.name)) {
                yield* metadataFilesBelow(below);
            }
        } else if (entry.isFile() && identify(entry.name)) {
            yield below;
        }
    }
}

function isWithin(path: string, folder: string): boolean {
    return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
