import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { recordValues } from '../../lib/metadata-documents.ts';
import { triggerName } from './names.ts';
import { permissionSetNames } from './permission-sets.ts';
import type { PlannedObject } from './plan-types.ts';
import type { Files } from './render.ts';

const OBJECTS = 'customMetadata/Sync_Object.*.md-meta.xml';
const FIELDS = 'customMetadata/Sync_Field.*.md-meta.xml';
/** Of both orgs, and of one. */
const PLACES = ['', 'source/', 'target/'];

/**
 * Paths of what an earlier generation wrote for the objects and this one does not: fields that are mapped no longer, files
 * of both orgs where each has its own now, and what belongs to an object that had the mapping before. They would be deployed
 * on.
 */
export function leftFiles(folder: string, objects: readonly PlannedObject[], files: Files): string[] {
    const names = new Set(objects.map(({ name }) => name));
    const before = globSync(OBJECTS, { cwd: folder }).map((path) => {
        const { Source_Object__c: source = '', Target_Object__c: target = '' } = valuesOf(folder, path);
        return { name: basename(path).slice('Sync_Object.'.length, -'.md-meta.xml'.length), objects: [source, target] };
    });
    const others = new Set(before.filter(({ name }) => !names.has(name)).flatMap((mapping) => mapping.objects));
    const triggers = [...objects.map(({ source, target }) => ({ objects: [source, target] })), ...before]
        .flatMap((mapping) => mapping.objects)
        .filter((object) => !others.has(object))
        .map((object) => `triggers/${triggerName(object)}.trigger`);
    const sets = [...names].flatMap(permissionSetNames).map((set) => `permissionsets/${set}.permissionset`);
    const own = PLACES.flatMap((place) => [
        ...triggers.flatMap((trigger) => [`${place}${trigger}`, `${place}${trigger}-meta.xml`]),
        ...sets.map((set) => `${place}${set}-meta.xml`)
    ]);
    const fields = globSync(FIELDS, { cwd: folder })
        .map((path) => path.replaceAll('\\', '/'))
        .filter((path) => names.has(valuesOf(folder, path)['Object__c'] ?? ''));
    const there = own.filter((path) => existsSync(join(folder, path)));
    return [...new Set([...fields, ...there])].filter((path) => !files.has(path)).sort();
}

function valuesOf(folder: string, path: string): Readonly<Record<string, string>> {
    return recordValues(readFileSync(join(folder, path), 'utf8'));
}
