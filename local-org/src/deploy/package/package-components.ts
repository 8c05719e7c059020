import type { MetadataDocument } from '../../org/metadata-registry.ts';
import { parseDocument } from '../document/parse-document.ts';
import { elementKinds } from '../document/metadata-types.ts';
import { documentsOf, textOf } from '../../schema/document.ts';
import type { Position } from '../document/parse-xml.ts';
import type { Manifest } from './manifest.ts';
import { MANIFEST, type PackageFiles } from './package-files.ts';
import { packagedType, parentType, typeOfFile, type ChildType, type PackagedType } from './type-registry.ts';

/** A component as the package brings it, before anything of the org is looked at. */
export interface PackageComponent {
    readonly type: string;
    readonly fullName: string;
    /** The file that messages name: `classes/X.cls`, `objects/Account.object`, `lwc/panel/panel.js-meta.xml`. */
    readonly fileName: string;
    /** Content files with their -meta.xml; empty when the document says it all. */
    readonly files: PackageFiles;
    readonly document: MetadataDocument | undefined;
    /** Where the parts of the document stand in the file. */
    readonly positions: ReadonlyMap<object, Position>;
    /** Faults of the files themselves. */
    readonly problems: readonly PackageProblem[];
}

export interface PackageProblem extends Partial<Position> {
    readonly message: string;
    /** When it is not the component's own file name. */
    readonly fileName?: string;
}

export interface PackageContents {
    readonly components: readonly PackageComponent[];
    /** Files that no member of package.xml asks for. */
    readonly unlisted: readonly { readonly type: string; readonly fullName: string; readonly fileName: string }[];
}

/** The files of one component, grouped by directory and name. */
interface FileGroup {
    readonly type: PackagedType;
    readonly fullName: string;
    readonly files: Map<string, Uint8Array>;
}

/** Components that package.xml lists, in the order of the zip, then what it lists and the zip does not hold. */
export function readPackageComponents(files: PackageFiles, manifest: Manifest): PackageContents {
    const wanted = new Set(manifest.members.map(({ type, fullName }) => memberKey(type, fullName)));
    const isListed = (type: string, fullName: string): boolean =>
        wanted.has(memberKey(type, fullName)) || wanted.has(memberKey(type, '*'));
    const components: PackageComponent[] = [];
    const unlisted: { type: string; fullName: string; fileName: string }[] = [];
    for (const group of groupFiles(files)) {
        const found = readGroup(group, isListed);
        components.push(...found);
        if (found.length === 0) {
            unlisted.push({ type: group.type.name, fullName: group.fullName, fileName: mainFile(group) });
        }
    }
    const present = new Set(components.map(({ type, fullName }) => memberKey(type, fullName)));
    const missing = manifest.members.filter(
        ({ type, fullName }) => fullName !== '*' && !present.has(memberKey(type, fullName))
    );
    return { components: [...components, ...missing.map(missingComponent)], unlisted };
}

function memberKey(type: string, fullName: string): string {
    return `${type} ${fullName}`.toLowerCase();
}

function missingComponent({ type, fullName }: { type: string; fullName: string }): PackageComponent {
    const known = packagedType(type) ?? parentType(type);
    const message = known
        ? `An object '${fullName}' of type ${type} was named in package.xml, but was not found in zipped directory`
        : `Unknown type name '${type}' specified in package.xml`;
    const problems = [{ message }];
    return {
        type,
        fullName,
        fileName: MANIFEST,
        files: new Map(),
        document: undefined,
        positions: new Map(),
        problems
    };
}

function groupFiles(files: PackageFiles): FileGroup[] {
    const groups = new Map<string, FileGroup>();
    for (const [path, bytes] of files) {
        const [directory = '', ...rest] = path.split('/');
        const type = rest.length > 0 ? typeOfFile(directory, path) : undefined;
        const fullName = type && fullNameOf(type, rest);
        if (!type || fullName === undefined) {
            continue;
        }
        const key = memberKey(type.name, fullName);
        const group = groups.get(key) ?? { type, fullName, files: new Map<string, Uint8Array>() };
        group.files.set(path, bytes);
        groups.set(key, group);
    }
    return [...groups.values()];
}

function fullNameOf(type: PackagedType, path: readonly string[]): string | undefined {
    if (type.shape === 'bundle') {
        return path.length > 1 ? path[0] : undefined;
    }
    const name = path.join('/').replace(/-meta\.xml$/, '');
    const suffix = `.${type.suffix}`;
    return name.endsWith(suffix) ? name.slice(0, -suffix.length) : undefined;
}

function mainFile(group: FileGroup): string {
    const paths = [...group.files.keys()];
    return paths.find((path) => path.endsWith('.js-meta.xml')) ?? paths.find((path) => !isMeta(path)) ?? paths[0] ?? '';
}

function isMeta(path: string): boolean {
    return path.endsWith('-meta.xml');
}

function readGroup(group: FileGroup, isListed: (type: string, fullName: string) => boolean): PackageComponent[] {
    const { type, fullName } = group;
    const own = isListed(type.name, fullName);
    const parsed = readOwn(group);
    if (type.children.length === 0) {
        return own ? [parsed] : [];
    }
    if (parsed.document === undefined) {
        return [parsed];
    }
    const children = type.children.flatMap((child) => readChildren(parsed, child));
    const listed = children.filter((child) => own || isListed(child.type, child.fullName));
    const parent = { ...parsed, document: withoutChildren(parsed.document, type) };
    return [...(own ? [parent] : []), ...listed];
}

function readOwn(group: FileGroup): PackageComponent {
    const { type, fullName, files } = group;
    const fileName = mainFile(group);
    const base = { type: type.name, fullName, fileName, positions: new Map<object, Position>() };
    const content: PackageFiles = type.shape === 'document' ? new Map() : files;
    const metaPath = type.shape === 'document' ? fileName : [...files.keys()].find(isMeta);
    const meta = metaPath === undefined ? undefined : files.get(metaPath);
    const root = type.name === 'Settings' ? `${fullName}Settings` : type.name;
    if (meta === undefined) {
        const problems = [{ message: `No -meta.xml file found for ${type.name} ${fullName}` }];
        return { ...base, files: content, document: undefined, problems };
    }
    if (!elementKinds(root)) {
        return { ...base, files: content, document: undefined, problems: [{ message: unsupportedType(root) }] };
    }
    const parsed = parseDocument(meta, root);
    if (!parsed.ok) {
        const problems = [{ ...parsed.problem, ...(metaPath !== fileName && { fileName: metaPath }) }];
        return { ...base, files: content, document: undefined, problems };
    }
    return { ...base, files: content, document: parsed.document, positions: parsed.positions, problems: [] };
}

export function unsupportedType(type: string): string {
    return `The local org does not support metadata of type ${type}`;
}

function readChildren(parent: PackageComponent, child: ChildType): PackageComponent[] {
    return documentsOf(parent.document, child.element).map((document) => {
        const name = textOf(document, child.nameElement);
        const position = parent.positions.get(document);
        return {
            type: child.name,
            fullName: child.parentInName ? `${parent.fullName}.${name ?? ''}` : (name ?? ''),
            fileName: parent.fileName,
            files: new Map(),
            document,
            positions: parent.positions,
            problems:
                name === undefined ? [{ message: `Required field is missing: ${child.nameElement}`, ...position }] : []
        };
    });
}

function withoutChildren(document: MetadataDocument | undefined, type: PackagedType): MetadataDocument | undefined {
    const elements = new Set(type.children.map((child) => child.element));
    return document && Object.fromEntries(Object.entries(document).filter(([name]) => !elements.has(name)));
}
