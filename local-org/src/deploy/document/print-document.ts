import { XMLBuilder } from 'fast-xml-parser';
import type { MetadataDocument, MetadataValue } from '../../org/metadata-registry.ts';
import { elementKinds } from './metadata-types.ts';
import { METADATA_NAMESPACE } from './parse-document.ts';

const builder = new XMLBuilder({
    format: true,
    indentBy: '    ',
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    suppressEmptyNode: true
});

/** The metadata file of a document, with the elements in the order of the schema, as a retrieve gives it. */
export function printDocument(document: MetadataDocument, root: string): Uint8Array {
    const content = { '@xmlns': METADATA_NAMESPACE, ...typedNamespaces(document), ...printable(document, root) };
    const xml = builder.build({ '?xml': { '@version': '1.0', '@encoding': 'UTF-8' }, [root]: content });
    return new TextEncoder().encode(xml);
}

function typedNamespaces(document: MetadataDocument): Record<string, string> {
    return document['values'] === undefined
        ? {}
        : {
              '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
              '@xmlns:xsd': 'http://www.w3.org/2001/XMLSchema'
          };
}

function printable(document: MetadataDocument, type: string): Record<string, unknown> {
    const kinds = elementKinds(type);
    const names = kinds ? [...kinds.keys()].filter((name) => document[name] !== undefined) : Object.keys(document);
    return Object.fromEntries(
        names.map((name) => [name, printableValue(document[name] ?? '', kinds?.get(name)?.name ?? 'string')])
    );
}

function printableValue(value: MetadataValue, kind: string): unknown {
    if (typeof value === 'string') {
        return value;
    }
    if (Array.isArray(value)) {
        return value.map((item: string | MetadataDocument) => printableValue(item, kind));
    }
    const document = value as MetadataDocument;
    return kind === 'any' ? printableTyped(document) : printable(document, kind);
}

function printableTyped(value: MetadataDocument): Record<string, unknown> {
    return value['text'] === undefined
        ? { '@xsi:nil': 'true' }
        : { '@xsi:type': value['type'], '#text': value['text'] };
}
