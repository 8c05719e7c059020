import type { LocalOrg } from '../org/local-org.ts';
import { fileProperties, type FileProperties } from './retrieve.ts';

/** Components of a type; for objects, the platform's own too. */
export function listMetadata(org: LocalOrg, type: string): readonly FileProperties[] {
    const deployed = org.metadata.list(type).map(fileProperties);
    if (type !== 'CustomObject') {
        return deployed;
    }
    const names = new Set(deployed.map(({ fullName }) => fullName.toLowerCase()));
    const standard = [...org.schema.objects()].filter(
        ({ kind, name }) => kind === 'standard' && !names.has(name.toLowerCase())
    );
    return [
        ...deployed,
        ...standard.map(({ name }) => ({
            type,
            fullName: name,
            fileName: `unpackaged/objects/${name}.object`,
            id: '',
            lastModified: 0
        }))
    ];
}
