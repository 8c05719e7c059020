import { metadataKeyPrefix } from '../schema/metadata-key-prefixes.ts';
import type { Clock } from './clock.ts';
import type {
    MetadataComponent,
    RegistrySavepoint,
    RegistrySnapshot,
    TransactionalMetadataRegistry
} from './metadata-registry.ts';

export interface MetadataRegistryOptions {
    readonly clock: Clock;
    /** A new 18-character record id with the given three-character prefix. */
    readonly newId: (keyPrefix: string) => string;
}

/** Components of one type by lower-case full name. Never changed in place: a savepoint is a copy of the outer map. */
type TypeTable = ReadonlyMap<string, MetadataComponent>;

export function createMetadataRegistry(options: MetadataRegistryOptions): TransactionalMetadataRegistry {
    let tables = new Map<string, TypeTable>();
    const versions = new Map<string, number>();
    let changes = 0;

    function replaceTable(type: string, table: TypeTable): void {
        tables.set(type, table);
        changes += 1;
        versions.set(type, changes);
    }

    function put(component: Omit<MetadataComponent, 'id' | 'lastModified'>): MetadataComponent {
        const key = component.fullName.toLowerCase();
        const table: TypeTable = tables.get(component.type) ?? new Map<string, MetadataComponent>();
        const stored: MetadataComponent = Object.freeze({
            type: component.type,
            fullName: component.fullName,
            id: table.get(key)?.id ?? options.newId(metadataKeyPrefix(component.type)),
            files: new Map(component.files),
            document: component.document,
            lastModified: options.clock.now()
        });
        replaceTable(component.type, new Map(table).set(key, stored));
        return stored;
    }

    function remove(type: string, fullName: string): boolean {
        const table = new Map(tables.get(type));
        if (!table.delete(fullName.toLowerCase())) {
            return false;
        }
        replaceTable(type, table);
        return true;
    }

    function replaceAll(next: ReadonlyMap<string, TypeTable>): void {
        const touched = new Set([...tables.keys(), ...next.keys()]);
        const previous = tables;
        tables = new Map(next);
        for (const type of touched) {
            if (previous.get(type) !== next.get(type)) {
                changes += 1;
                versions.set(type, changes);
            }
        }
    }

    return {
        get: (type, fullName) => tables.get(type)?.get(fullName.toLowerCase()),
        list: (type) => [...(tables.get(type)?.values() ?? [])],
        put,
        remove,
        version: (type) => versions.get(type) ?? 0,
        types: () => [...tables].filter(([, table]) => table.size > 0).map(([type]) => type),
        // The brand has no run-time form; nobody but this function looks into a savepoint.
        savepoint: () => new Map(tables) as unknown as RegistrySavepoint,
        rollback: (to) => replaceAll(to as unknown as ReadonlyMap<string, TypeTable>),
        snapshot: () => toSnapshot(tables),
        restore: (from) => replaceAll(fromSnapshot(from))
    };
}

function toSnapshot(tables: ReadonlyMap<string, TypeTable>): RegistrySnapshot {
    const components = [...tables.values()].flatMap((table) => [...table.values()]);
    return {
        components: components.map(({ type, fullName, id, lastModified, document, files }) => ({
            type,
            fullName,
            id,
            lastModified,
            ...(document && { document }),
            files: Object.fromEntries([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString('base64')]))
        }))
    };
}

function fromSnapshot(snapshot: RegistrySnapshot): Map<string, TypeTable> {
    const tables = new Map<string, Map<string, MetadataComponent>>();
    for (const { type, fullName, id, lastModified, document, files } of snapshot.components) {
        const table = tables.get(type) ?? new Map<string, MetadataComponent>();
        const component = { type, fullName, id, lastModified, document: document };
        const bytes = new Map(
            Object.entries(files).map(([path, text]) => [path, new Uint8Array(Buffer.from(text, 'base64'))])
        );
        table.set(fullName.toLowerCase(), Object.freeze({ ...component, files: bytes }));
        tables.set(type, table);
    }
    return tables;
}
