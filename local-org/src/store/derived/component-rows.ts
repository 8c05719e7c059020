import { Blob, Datetime, Decimal, Id } from '../../values/index.ts';
import { textOf } from '../../schema/document.ts';
import type { MetadataComponent, MetadataRegistry } from '../../org/metadata-registry.ts';
import type { Schema } from '../../schema/types.ts';
import type { Row } from '../row.ts';

const decoder = new TextDecoder();

export function* apexRows(metadata: MetadataRegistry, type: 'ApexClass' | 'ApexTrigger'): Iterable<Row> {
    for (const component of metadata.list(type)) {
        const body = fileEndingWith(component, type === 'ApexClass' ? '.cls' : '.trigger');
        yield {
            ...common(component),
            Name: component.fullName,
            ApiVersion: Decimal.tryParse(textOf(component.document, 'apiVersion') ?? '') ?? null,
            Status: textOf(component.document, 'status') ?? 'Active',
            Body: body === undefined ? null : decoder.decode(body),
            LengthWithoutComments: body?.length ?? null,
            IsValid: true
        };
    }
}

export function* customPermissionRows(metadata: MetadataRegistry): Iterable<Row> {
    for (const component of metadata.list('CustomPermission')) {
        const MasterLabel = textOf(component.document, 'label') ?? component.fullName;
        yield { ...common(component), DeveloperName: component.fullName, MasterLabel };
    }
}

export function* staticResourceRows(metadata: MetadataRegistry): Iterable<Row> {
    for (const component of metadata.list('StaticResource')) {
        const path = [...component.files.keys()].find((name) => !name.endsWith('-meta.xml'));
        const bytes = path === undefined ? undefined : component.files.get(path);
        yield {
            ...common(component),
            Name: component.fullName,
            ContentType: textOf(component.document, 'contentType') ?? null,
            Body: bytes === undefined ? null : new Blob(bytes)
        };
    }
}

export function* recordTypeRows(schema: Schema): Iterable<Row> {
    for (const object of schema.objects()) {
        for (const { id, developerName, label, active, master } of object.recordTypes) {
            if (master) continue;
            const names = { DeveloperName: developerName, Name: label, SobjectType: object.name };
            yield { Id: Id.of(id), ...names, IsActive: active };
        }
    }
}

function common(component: MetadataComponent): Row {
    const modified = new Datetime(component.lastModified);
    return { Id: Id.of(component.id), LastModifiedDate: modified, CreatedDate: modified, SystemModstamp: modified };
}

function fileEndingWith(component: MetadataComponent, ending: string): Uint8Array | undefined {
    const path = [...component.files.keys()].find((name) => name.endsWith(ending));
    return path === undefined ? undefined : component.files.get(path);
}
