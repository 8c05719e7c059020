import { XMLParser } from 'fast-xml-parser';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { BridgeError } from './errors.ts';
import type { BridgeOrg } from './org-connection.ts';
import { sourceApiVersion } from './project.ts';

/** A metadata component as the org has it. */
export interface MetadataDocument {
    readonly type: string;
    readonly fullName: string;
    /** Path below the root of the package, `namedCredentials/TargetOrg_NC.namedCredential`. */
    readonly path: string;
    readonly xml: string;
    /** Text of a child element, `isEnabled`, or of one below, `oauthConfig.scopes`; undefined when it is absent or empty. */
    text(path: string): string | undefined;
    /** Every text of an element that may come several times. */
    texts(path: string): readonly string[];
    /** Repeated children that have children themselves. */
    list(element: string): readonly Element[];
}

export type Element = Readonly<Record<string, string | undefined>>;

/** Deployed components by type and name. */
export interface MetadataDocuments {
    get(type: string, fullName: string): MetadataDocument | undefined;
    list(type: string): readonly MetadataDocument[];
}

export const NO_DOCUMENTS: MetadataDocuments = { get: () => undefined, list: () => [] };

/** Names by type; `*` for all of a type. */
export type Members = Readonly<Record<string, readonly string[]>>;

/** Reads components of an org in one retrieve, in memory. What the org does not have is left out. Throws RETRIEVE_FAILED. */
export async function retrieveDocuments(org: BridgeOrg, members: Members): Promise<MetadataDocuments> {
    const { files, properties } = await retrieve(org, members);
    const documents = properties.flatMap(({ type, fullName, fileName }) => {
        // Of a class the file itself, not what is said about it.
        const content = fileName.replace(/-meta\.xml$/, '');
        const name = content in files ? content : fileName;
        const bytes = files[name] as Uint8Array | undefined;
        return bytes === undefined || type === 'Package'
            ? []
            : [documentOf(type, fullName, packagePath(name), strFromU8(bytes))];
    });
    const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();
    return {
        get: (type, name) => documents.find((document) => document.type === type && same(document.fullName, name)),
        list: (type) => documents.filter((document) => document.type === type)
    };
}

/** The same as texts by path below the root of the package: components that have several files. Throws RETRIEVE_FAILED. */
export async function retrieveFiles(org: BridgeOrg, members: Members): Promise<Map<string, string>> {
    const { files } = await retrieve(org, members);
    return new Map(Object.entries(files).map(([name, bytes]) => [packagePath(name), strFromU8(bytes)]));
}

