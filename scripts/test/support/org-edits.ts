import { strToU8, zipSync } from 'fflate';
import { retrieveDocuments, type MetadataDocument } from '../../lib/metadata-documents.ts';
import type { BridgeOrg } from '../../lib/org-connection.ts';
import { sourceApiVersion } from '../../lib/project.ts';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

export interface Component {
    readonly type: string;
    readonly fullName: string;
}

/** What puts an org back as it was. */
export type Undo = () => Promise<void>;

async function deploy(org: BridgeOrg, files: Record<string, string>): Promise<void> {
    const zip = zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
    const result = await org.connection.metadata
        .deploy(Buffer.from(zip), { singlePackage: true, rollbackOnError: true })
        .complete({ details: true } as never);
    if (!result.success) {
        const names = Object.keys(files).join(', ');
        throw new Error(`The ${org.role} org refused ${names}: ${JSON.stringify(result)}`);
    }
}

function manifest(components: readonly Component[]): string {
    const types = components.map(
        ({ type, fullName }) => `<types><members>${fullName}</members><name>${type}</name></types>`
    );
    return `<?xml version="1.0" encoding="UTF-8"?><Package xmlns="${NAMESPACE}">${types.join('')}<version>${sourceApiVersion()}</version></Package>`;
}

/** Without the elements that an org writes itself and takes from nobody; an auth provider needs its key. */
function deployable({ type, xml }: MetadataDocument): string {
    return type === 'AuthProvider'
        ? xml
        : xml.replaceAll(/ *<(consumerKey|oauthLink|orgScopedExternalApp)>[^<]*<\/\1>\s*/g, '');
}

function classMeta({ type }: Component, path: string): Record<string, string> {
    const xml = `<?xml version="1.0" encoding="UTF-8"?><ApexClass xmlns="${NAMESPACE}"><apiVersion>${sourceApiVersion()}</apiVersion><status>Active</status></ApexClass>`;
    return type === 'ApexClass' ? { [`${path}-meta.xml`]: xml } : {};
}

export async function documentIn(org: BridgeOrg, { type, fullName }: Component): Promise<MetadataDocument> {
    const document = (await retrieveDocuments(org, { [type]: [fullName] })).get(type, fullName);
    if (document === undefined) {
        throw new Error(`The ${org.role} org has no ${type} ${fullName}`);
    }
    return document;
}

/** Changes the XML of a deployed component. Throws when the change changes nothing. */
export async function edit(org: BridgeOrg, component: Component, change: (xml: string) => string): Promise<Undo> {
    const document = await documentIn(org, component);
    const before = deployable(document);
    const after = change(before);
    if (after === before) {
        throw new Error(`${component.type} ${component.fullName} was not changed:\n${before}`);
    }
    const files = { 'package.xml': manifest([component]), ...classMeta(component, document.path) };
    await deploy(org, { ...files, [document.path]: after });
    return () => deploy(org, { ...files, [document.path]: before });
}

/** Deploys a component that is not there, with other files where it has more than one. */
export async function add(
    org: BridgeOrg,
    component: Component,
    path: string,
    content: string,
    more: Readonly<Record<string, string>> = {}
): Promise<Undo> {
    const files = { ...classMeta(component, path), [path]: content, ...more };
    await deploy(org, { 'package.xml': manifest([component]), ...files });
    return () => destroy(org, [component]);
}

export async function destroy(org: BridgeOrg, components: readonly Component[]): Promise<void> {
    await deploy(org, { 'package.xml': manifest([]), 'destructiveChanges.xml': manifest(components) });
}

/** `<name>…</name>` set to a value, put in before another element when it is not there. */
export function withElement(name: string, value: string): (xml: string) => string {
    return (xml) => xml.replace(new RegExp(`<${name}>[^<]*</${name}>`), `<${name}>${value}</${name}>`);
}

/** Without the blocks of a repeated element that contain a text. */
export function withoutBlock(name: string, text: string): (xml: string) => string {
    return (xml) =>
        xml.replaceAll(new RegExp(`\\s*<${name}>(?:(?!</${name}>)[\\s\\S])*</${name}>`, 'g'), (block) =>
            block.includes(text) ? '' : block
        );
}
