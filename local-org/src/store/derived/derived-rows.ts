import { apexRows, customPermissionRows, recordTypeRows, staticResourceRows } from './component-rows.ts';
import { customMetadataRows } from './custom-metadata-rows.ts';
import { DOCUMENT_OBJECTS, documentRows, documentTypes } from './document-rows.ts';
import {
    fieldPermissionRows,
    objectPermissionRows,
    permissionSetGroupComponentRows,
    permissionSetGroupRows,
    permissionSetRows,
    SETUP_ENTITY_TYPES,
    setupEntityAccessRows
} from './permission-rows.ts';
import { valueRows } from './value-rows.ts';
import type { MetadataRegistry } from '../../org/metadata-registry.ts';
import type { Schema } from '../../schema/types.ts';
import type { Id } from '../../values/index.ts';
import type { RecordIds } from '../record-ids.ts';
import type { Row } from '../row.ts';
import type { DerivedRows } from '../store.ts';
import type { KeyedId } from './permission-rows.ts';

interface Source {
    /** Metadata types the rows follow from. */
    readonly types: readonly string[];
    rows(metadata: MetadataRegistry, id: KeyedId): Iterable<Row>;
}

const SOURCES: Readonly<Record<string, Source>> = {
    apexclass: { types: ['ApexClass'], rows: (metadata) => apexRows(metadata, 'ApexClass') },
    apextrigger: { types: ['ApexTrigger'], rows: (metadata) => apexRows(metadata, 'ApexTrigger') },
    custompermission: { types: ['CustomPermission'], rows: customPermissionRows },
    fieldpermissions: { types: ['PermissionSet'], rows: fieldPermissionRows },
    objectpermissions: { types: ['PermissionSet'], rows: objectPermissionRows },
    permissionset: { types: ['PermissionSet'], rows: permissionSetRows },
    permissionsetgroup: { types: ['PermissionSetGroup'], rows: permissionSetGroupRows },
    permissionsetgroupcomponent: {
        types: ['PermissionSetGroup', 'PermissionSet'],
        rows: permissionSetGroupComponentRows
    },
    setupentityaccess: {
        types: ['PermissionSet', ...SETUP_ENTITY_TYPES],
        rows: setupEntityAccessRows
    },
    staticresource: { types: ['StaticResource'], rows: staticResourceRows }
};

/** Rows that follow from deployed metadata, for `createStore`. */
export function metadataRows(
    metadata: MetadataRegistry,
    schema: Schema,
    ids: RecordIds
): (object: string) => DerivedRows | undefined {
    const known = new Map<string, Id>();
    const keyedId: KeyedId = (keyPrefix, key) => {
        const id = known.get(key) ?? ids.next(keyPrefix);
        known.set(key, id);
        return id;
    };
    // Versions only rise, so that their sum changes when one of them does.
    const versionOf = (types: readonly string[]): number =>
        types.reduce((sum, type) => sum + metadata.version(type), 0);
    return (object) => {
        const source = SOURCES[object];
        if (source !== undefined) {
            return { version: () => versionOf(source.types), rows: () => source.rows(metadata, keyedId) };
        }
        const documents = DOCUMENT_OBJECTS[object];
        const definition = documents && schema.object(object);
        if (documents !== undefined && definition !== undefined) {
            const types = documentTypes(documents);
            return { version: () => versionOf(types), rows: () => documentRows(documents, definition, metadata) };
        }
        if (object === 'recordtype') {
            return { version: () => schema.version, rows: () => recordTypeRows(schema) };
        }
        const values = valueRows(object, schema, keyedId);
        if (values !== undefined) {
            return { version: () => schema.version, rows: values };
        }
        if (!object.endsWith('__mdt')) return undefined;
        return {
            version: () => versionOf(['CustomMetadata']) + schema.version,
            rows: () => {
                const type = schema.object(object);
                return type === undefined ? [] : customMetadataRows(type, metadata, schema);
            }
        };
    };
}
