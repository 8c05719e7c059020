import type { MetadataDocument } from '../../org/metadata-registry.ts';
import { documentsOf, flagOf, textOf, textsOf } from '../../schema/document.ts';
import type { PackageProblem } from '../package/package-components.ts';
import type { DeployContext, MetadataHandler } from './metadata-handler.ts';
import { checkElement, noSuchComponent } from './references.ts';

const BUNDLE = 'LightningComponentBundle';

/** Target that a bundle must declare to stand on a page of the type. */
const TARGETS: Readonly<Record<string, string>> = {
    AppPage: 'lightning__AppPage',
    HomePage: 'lightning__HomePage',
    RecordPage: 'lightning__RecordPage'
};

export const flexiPageHandler: MetadataHandler = {
    check({ document, positions }, context) {
        const pageType = textOf(document, 'type') ?? '';
        const instances = documentsOf(document, 'flexiPageRegions')
            .flatMap((region) => documentsOf(region, 'itemInstances'))
            .flatMap((item) => documentsOf(item, 'componentInstance'));
        return [
            ...checkElement(context, document, 'sobjectType', 'CustomObject'),
            ...instances.flatMap((instance) =>
                checkInstance(instance, pageType, context).map((problem) => ({
                    ...problem,
                    ...positions.get(instance)
                }))
            )
        ];
    }
};

/** Names with a colon are the platform's own (`force:detailPanel`); bundles of the org stand without `c:`. */
function checkInstance(instance: MetadataDocument, pageType: string, context: DeployContext): PackageProblem[] {
    const name = textOf(instance, 'componentName') ?? '';
    const bundleName = name.startsWith('c:') ? name.slice(2) : name;
    if (bundleName.includes(':')) {
        return [];
    }
    const bundle = context.org.metadata.get(BUNDLE, bundleName)?.document;
    if (!bundle) {
        return [noSuchComponent('componentName', BUNDLE, bundleName)];
    }
    const target = TARGETS[pageType];
    const targets = documentsOf(bundle, 'targets').flatMap((list) => textsOf(list, 'target'));
    if (!flagOf(bundle, 'isExposed') || (target !== undefined && !targets.includes(target))) {
        return [{ message: `The component ${bundleName} isn't available on pages of type ${pageType}` }];
    }
    return unknownProperties(instance, bundle, bundleName);
}

function unknownProperties(instance: MetadataDocument, bundle: MetadataDocument, name: string): PackageProblem[] {
    const declared = documentsOf(bundle, 'targetConfigs')
        .flatMap((configs) => documentsOf(configs, 'targetConfig'))
        .flatMap((config) => documentsOf(config, 'property'))
        .map((property) => textOf(property, 'name'));
    return documentsOf(instance, 'componentInstanceProperties')
        .map((property) => textOf(property, 'name') ?? '')
        .filter((property) => !declared.includes(property))
        .map((property) => ({ message: `The property ${property} isn't defined on the component ${name}` }));
}
