import './client-environment.ts';
import { retrieveDocuments } from './metadata-documents.ts';
import type { BridgeOrg } from './org-connection.ts';
import { sourceApiVersion } from './project.ts';

/** Names of the components of a type. */
export async function listComponents(org: BridgeOrg, type: string): Promise<string[]> {
    const listed = (await org.connection.metadata.list([{ type }], sourceApiVersion())) as unknown;
    // SOAP answers nothing, one object or several.
    const found = listed === undefined || listed === null ? [] : ([listed].flat() as { fullName: string }[]);
    return found.map(({ fullName }) => fullName);
}

/** Whether the org has a component. */
export async function componentExists(org: BridgeOrg, type: string, fullName: string): Promise<boolean> {
    return (await listComponents(org, type)).includes(fullName);
}

/** Text of a component's file, in memory only; of its content file where it has one (a certificate's PEM). */
export async function readComponent(org: BridgeOrg, type: string, fullName: string): Promise<string | undefined> {
    return (await retrieveDocuments(org, { [type]: [fullName] })).get(type, fullName)?.xml;
}
