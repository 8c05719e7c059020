/** Principal of an external credential: who the org is for the other side. */
export interface PrincipalKey {
    readonly externalCredential: string;
    readonly principalName: string;
    readonly principalType: 'NamedPrincipal' | 'PerUserPrincipal';
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
 * entered again after a restart, as the tooling's `connect` does.
 */
export interface PrincipalCredentials {
    get(key: PrincipalKey): CredentialSet | undefined;
    put(key: PrincipalKey, values: ReadonlyMap<string, { readonly value: string; readonly encrypted: boolean }>): void;
    remove(key: PrincipalKey): boolean;
    /** Keeps the principals named and forgets the others of that external credential. */
    retain(externalCredential: string, principalNames: readonly string[]): void;
    /** Rises with each change; the callout gateway drops tokens it fetched before. */
    readonly version: number;
}

interface Entry {
    readonly key: PrincipalKey;
    readonly values: CredentialSet;
}

export function createPrincipalCredentials(): PrincipalCredentials {
    const entries = new Map<string, Entry>();
    let version = 0;

    return {
        get version() {
            return version;
        },
        get: (key) => entries.get(textOf(key))?.values,
        put(key, values) {
            version += 1;
            const stored = [...values].map(([name, value]) => [name, { ...value, revision: version }] as const);
            entries.set(textOf(key), { key, values: new Map(stored) });
        },
        remove(key) {
            version += 1;
            return entries.delete(textOf(key));
        },
        retain(externalCredential, principalNames) {
            const kept = new Set(principalNames.map((name) => name.toLowerCase()));
            for (const [id, { key }] of entries) {
                const same = key.externalCredential.toLowerCase() === externalCredential.toLowerCase();
                if (same && !kept.has(key.principalName.toLowerCase())) {
                    entries.delete(id);
                    version += 1;
                }
            }
        }
    };
}

function textOf(key: PrincipalKey): string {
    const names = [key.externalCredential, key.principalName, key.principalType].map((name) => name.toLowerCase());
    return JSON.stringify([...names, key.userId ?? '']);
}
