import { XMLParser } from 'fast-xml-parser';

/*
 * Texts that are equal when metadata means the same. An org gives what it has in its own order, with what is off or empty
 * written out or left out. Source: Metadata API Developer Guide, PermissionSet and CustomMetadata.
 */

type Value = string | readonly Value[] | { readonly [element: string]: Value };

/** Line ends and blank ends do not count. */
export function canonicalText(text: string): string {
    return text.replaceAll('\r\n', '\n').trim();
}

/** What grants something: a switch that is on, or a tab that is shown. */
const GRANT = /=true|visibility=(?:Available|Visible)/;

/** What a permission set grants, in any order; an entry that grants nothing is as none. */
export function canonicalSet(xml: string): string {
    const lines = Object.entries(rootOf(xml)).flatMap(([element, value]) =>
        [value].flat().flatMap((entry) => {
            const shown = canonical(entry);
            const grants = typeof entry === 'object' ? GRANT.test(shown) : shown !== '';
            return grants ? [`${element} ${shown}`] : [];
        })
    );
    return lines.toSorted().join('\n');
}

function canonical(value: Value): string {
    if (typeof value !== 'object') {
        return value === 'false' ? '' : value.trim();
    }
    return Object.entries(value)
        .map(([element, below]) => `${element}=${canonical(below)}`)
        .filter((line) => !line.endsWith('='))
        .toSorted()
        .join('; ');
}

/** Filled in when it is deployed, so nothing to compare. */
const PLACEHOLDER = /%%\w+%%/;

interface RecordValue {
    readonly field: string;
    readonly value?: unknown;
}

/**
 * Label and values of a custom metadata record; what has no value is left out. `10.0` is 10. Fields that have a
 * placeholder in `own`, the record of the project, are left out of both.
 */
export function canonicalRecord(xml: string, own: string): string {
    const { label = '', values = [] } = rootOf(xml);
    const filled = new Set(
        recordValues(rootOf(own)['values'] ?? []).flatMap(([field, text]) => (PLACEHOLDER.test(text) ? [field] : []))
    );
    const lines = recordValues(values)
        .filter(([field, text]) => text !== '' && text !== 'false' && !filled.has(field))
        .map(([field, text]) => `${field}=${/^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text}`);
    return [canonical(label), ...lines.toSorted()].join('\n');
}

function recordValues(values: Value): [field: string, text: string][] {
    return ([values].flat() as unknown as RecordValue[]).map(({ field, value }) => [
        field,
        typeof value === 'string' ? value.trim() : ''
    ]);
}

/** Children of the document's root. */
function rootOf(xml: string): Readonly<Record<string, Value>> {
    const parsed = new XMLParser({ parseTagValue: false }).parse(xml) as Record<string, Value>;
    const root = Object.entries(parsed).find(([name]) => !name.startsWith('?'))?.[1];
    return typeof root === 'object' ? (root as Readonly<Record<string, Value>>) : {};
}
