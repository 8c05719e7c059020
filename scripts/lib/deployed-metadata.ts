import './client-environment.ts';
import { readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { ComponentSet, type SourceComponent } from '@salesforce/source-deploy-retrieve';
import { canonicalRecord, canonicalSet, canonicalText } from './canonical-metadata.ts';
import { retrieveFiles, type ComponentName, type Members } from './metadata-documents.ts';
import { onceFor } from './once-for.ts';
import type { BridgeOrg } from './org-connection.ts';

/** Triggers, Lightning components, permission sets and custom metadata of this project against those of an org. */
export interface MetadataComparison {
    readonly components: number;
    /** `LightningComponentBundle accountFields` */
    readonly missing: readonly string[];
    readonly different: readonly string[];
}

/** What counts of a file, in the org as in the project, whose text is the second; by type. */
const CANONICAL: Readonly<Record<string, (text: string, own: string) => string>> = {
    ApexTrigger: canonicalText,
    LightningComponentBundle: canonicalText,
    PermissionSet: canonicalSet,
    CustomMetadata: canonicalRecord
};

/** Compares folders of source with what the org has of it; throws when the org does not tell. */
export async function compareMetadata(org: BridgeOrg, folders: readonly string[]): Promise<MetadataComparison> {
    const own = ownComponents(folders);
    const files = own.length === 0 ? new Map<string, string>() : await retrieveFiles(org, membersOf(own));
    const isThere = (component: OwnComponent): boolean => component.files.some(({ path }) => files.has(path));
    const isSame = (component: OwnComponent): boolean =>
        component.files.every(
            ({ path, text, meaning }) => CANONICAL[component.type](files.get(path) ?? '', text) === meaning
        );
    return comparisonOf(own, isThere, isSame);
}

/** Names of components by type, for a retrieve. */
export function membersOf(components: readonly ComponentName[]): Members {
    const byType = Map.groupBy(components, ({ type }) => type);
    return Object.fromEntries([...byType].map(([type, list]) => [type, list.map(({ fullName }) => fullName)]));
}

/** `isSame` is asked of components that are there only. */
export function comparisonOf<T extends ComponentName>(
    own: readonly T[],
    isThere: (component: T) => boolean,
    isSame: (component: T) => boolean
): MetadataComparison {
    const nameOf = ({ type, fullName }: T): string => `${type} ${fullName}`;
    return {
        components: own.length,
        missing: own.filter((component) => !isThere(component)).map(nameOf),
        different: own.filter((component) => isThere(component) && !isSame(component)).map(nameOf)
    };
}

interface OwnComponent extends ComponentName {
    /** By their paths in a package, with what counts of the text. */
    readonly files: readonly { readonly path: string; readonly text: string; readonly meaning: string }[];
}

/** What the project has in the folders: read once, it does not change while a command runs. */
const ownComponents = onceFor((folders: readonly string[]): readonly OwnComponent[] => {
    const types = Object.keys(CANONICAL).map((type) => ({ type, fullName: ComponentSet.WILDCARD }));
    return ComponentSet.fromSource({ fsPaths: [...folders], include: new ComponentSet(types) })
        .getSourceComponents()
        .toArray()
        .map((component) => ({
            type: component.type.name,
            fullName: component.fullName,
            files: ownFiles(component).map(({ path, text }) => ({
                path,
                text,
                meaning: CANONICAL[component.type.name](text, text)
            }))
        }));
});

/**
 * Texts of a component by their paths in a package. What is said about a trigger or component beside its files is left out:
 * the org writes it in its own way.
 */
function ownFiles(component: SourceComponent): { path: string; text: string }[] {
    const files = component.content === undefined ? [component.xml ?? ''] : component.walkContent();
    return files.map((file) => ({
        path: component
            .getPackageRelativePath(file, 'metadata')
            .replace(/-meta\.xml$/, '')
            .replaceAll(sep, '/'),
        text: readFileSync(file, 'utf8')
    }));
}
