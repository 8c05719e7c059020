import { recordValues, rootOf } from './metadata-documents.ts';

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
        [value as Value].flat().flatMap((entry) => {
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

/**
 * Label and values of a custom metadata record; what has no value is left out. `10.0` is 10. Fields that have a
 * placeholder in `own`, the record of the project, are left out of both.
 */
export function canonicalRecord(xml: string, own: string): string {
    const template = recordValues(own);
    const lines = Object.entries(recordValues(xml))
        .filter(([field, text]) => text !== '' && text !== 'false' && !PLACEHOLDER.test(template[field] ?? ''))
        .map(([field, text]) => `${field}=${/^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text}`);
    return [canonical((rootOf(xml)['label'] ?? '') as Value), ...lines.toSorted()].join('\n');
}
