import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { textOf } from '../../../local-org/src/schema/document.ts';
import { parseDocument } from '../../../local-org/src/deploy/document/parse-document.ts';
import { fixedClock } from '../../../local-org/src/org/clock.ts';
import { createOrg } from '../../../local-org/src/org/create-org.ts';
import type { LocalOrg } from '../../../local-org/src/org/local-org.ts';
import type { MetadataDocument } from '../../../local-org/src/org/metadata-registry.ts';
import { filesEndingIn } from '../verdict.ts';

/** A local org that knows what the code of a project may name: objects, fields, labels. Nothing else is deployed. */
export interface ProjectOrg {
    readonly org: LocalOrg;
    /** Objects that the project defines, adds fields to, or points to. */
    readonly objectNames: readonly string[];
    readonly labels: readonly string[];
    readonly pages: readonly string[];
}

/** Parts of an object that are files of their own in the source format, by the end of the file's name. */
const PARTS: Readonly<Record<string, string>> = {
    '.field-meta.xml': 'CustomField',
    '.recordType-meta.xml': 'RecordType',
    '.fieldSet-meta.xml': 'FieldSet'
};

/** The same parts where the object is one file, in the metadata format. */
const PARTS_OF_OBJECT: Readonly<Record<string, string>> = {
    fields: 'CustomField',
    recordTypes: 'RecordType',
    fieldSets: 'FieldSet'
};

export function readProjectOrg(directories: readonly string[]): ProjectOrg {
    const org = emptyOrg();
    const names = new Set<string>();
    const put = (type: string, fullName: string, document: MetadataDocument): void => {
        org.metadata.put({ type, fullName, files: new Map(), document });
    };
    for (const file of filesEndingIn(directories, '.object-meta.xml')) {
        const name = basename(file, '.object-meta.xml');
        names.add(name);
        put('CustomObject', name, read(file, 'CustomObject'));
    }
    for (const file of filesEndingIn(directories, '.object')) {
        const name = basename(file, '.object');
        const document = read(file, 'CustomObject');
        names.add(name);
        put('CustomObject', name, document);
        for (const [element, type] of Object.entries(PARTS_OF_OBJECT)) {
            for (const part of partsOf(document, element)) put(type, `${name}.${textOf(part, 'fullName') ?? ''}`, part);
        }
    }
    for (const file of filesEndingIn(directories, '.globalValueSet-meta.xml')) {
        put('GlobalValueSet', basename(file, '.globalValueSet-meta.xml'), read(file, 'GlobalValueSet'));
    }
    for (const [ending, type] of Object.entries(PARTS)) {
        for (const file of filesEndingIn(directories, ending)) {
            const object = file.split('/').at(-3) ?? '';
            const document = read(file, type);
            names.add(object);
            if (typeof document.referenceTo === 'string') names.add(document.referenceTo);
            put(type, `${object}.${basename(file, ending)}`, document);
        }
    }
    const labels = filesEndingIn(directories, '.labels-meta.xml').flatMap(labelNames);
    labels.forEach((label) => put('CustomLabel', label, {}));
    const pages = filesEndingIn(directories, '.page').map((file) => basename(file, '.page'));
    pages.forEach((page) => put('ApexPage', page, {}));
    return { org, objectNames: [...names], labels, pages };
}

function emptyOrg(): LocalOrg {
    return createOrg({
        name: 'project',
        baseUrl: 'http://localhost:1',
        apiVersion: '67.0',
        adminUsername: 'admin@project.invalid',
        clock: fixedClock('2026-01-01T00:00:00.000Z'),
        callouts: {
            send: () => {
                throw new Error('Nothing is called while code is compiled.');
            }
        }
    }).org;
}

function read(file: string, root: string): MetadataDocument {
    const parsed = parseDocument(readFileSync(file), root);
    if (!parsed.ok) throw new Error(`${file}:${parsed.problem.line}: ${parsed.problem.message}`);
    return parsed.document;
}

function labelNames(file: string): string[] {
    return partsOf(read(file, 'CustomLabels'), 'labels').flatMap((label) => textOf(label, 'fullName') ?? []);
}

function partsOf(document: MetadataDocument, element: string): MetadataDocument[] {
    const parts = document[element];
    return Array.isArray(parts) ? (parts as MetadataDocument[]) : [];
}
