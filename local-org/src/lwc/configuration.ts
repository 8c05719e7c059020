import { documentsOf, textOf } from '../schema/document.ts';
import { packagePath, type BundleProblem, type LightningBundle } from './bundle.ts';
import { publicMembers } from './references.ts';
import type { MetadataDocument } from '../org/metadata-registry.ts';

/**
 * What a page may set on the component has to be there. The other rules of `<name>.js-meta.xml` need no code and are
 * checked with the other metadata documents.
 */
export function configurationProblems(bundle: LightningBundle): BundleProblem[] {
    const members = publicMembers(bundle);
    if (members === undefined) {
        return [];
    }
    const names = targetConfigs(bundle.configuration)
        .flatMap((config) => documentsOf(config, 'property'))
        .map((property) => textOf(property, 'name') ?? '')
        .filter((name) => !members.has(name));
    return [...new Set(names)].map((name) => ({
        file: packagePath(bundle.name, `${bundle.name}.js-meta.xml`),
        line: 1,
        column: 1,
        message: `The property ${name} isn't a public property of the component: it has no @api member of that name`
    }));
}

/** Type of each property that the bundle offers on a target: `maxRows` to `Integer`. */
export function propertyTypes(bundle: LightningBundle, target: string): ReadonlyMap<string, string> {
    const properties = targetConfigs(bundle.configuration)
        .filter((config) => namesTarget(config, target))
        .flatMap((config) => documentsOf(config, 'property'));
    return new Map(properties.map((property) => [textOf(property, 'name') ?? '', textOf(property, 'type') ?? '']));
}

function targetConfigs(configuration: MetadataDocument | undefined): readonly MetadataDocument[] {
    return documentsOf(configuration, 'targetConfigs').flatMap((list) => documentsOf(list, 'targetConfig'));
}

function namesTarget(config: MetadataDocument, target: string): boolean {
    return (textOf(config, 'targets') ?? '').split(',').some((name) => name.trim() === target);
}
