import { zipSync } from 'fflate';
import type { LocalOrg } from '../org/local-org.ts';
import type { MetadataComponent, MetadataDocument } from '../org/metadata-registry.ts';
import { textOf } from '../schema/document.ts';
import { printDocument } from './document/print-document.ts';
import type { ManifestMember } from './package/manifest.ts';
import { packagedType, parentType, type PackagedType } from './package/type-registry.ts';

export interface RetrieveResult {
    readonly zip: Uint8Array;
    readonly properties: readonly FileProperties[];
    /** What was asked for and is not there. */
    readonly messages: readonly { readonly fileName: string; readonly problem: string }[];
}

export interface FileProperties {
    readonly type: string;
    readonly fullName: string;
    readonly fileName: string;
    readonly id: string;
    /** Milliseconds since 1970-01-01 UTC. */
    readonly lastModified: number;
}

const ROOT = 'unpackaged/';

/** Files of the members, as a retrieve's zip holds them: below `unpackaged/`, with a package.xml. */
export function retrieve(org: LocalOrg, members: readonly ManifestMember[], version: string): RetrieveResult {
    const files = new Map<string, Uint8Array>();
    const properties: FileProperties[] = [];
    const messages: { fileName: string; problem: string }[] = [];
    const shared = new Map<string, MetadataComponent[]>();
    for (const { type, fullName } of members) {
        const found = find(org, type, fullName);
        if (found.length === 0 && fullName !== '*') {
            const problem = `Entity of type '${type}' named '${fullName}' cannot be found`;
            messages.push({ fileName: `${ROOT}package.xml`, problem });
        }
        for (const component of found) {
            properties.push(fileProperties(component));
            const path = sharedFile(component);
            if (path === undefined) {
                componentFiles(org, component).forEach((bytes, own) => files.set(own, bytes));
            } else {
                shared.set(path, [...(shared.get(path) ?? []), component]);
            }
        }
    }
    for (const [path, components] of shared) {
        const container = containerOf(components[0]?.type ?? '');
        if (container) {
            files.set(path, printShared(components, container));
        }
    }
    files.set('package.xml', printManifest(properties, version));
    const entries = [...files].map(([path, bytes]) => [ROOT + path, bytes] as const);
    return { zip: zipSync(Object.fromEntries(entries), { level: 1 }), properties, messages };
}

/** Components that a member names; an object comes with its parts. */
function find(org: LocalOrg, type: string, fullName: string): readonly MetadataComponent[] {
    const own = fullName === '*' ? org.metadata.list(type) : [org.metadata.get(type, fullName) ?? []].flat();
    const children = packagedType(type)?.children ?? [];
    if (children.length === 0) {
        return own;
    }
    const all = children.flatMap((child) => org.metadata.list(child.name));
    const parents = fullName === '*' ? own.map((component) => component.fullName) : [fullName];
    return [
        ...own,
        ...all.filter((part) =>
            parents.some(
                (parent) =>
                    type === 'CustomLabels' || part.fullName.toLowerCase().startsWith(`${parent.toLowerCase()}.`)
            )
        )
    ];
}

export function fileProperties(component: MetadataComponent): FileProperties {
    const { type, fullName, id, lastModified } = component;
    const path = sharedFile(component) ?? [...component.files.keys()][0] ?? documentPath(type, fullName);
    return { type, fullName, id, lastModified, fileName: ROOT + path };
}

/** `namedCredentials/TargetOrg_NC.namedCredential`. */
function documentPath(type: string, fullName: string): string {
    const packaged = packagedType(type);
    return packaged ? `${packaged.directory}/${fullName}.${packaged.suffix}` : `${type}/${fullName}`;
}

/** CustomObject for itself and its parts, CustomLabels likewise; undefined for types with files of their own. */
function containerOf(type: string): PackagedType | undefined {
    const own = packagedType(type);
    return parentType(type) ?? (own && own.children.length > 0 ? own : undefined);
}

/** The file that a component shares with others of its container. */
function sharedFile({ type, fullName }: MetadataComponent): string | undefined {
    const container = containerOf(type);
    if (!container) {
        return undefined;
    }
    const name = container.name === 'CustomLabels' ? container.name : (fullName.split('.')[0] ?? '');
    return documentPath(container.name, name);
}

function componentFiles(org: LocalOrg, component: MetadataComponent): ReadonlyMap<string, Uint8Array> {
    if (component.files.size > 0 || component.document === undefined) {
        return component.files;
    }
    const { type, fullName } = component;
    const root = type === 'Settings' ? `${fullName}Settings` : type;
    const document = withOrgElements(org, component, component.document);
    return new Map([[documentPath(type, fullName), printDocument(document, root)]]);
}

/** Elements that the platform itself writes into a retrieved external client app. */
function withOrgElements(
    org: LocalOrg,
    { type, fullName }: MetadataComponent,
    document: MetadataDocument
): MetadataDocument {
    const orgId = org.id.slice(0, 15);
    if (type === 'ExternalClientApplication') {
        return { ...document, orgScopedExternalApp: `${orgId}:${fullName}` };
    }
    const app = org.oauthApps
        .list()
        .find(({ developerName }) => developerName === textOf(document, 'externalClientApplication'));
    if (app && type === 'ExtlClntAppOauthSettings') {
        return { ...document, oauthLink: `${orgId}:${app.consumerId}` };
    }
    return app && type === 'ExtlClntAppGlobalOauthSettings' ? { ...document, consumerKey: app.consumerKey } : document;
}

function printShared(components: readonly MetadataComponent[], container: PackagedType): Uint8Array {
    const own = components.find(({ type }) => type === container.name)?.document ?? {};
    const lists = container.children.flatMap((child) => {
        const documents = components.filter(({ type }) => type === child.name).map(({ document }) => document ?? {});
        return documents.length > 0 ? [[child.element, documents] as const] : [];
    });
    return printDocument({ ...own, ...Object.fromEntries(lists) }, container.name);
}

function printManifest(properties: readonly FileProperties[], version: string): Uint8Array {
    const types = [...Map.groupBy(properties, ({ type }) => type)].map(([type, group]) => {
        const members = group.map(({ fullName }) => `        <members>${fullName}</members>\n`).join('');
        return `    <types>\n${members}        <name>${type}</name>\n    </types>\n`;
    });
    const head = '<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="http://soap.sforce.com/2006/04/metadata">\n';
    return new TextEncoder().encode(`${head}${types.join('')}    <version>${version}</version>\n</Package>\n`);
}
