import { recordValues, rootOf } from './metadata-documents.ts';

/*
 * Texts that are equal when metadata means the same. An org gives what it has in its own order, with what is off or empty
 * written out or left out. Source: Metadata API Developer Guide, PermissionSet, CustomMetadata and the types of logins.
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

/**
 * Whether a document has what another one states, repeated elements in any order. Elements of which that says nothing are the
 * org's own, such as `oauthLink`; an element that is stated holds nothing more.
 */
export function hasStated(xml: string, stated: string): boolean {
    return covers(rootOf(xml) as Value, rootOf(stated) as Value);
}

function covers(found: Value, stated: Value): boolean {
    if (typeof stated !== 'object' || typeof found !== 'object') {
        return found === stated;
    }
    const all = found as Readonly<Record<string, Value>>;
    return Object.entries(stated).every(([element, value]) => {
        const [theirs, ours] = [entriesOf(element, all[element] ?? ''), entriesOf(element, value)];
        return theirs.length === ours.length && ours.every((one) => theirs.some((other) => covers(other, one)));
    });
}

/** Between the values of a list in one text. */
const SEPARATORS: Readonly<Partial<Record<string, string>>> = {
    callbackUrl: '\n',
    commaSeparatedOauthScopes: ',',
    commaSeparatedPermissionSet: ','
};

/** Values of an element that may come several times; what is off or empty is as none. */
function entriesOf(element: string, value: Value): readonly Value[] {
    const entries = [value].flat() as readonly Value[];
    return entries
        .flatMap((entry) => (typeof entry === 'string' ? textsOf(element, entry) : [entry]))
        .filter((entry) => entry !== '' && entry !== 'false');
}

function textsOf(element: string, text: string): readonly Value[] {
    if (element === 'certificate') {
        return [withoutArmour(text)];
    }
    const separator = SEPARATORS[element];
    return separator === undefined ? [text.trim()] : text.split(separator).map((part) => part.trim());
}

/** Base64 of a certificate, however it is wrapped; a name stays as it is. */
function withoutArmour(text: string): string {
    return text.replaceAll(/-----[A-Z ]+-----|\s/g, '');
}
