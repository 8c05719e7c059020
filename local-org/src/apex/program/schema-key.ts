import { createHash } from 'node:crypto';
import { SCHEMA_SOURCES } from '../../schema/create-schema.ts';
import type { MetadataRegistry } from '../../org/metadata-registry.ts';

/** What code can name besides classes: objects and fields, pages and labels, components and icons. */
const TYPES = [...SCHEMA_SOURCES, 'ApexPage', 'CustomLabel', 'LightningComponentBundle', 'StaticResource'];

/** Gives a text that changes when something changes that code can name; the same in every org with the same metadata. */
export function createSchemaKey(): (metadata: MetadataRegistry) => string {
    let seen = -1;
    let key = '';
    return (metadata) => {
        // Versions only rise, so that their sum changes when one of them does.
        const stamp = TYPES.reduce((sum, type) => sum + metadata.version(type), 0);
        if (stamp !== seen) {
            seen = stamp;
            key = keyOf(metadata);
        }
        return key;
    };
}

function keyOf(metadata: MetadataRegistry): string {
    const hash = createHash('sha256');
    for (const type of TYPES) {
        const components = metadata
            .list(type)
            .map(({ fullName, document }) => JSON.stringify([type, fullName, document]));
        components.sort().forEach((component) => hash.update(component).update('\n'));
    }
    return hash.digest('hex');
}
