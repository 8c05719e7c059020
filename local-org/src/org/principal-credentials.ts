import { externalCredential, type PrincipalType } from './external-credential.ts';
import type { MetadataRegistry } from './metadata-registry.ts';

/** Principal of an external credential: who the org is for the other side. */
export interface PrincipalKey {
    readonly externalCredential: string;
    readonly principalName: string;
    readonly principalType: PrincipalType;
    /** Set for a per-user principal. */
    readonly userId?: string;
}

export interface StoredCredential {
    readonly value: string;
    readonly encrypted: boolean;
    /** Rises with each write. */
    readonly revision: number;
}

/** By name: `clientId`, `clientSecret`. */
export type CredentialSet = ReadonlyMap<string, StoredCredential>;

/**
 * Secrets of principals, entered over Connect REST. In memory only: they are never part of a snapshot and have to be
 * entered again after a restart, as the tooling's `connect` does. A deploy replaces an external credential as a whole: the secret
 * of a principal that it no longer has is gone.
 */
export interface PrincipalCredentials {
    get(key: PrincipalKey): CredentialSet | undefined;
    put(key: PrincipalKey, values: ReadonlyMap<string, { readonly value: string; readonly encrypted: boolean }>): void;
    remove(key: PrincipalKey): boolean;
    /** Answers what brings today's credentials back. */
    savepoint(): () => void;
    /** Rises with each change; the callout gateway drops tokens it fetched before. */
    readonly version: number;
}

interface Entry {
    readonly key: PrincipalKey;
    readonly values: CredentialSet;
}

export function createPrincipalCredentials(metadata: MetadataRegistry): PrincipalCredentials {
    let entries = new Map<string, Entry>();
    let version = 0;
    let derivedFrom = 0;

    function forgetRemovedPrincipals(): void {
        const deployed = metadata.version('ExternalCredential');
        if (deployed === derivedFrom) {
            return;
        }
        derivedFrom = deployed;
        for (const [id, { key }] of entries) {
            const principals = externalCredential(metadata, key.externalCredential)?.principals ?? [];
            const name = key.principalName.toLowerCase();
            if (!principals.some((principal) => principal.name.toLowerCase() === name)) {
                entries.delete(id);
                version += 1;
            }
        }
    }

    return {
        get version() {
            forgetRemovedPrincipals();
            return version;
        },
        get(key) {
            forgetRemovedPrincipals();
            return entries.get(textOf(key))?.values;
        },
        put(key, values) {
            version += 1;
            const stored = [...values].map(([name, value]) => [name, { ...value, revision: version }] as const);
            entries.set(textOf(key), { key, values: new Map(stored) });
        },
        remove(key) {
            version += 1;
            return entries.delete(textOf(key));
        },
        savepoint() {
            forgetRemovedPrincipals();
            const kept = new Map(entries);
            return () => {
                entries = new Map(kept);
                derivedFrom = metadata.version('ExternalCredential');
                version += 1;
            };
        }
    };
}

function textOf(key: PrincipalKey): string {
    const names = [key.externalCredential, key.principalName, key.principalType].map((name) => name.toLowerCase());
    return JSON.stringify([...names, key.userId ?? '']);
}
