import { XMLBuilder, XMLParser } from 'fast-xml-parser';

/** A metadata document: text, a document of its own, or a list of either, by element. */
export interface Document {
    readonly [element: string]: Value | undefined;
}
export type Value = string | Document | readonly (string | Document)[];

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, trimValues: true });
const builder = new XMLBuilder({
    format: true,
    indentBy: '    ',
    ignoreAttributes: false,
    suppressEmptyNode: false
});

export function parse(xml: string, root: string): Document | undefined {
    const document = parser.parse(xml) as Record<string, Document | undefined>;
    const found = document[root];
    return typeof found === 'object' ? found : undefined;
}

/** With its elements in alphabetical order, which the Metadata API always takes. */
export function print(root: string, document: Document): string {
    const sorted = Object.fromEntries(
        Object.entries(document)
            .filter(([, value]) => value !== undefined)
            .toSorted(([left], [right]) => (left < right ? -1 : 1))
    );
    const body = builder.build({ [root]: { '@_xmlns': NAMESPACE, ...sorted } });
    return `<?xml version="1.0" encoding="UTF-8" ?>\n${body}`;
}

export function text(document: Document | undefined, element: string): string | undefined {
    const value = document?.[element];
    return typeof value === 'string' && value !== '' ? value : undefined;
}

export function flag(document: Document | undefined, element: string): boolean {
    return text(document, element) === 'true';
}

export function child(document: Document | undefined, element: string): Document | undefined {
    const value = document?.[element];
    return typeof value === 'object' && !Array.isArray(value) ? (value as Document) : undefined;
}

/** A repeated element, however often it is there. */
export function list<T extends string | Document>(document: Document | undefined, element: string): readonly T[] {
    const value = document?.[element];
    return value === undefined || value === '' ? [] : ([value].flat() as T[]);
}
