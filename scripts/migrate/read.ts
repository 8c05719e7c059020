import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { BridgeOrg } from '../lib/org-connection.ts';
import { sourceApiVersion } from '../lib/project.ts';
import { parse } from './document.ts';
import type { LegacyComponent } from './types.ts';

const SUFFIXES: Readonly<Record<string, LegacyComponent['type']>> = {
    connectedApp: 'ConnectedApp',
    authprovider: 'AuthProvider',
    namedCredential: 'NamedCredential',
    permissionset: 'PermissionSet'
};

/** Components below a folder, in source format or in that of the Metadata API. */
export function readFolder(folder: string): LegacyComponent[] {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => !path.split(/[/\\]/).includes('node_modules'))
        .toSorted()
        .flatMap((path) => componentOf(path, () => readFileSync(join(folder, path), 'utf8')));
}

/** The same of an org: retrieved, held in memory. Secrets are no part of a retrieve. */
export async function readOrg(org: BridgeOrg): Promise<LegacyComponent[]> {
    const version = sourceApiVersion();
    const types = Object.values(SUFFIXES).map((name) => ({ members: ['*'], name }));
    const request = { apiVersion: version, singlePackage: true, unpackaged: { types, version } };
    const result = await org.connection.metadata.retrieve(request as never).complete();
    const zip = (result as unknown as { zipFile?: string }).zipFile;
    const files = zip === undefined ? {} : unzipSync(Buffer.from(zip, 'base64'));
    return Object.entries(files).flatMap(([path, bytes]) => componentOf(path, () => strFromU8(bytes)));
}

function componentOf(path: string, read: () => string): LegacyComponent[] {
    const [, fullName, suffix] = /^(.+)\.(\w+)$/.exec(basename(path).replace(/-meta\.xml$/, '')) ?? [];
    const type = SUFFIXES[suffix ?? ''];
    if (fullName === undefined || type === undefined) {
        return [];
    }
    const document = parse(read(), type);
    return document === undefined ? [] : [{ type, fullName: decodeURIComponent(fullName), document }];
}
