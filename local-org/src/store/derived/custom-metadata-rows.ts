import { Datetime, Id } from '../../values/index.ts';
import { documentsOf, documentOf, textOf } from '../../schema/document.ts';
import { valueOfText } from '../../schema/field-text.ts';
import type { MetadataComponent, MetadataDocument, MetadataRegistry } from '../../org/metadata-registry.ts';
import type { ObjectDef, Schema } from '../../schema/types.ts';
import type { FieldValue } from '../../values/index.ts';
import type { Row } from '../row.ts';

/** Rows of one custom metadata type from its deployed records, `Type.Record`. */
export function* customMetadataRows(object: ObjectDef, metadata: MetadataRegistry, schema: Schema): Iterable<Row> {
    const type = object.name.replace(/__mdt$/i, '').toLowerCase();
    for (const component of metadata.list('CustomMetadata')) {
        const [owner = '', record = ''] = component.fullName.split('.');
        if (owner.toLowerCase() === type) yield rowOf(component, record, object, metadata, schema);
    }
}

function rowOf(
    component: MetadataComponent,
    name: string,
    object: ObjectDef,
    metadata: MetadataRegistry,
    schema: Schema
): Row {
    const label = textOf(component.document, 'label') ?? name;
    const row: Record<string, FieldValue> = {
        Id: recordId(component, object),
        DeveloperName: name,
        MasterLabel: label,
        Label: label,
        Language: 'en_US',
        QualifiedApiName: name,
        SystemModstamp: new Datetime(component.lastModified)
    };
    for (const entry of documentsOf(component.document, 'values')) {
        const field = object.fields.get((textOf(entry, 'field') ?? '').toLowerCase());
        const text = valueText(entry);
        if (field === undefined || text === undefined) continue;
        const [target] = field.referenceTo;
        row[field.name] =
            field.type === 'reference' && target !== undefined
                ? metadataReference(target, text, metadata, schema)
                : (valueOfText(field, text) ?? null);
    }
    return row;
}

function valueText(entry: MetadataDocument): string | undefined {
    const text = textOf(documentOf(entry, 'value'), 'text') ?? textOf(entry, 'value');
    return text === '' ? undefined : text;
}

/** A metadata relationship names the other record by its developer name. */
function metadataReference(target: string, text: string, metadata: MetadataRegistry, schema: Schema): FieldValue {
    const object = schema.object(target);
    if (object?.kind !== 'customMetadata') return text;
    const component = metadata.get('CustomMetadata', `${target.replace(/__mdt$/i, '')}.${text}`);
    return component === undefined ? null : recordId(component, object);
}

/** The number of the component behind the prefix of its type, by which an id tells the type. */
function recordId({ id }: MetadataComponent, { keyPrefix }: ObjectDef): Id {
    return Id.of(keyPrefix + id.slice(3, 15));
}
