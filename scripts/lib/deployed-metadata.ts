import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { canonicalRecord, canonicalSet, canonicalText } from './canonical-metadata.ts';
import { retrieveFiles } from './metadata-documents.ts';
import type { BridgeOrg } from './org-connection.ts';

/** Triggers, Lightning components, permission sets and custom metadata of this project against those of an org. */
export interface MetadataComparison {
    readonly components: number;
    /** `LightningComponentBundle accountFields` */
    readonly missing: readonly string[];
    readonly different: readonly string[];
}

interface Kind {
    readonly type: string;
    /** Files below a folder of source. */
    readonly pattern: string;
    /** Path of such a file in a package. */
    readonly path: (file: string) => string;
    readonly nameOf: (path: string) => string;
    /** What counts of the content, in the org as in the project, whose text is the second. */
    readonly canonical: (text: string, own: string) => string;
}

const withoutSuffix = (path: string): string => basename(path).replace(/\.[^.]+$/, '');

function xmlKind(type: string, folder: string, suffix: string, canonical: Kind['canonical']): Kind {
    return {
        type,
        pattern: `**/${folder}/*.${suffix}-meta.xml`,
        path: (file) => `${folder}/${basename(file).replace(/-meta\.xml$/, '')}`,
        nameOf: withoutSuffix,
        canonical
    };
}

/** What is said about a trigger or component beside its files, the org writes in its own way. */
const KINDS: readonly Kind[] = [
    {
        type: 'ApexTrigger',
        pattern: '**/triggers/*.trigger',
        path: (file) => `triggers/${basename(file)}`,
        nameOf: withoutSuffix,
        canonical: canonicalText
    },
    {
        type: 'LightningComponentBundle',
        pattern: '**/lwc/*/*.{js,html,css}',
        path: (file) => `lwc/${basename(dirname(file))}/${basename(file)}`,
        nameOf: (path) => basename(dirname(path)),
        canonical: canonicalText
    },
    xmlKind('PermissionSet', 'permissionsets', 'permissionset', canonicalSet),
    xmlKind('CustomMetadata', 'customMetadata', 'md', canonicalRecord)
];

interface OwnFile {
    readonly kind: Kind;
    readonly name: string;
    readonly path: string;
    readonly text: string;
}

/** Compares folders of source with what the org has of it; throws when the org does not tell. */
export async function compareMetadata(org: BridgeOrg, folders: readonly string[]): Promise<MetadataComparison> {
    const own = folders.flatMap(ownFiles);
    const components = Map.groupBy(own, ({ kind, name }) => `${kind.type} ${name}`);
    const members = Object.fromEntries(
        KINDS.map(({ type }): [string, string[]] => [
            type,
            [...new Set(own.filter(({ kind }) => kind.type === type).map(({ name }) => name))]
        ]).filter(([, names]) => names.length > 0)
    );
    const files = components.size === 0 ? new Map<string, string>() : await retrieveFiles(org, members);
    const isThere = (file: OwnFile): boolean => files.has(file.path);
    const isSame = ({ kind, path, text }: OwnFile): boolean =>
        kind.canonical(files.get(path) ?? '', text) === kind.canonical(text, text);
    const found = [...components].filter(([, list]) => list.some(isThere));
    return {
        components: components.size,
        missing: [...components.keys()].filter((key) => !found.some(([other]) => other === key)),
        different: found.filter(([, list]) => !list.every(isSame)).map(([key]) => key)
    };
}

function ownFiles(folder: string): OwnFile[] {
    return KINDS.flatMap((kind) =>
        globSync(kind.pattern, { cwd: folder }).map((file) => {
            const path = kind.path(file);
            return { kind, path, name: kind.nameOf(path), text: readFileSync(join(folder, file), 'utf8') };
        })
    );
}
