import { readFileSync } from 'node:fs';
import { LIGHTNING_BUNDLE_TYPES } from './lightning-bundle-types.ts';

export interface MetadataTypeTable {
    /**
     * Elements of each complex type with their kind: `string`, `boolean`, `number`, `any` or the name of a type or
     * enumeration, followed by `!` when required or `[]` when repeated.
     */
    readonly types: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly enums: Readonly<Record<string, readonly string[]>>;
}

export interface ElementKind {
    /** `string`, `boolean`, `number`, `any`, or the name of a type or enumeration. */
    readonly name: string;
    readonly required: boolean;
    readonly repeated: boolean;
}

/** Elements that the typings lack. Source: Metadata API Developer Guide, the page of each type. */
const MISSING_ELEMENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    CustomField: { displayLocationInDecimal: 'boolean' }
};

let table: MetadataTypeTable | undefined;

/** Read at first use: an org that gets no deploy does not pay for it. */
function metadataTypes(): MetadataTypeTable {
    if (!table) {
        const text = readFileSync(new URL('metadata-types.json', import.meta.url), 'utf8');
        const generated = JSON.parse(text) as MetadataTypeTable;
        const types = { ...generated.types, ...LIGHTNING_BUNDLE_TYPES };
        for (const [type, elements] of Object.entries(MISSING_ELEMENTS)) types[type] = { ...types[type], ...elements };
        table = { types, enums: generated.enums };
    }
    return table;
}

/** Elements of a complex type in schema order; undefined when there is no such type. */
export function elementKinds(type: string): ReadonlyMap<string, ElementKind> | undefined {
    const elements = metadataTypes().types[type];
    return elements && new Map(Object.entries(elements).map(([name, kind]) => [name, elementKind(kind)]));
}

export function isComplexType(type: string): boolean {
    return metadataTypes().types[type] !== undefined;
}

export function enumValues(type: string): readonly string[] | undefined {
    return metadataTypes().enums[type];
}

function elementKind(kind: string): ElementKind {
    const repeated = kind.endsWith('[]');
    const required = kind.endsWith('!');
    return { name: kind.slice(0, kind.length - (repeated ? 2 : required ? 1 : 0)), required, repeated };
}
