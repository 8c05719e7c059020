import type { PlatformClass, PlatformMethod } from '../../../local-org/src/platform/signatures.ts';

/** Members that the signature table lacks, as source, by class. */
const ADDITIONS: Readonly<Record<string, readonly string[]>> = {
    'System.Database': [
        'global static Database.PaginationCursor getPaginationCursor(String query, AccessLevel level) { return null; }',
        `global static Database.PaginationCursor getPaginationCursorWithBinds(
            String query, Map<String, Object> binds, AccessLevel level) { return null; }`
    ],
    'System.QueueableDuplicateSignature': [
        'global static QueueableDuplicateSignature.Builder Builder() { return null; }'
    ]
};

/** Methods whose return type the table has otherwise: `start` of a batch may return any Iterable of its scope. */
const RETURNS: Readonly<Record<string, string>> = { 'Database.Batchable.start': 'Iterable<T>' };

const INTERFACES: Readonly<Record<string, readonly string[]>> = { 'Database.QueryLocator': ['Iterable<SObject>'] };

/** What every object answers; the table lists it for a few classes only. */
const OF_EVERY_OBJECT: Readonly<Record<string, string>> = {
    toString: 'global override String toString() { return null; }',
    equals: 'global override Boolean equals(Object other) { return null; }',
    hashCode: 'global override Integer hashCode() { return null; }'
};

/** Members of a class that the table lacks, as source. */
export function platformAdditions({ name }: PlatformClass): string[] {
    return [...(ADDITIONS[name] ?? []), ...Object.values(OF_EVERY_OBJECT)];
}

/** Whether `platformAdditions` has the method: it replaces what the table may list. */
export function isOfEveryObject({ name, isStatic }: PlatformMethod): boolean {
    return !isStatic && name in OF_EVERY_OBJECT;
}

export function returnTypeOf(type: PlatformClass, { name, returns }: PlatformMethod): string {
    return RETURNS[`${type.name}.${name}`] ?? returns;
}

export function interfacesOf({ name, interfaces }: PlatformClass): readonly string[] {
    return [...interfaces, ...(INTERFACES[name] ?? [])];
}
