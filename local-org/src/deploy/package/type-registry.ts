import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** How a metadata type lies in a package: the part of source-deploy-retrieve's registry that a deploy needs. */
export interface PackagedType {
    readonly name: string;
    /** `classes`. */
    readonly directory: string;
    /** `cls`; undefined for bundles. */
    readonly suffix: string | undefined;
    /** `bundle`: a directory per component. `content`: a file and its -meta.xml. `document`: one XML file. */
    readonly shape: 'bundle' | 'content' | 'document';
    /** Types whose members are elements of this type's file: CustomField in CustomObject. */
    readonly children: readonly ChildType[];
}

export interface ChildType {
    readonly name: string;
    /** Element that holds them in the parent's file: `fields`. */
    readonly element: string;
    /** Element that names them: `fullName`, `name`. */
    readonly nameElement: string;
    /** False for CustomLabel, whose full name has no parent in front. */
    readonly parentInName: boolean;
}

interface RawType {
    readonly name: string;
    readonly directoryName: string;
    readonly suffix?: string;
    readonly strategies?: { readonly adapter: string };
    readonly children?: { readonly types: Readonly<Record<string, RawChild>> };
}

interface RawChild {
    readonly name: string;
    readonly directoryName: string;
    readonly uniqueIdElement?: string;
    readonly xmlElementName?: string;
    readonly ignoreParentName?: boolean;
}

interface Registry {
    readonly byName: ReadonlyMap<string, PackagedType>;
    readonly byDirectory: ReadonlyMap<string, readonly PackagedType[]>;
    readonly parentOf: ReadonlyMap<string, PackagedType>;
}

let registry: Registry | undefined;

/** Every metadata type that Salesforce's own client can put into a package, by its exact name. */
export function packagedType(name: string): PackagedType | undefined {
    return loaded().byName.get(name);
}

export function packagedTypes(): Iterable<PackagedType> {
    return loaded().byName.values();
}

/** The type in whose files the members of this type lie: CustomObject for CustomField. */
export function parentType(childType: string): PackagedType | undefined {
    return loaded().parentOf.get(childType);
}

/** The type of a file by its directory and, where types share a directory, its suffix. */
export function typeOfFile(directory: string, fileName: string): PackagedType | undefined {
    const candidates = loaded().byDirectory.get(directory) ?? [];
    return candidates.length > 1 ? candidates.find((type) => fileName.endsWith(`.${type.suffix}`)) : candidates[0];
}

function loaded(): Registry {
    registry ??= load();
    return registry;
}

/** The JSON alone, in about 3 ms; the library around it takes 60 ms and more. */
function load(): Registry {
    const path = createRequire(import.meta.url).resolve(
        '@salesforce/source-deploy-retrieve/lib/src/registry/metadataRegistry.json'
    );
    const { types } = JSON.parse(readFileSync(path, 'utf8')) as { types: Readonly<Record<string, RawType>> };
    const all = Object.values(types).map(toPackagedType);
    return {
        byName: new Map(all.map((type) => [type.name, type])),
        byDirectory: Map.groupBy(all, (type) => type.directory),
        parentOf: new Map(all.flatMap((type) => type.children.map((child) => [child.name, type] as const)))
    };
}

function toPackagedType(raw: RawType): PackagedType {
    return {
        name: raw.name,
        directory: raw.directoryName,
        suffix: raw.suffix,
        shape: shapeOf(raw.strategies?.adapter),
        children: Object.values(raw.children?.types ?? {}).map((child) => ({
            name: child.name,
            element: child.xmlElementName ?? child.directoryName,
            nameElement: child.uniqueIdElement ?? 'fullName',
            parentInName: child.ignoreParentName !== true
        }))
    };
}

function shapeOf(adapter: string | undefined): PackagedType['shape'] {
    if (adapter === 'bundle') {
        return 'bundle';
    }
    return adapter === 'matchingContentFile' || adapter === 'mixedContent' ? 'content' : 'document';
}