function packagePath(name: string): string {
    return name.replace(/^unpackaged\//, '');
}

interface Retrieved {
    readonly files: Readonly<Record<string, Uint8Array>>;
    readonly properties: readonly FileProperties[];
}

async function retrieve(org: BridgeOrg, members: Members): Promise<Retrieved> {
    const types = Object.entries(members).map(([name, list]) => ({ members: [...list], name }));
    const request = {
        apiVersion: sourceApiVersion(),
        singlePackage: true,
        unpackaged: { types, version: sourceApiVersion() }
    };
    const result = (await org.connection.metadata.retrieve(request as never).complete()) as unknown as {
        success?: boolean | string;
        errorMessage?: string;
        zipFile?: string;
        fileProperties?: FileProperties | FileProperties[];
    };
    // The client waits for the end of a retrieve and does not look at how it ended.
    if (String(result.success) === 'false') {
        throw new BridgeError(
            'org',
            'RETRIEVE_FAILED',
            `The ${org.role} org did not give its metadata: ${result.errorMessage ?? 'no reason given'}`,
            [
                'Run the command again. Check that your user may read metadata (Modify Metadata Through Metadata API Functions).'
            ]
        );
    }
    return {
        files: result.zipFile === undefined ? {} : unzipSync(Buffer.from(result.zipFile, 'base64')),
        properties: [result.fileProperties ?? []].flat()
    };
}

interface FileProperties {
    readonly type: string;
    readonly fullName: string;
    readonly fileName: string;
}

/** Reads a component's XML, of an org or of the project. */
export function documentOf(type: string, fullName: string, path: string, xml: string): MetadataDocument {
    const content = rootOf(xml);
    const texts = (elements: string): readonly string[] => textsAt(content, elements.split('.'));
    return {
        type,
        fullName,
        path,
        xml,
        text: (elements) => texts(elements)[0],
        texts,
        list: (element) => elementsOf(content, element)
    };
}

/** Children of the root of a document by their names. */
export function rootOf(xml: string): Readonly<Record<string, unknown>> {
    const parsed = new XMLParser({ parseTagValue: false }).parse(xml) as Record<string, unknown>;
    const root = Object.entries(parsed).find(([name]) => !name.startsWith('?'))?.[1];
    return typeof root === 'object' && root !== null ? (root as Record<string, unknown>) : {};
}

function elementsOf(content: Readonly<Record<string, unknown>>, element: string): readonly Element[] {
    return [content[element] ?? []].flat().filter((item) => typeof item === 'object') as readonly Element[];
}

/** Values of a custom metadata record by field; `''` where it has none. */
export function recordValues(xml: string): Readonly<Record<string, string>> {
    const values = elementsOf(rootOf(xml), 'values');
    return Object.fromEntries(values.map(({ field = '', value = '' }) => [field, value]));
}

/** Texts of a parsed element, trimmed, without the empty ones. */
function textsAt(value: unknown, [element, ...below]: readonly string[]): string[] {
    const values = [value].flat();
    if (element === undefined) {
        return values.flatMap((text) => (typeof text === 'string' && text.trim() !== '' ? [text.trim()] : []));
    }
    const parents = values.filter((item) => typeof item === 'object' && item !== null);
    return parents.flatMap((parent) => textsAt((parent as Record<string, unknown>)[element], below));
}

export const METADATA_NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

export interface ComponentName {
    readonly type: string;
    readonly fullName: string;
}

/** Deploys another text of a component, without a file. Throws DOCUMENT_REFUSED. */
export async function deployDocument(
    org: BridgeOrg,
    document: Pick<MetadataDocument, 'type' | 'fullName' | 'path'>,
    xml: string
): Promise<void> {
    const { type, fullName, path } = document;
    await deployFiles(org, `a change of ${type} ${fullName}`, {
        'package.xml': manifest([document]),
        [path]: xml
    });
}

/** Deletes components. Throws DOCUMENT_REFUSED, and then none is deleted. */
export async function deleteComponents(org: BridgeOrg, components: readonly ComponentName[]): Promise<void> {
    const names = components.map(({ type, fullName }) => `${type} ${fullName}`).join(', ');
    await deployFiles(org, `to delete ${names}`, {
        'package.xml': manifest([]),
        'destructiveChanges.xml': manifest(components)
    });
}

function manifest(components: readonly ComponentName[]): string {
    const types = components.map(
        ({ type, fullName }) => `<types><members>${fullName}</members><name>${type}</name></types>`
    );
    return (
        `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="${METADATA_NAMESPACE}">${types.join('')}` +
        `<version>${sourceApiVersion()}</version></Package>\n`
    );
}

async function deployFiles(org: BridgeOrg, what: string, files: Readonly<Record<string, string>>): Promise<void> {
    const zip = zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
    const options = { singlePackage: true, rollbackOnError: true };
    const result = await org.connection.metadata.deploy(Buffer.from(zip), options).complete({ details: true } as never);
    if (!result.success) {
        const { details } = result as unknown as { details?: { componentFailures?: Problem | Problem[] } };
        const problems = [details?.componentFailures ?? []].flat().map(({ problem }) => problem);
        throw new BridgeError(
            'org',
            'DOCUMENT_REFUSED',
            `The ${org.role} org refused ${what}: ${problems.join('; ') || 'no reason given'}`,
            ['Check that your user may modify metadata (Customize Application, Modify Metadata).']
        );
    }
}

interface Problem {
    readonly problem?: string;
}
