import type { MetadataRegistry } from './metadata-registry.ts';

export type ProviderType = 'AuthProvider' | 'ExternalAuthIdentityProvider';

/** Client ids and secrets of identity providers, by name: `clientId`, `clientSecret`. In memory only. */
export interface ProviderSecrets {
    get(type: ProviderType, name: string): ReadonlyMap<string, string> | undefined;
    put(type: ProviderType, name: string, values: ReadonlyMap<string, string>): void;
    /** Answers what brings today's secrets back. */
    savepoint(): () => void;
}

export function createProviderSecrets(metadata: MetadataRegistry): ProviderSecrets {
    let entries = new Map<string, { readonly componentId: string; readonly values: ReadonlyMap<string, string> }>();
    const keyOf = (type: ProviderType, name: string): string => `${type} ${name.toLowerCase()}`;
    return {
        get(type, name) {
            const entry = entries.get(keyOf(type, name));
            // A provider that was deleted and made again is another one.
            return entry?.componentId === metadata.get(type, name)?.id ? entry?.values : undefined;
        },
        put(type, name, values) {
            const componentId = metadata.get(type, name)?.id;
            if (componentId !== undefined) {
                entries.set(keyOf(type, name), { componentId, values });
            }
        },
        savepoint() {
            const kept = new Map(entries);
            return () => {
                entries = new Map(kept);
            };
        }
    };
}
