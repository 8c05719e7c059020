import './client-environment.ts';
import { strFromU8, unzipSync } from 'fflate';
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
    const files = await retrieveFiles(org, type, fullName);
    const name = Object.keys(files).find(
        (path) => path.split('/').at(-1)?.startsWith(`${fullName}.`) && !path.endsWith('-meta.xml')
    );
    return name === undefined ? undefined : strFromU8(files[name]);
}

async function retrieveFiles(org: BridgeOrg, type: string, member: string): Promise<Record<string, Uint8Array>> {
    const request = {
        apiVersion: sourceApiVersion(),
        singlePackage: true,
        unpackaged: { types: [{ members: [member], name: type }], version: sourceApiVersion() }
    };
    const result = await org.connection.metadata.retrieve(request as never).complete();
    const zip = (result as unknown as { zipFile?: string }).zipFile;
    return zip === undefined ? {} : unzipSync(Buffer.from(zip, 'base64'));
}
