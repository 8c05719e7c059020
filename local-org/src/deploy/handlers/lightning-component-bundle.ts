import type { MetadataDocument } from '../../org/metadata-registry.ts';
import { documentsOf, textOf, textsOf } from '../../schema/document.ts';
import { commaSeparated } from '../document/comma-separated.ts';
import type { PackageComponent, PackageProblem } from '../package/package-components.ts';
import type { MetadataHandler } from './metadata-handler.ts';
import { checkReference } from './references.ts';

const RECORD_PAGE = 'lightning__RecordPage';
const PAGE_TARGETS = [RECORD_PAGE, 'lightning__AppPage', 'lightning__HomePage'];
const PAGE_PROPERTY_TYPES = ['Boolean', 'Integer', 'String'];
const FORM_FACTORS = ['Large', 'Small'];
const DYNAMIC_COMPONENT_VERSION = 55;

/** Attributes that only a property of the type may have. */
const TYPED_ATTRIBUTES: Readonly<Record<string, string>> = {
    min: 'Integer',
    max: 'Integer',
    datasource: 'String',
    placeholder: 'String'
};

/** Rules of `<bundle>.js-meta.xml`; the code is checked for all bundles at once, see lightning-compilation.ts. */
export const lightningComponentBundleHandler: MetadataHandler = {
    check(component, context) {
        const { document, fullName } = component;
        const version = Number(textOf(document, 'apiVersion'));
        const targets = documentsOf(document, 'targets').flatMap((list) => textsOf(list, 'target'));
        const configs = documentsOf(document, 'targetConfigs').flatMap((list) => documentsOf(list, 'targetConfig'));
        const problems: PackageProblem[] = [];
        if (version > Number(context.org.apiVersion)) {
            problems.push({
                message: `Invalid API version ${version}: this org answers up to ${context.org.apiVersion}`
            });
        }
        const capabilities = documentsOf(document, 'capabilities').flatMap((list) => textsOf(list, 'capability'));
        if (capabilities.includes('lightning__dynamicComponent') && version < DYNAMIC_COMPONENT_VERSION) {
            problems.push({
                message: `lightning__dynamicComponent requires API version ${DYNAMIC_COMPONENT_VERSION}.0`
            });
        }
        const objects = configs
            .flatMap((config) => documentsOf(config, 'objects'))
            .flatMap((list) => textsOf(list, 'object'))
            .filter((object) => checkReference(context, 'object', 'CustomObject', object).length > 0);
        return [
            ...problems,
            ...objects.map((object) => ({
                message: `Invalid reference ${object} of type sobjectClass in file ${fullName}.js-meta.xml`
            })),
            ...configs.flatMap((config) => checkTargetConfig(config, targets, component))
        ];
    }
};

function checkTargetConfig(
    config: MetadataDocument,
    declared: readonly string[],
    { positions }: PackageComponent
): PackageProblem[] {
    const targets = commaSeparated(textOf(config, 'targets'));
    const undeclared = targets.filter((target) => !declared.includes(target));
    const properties = documentsOf(config, 'property');
    const onPage = targets.some((target) => PAGE_TARGETS.includes(target));
    const messages = [
        ...undeclared.map((target) => `The target ${target} of a targetConfig isn't declared in targets`),
        ...properties.flatMap((property) => checkProperty(property, onPage)),
        ...duplicates(properties.map((property) => textOf(property, 'name') ?? '')).map(
            (name) => `The property ${name} is declared more than once`
        ),
        ...(config['objects'] !== undefined && !targets.includes(RECORD_PAGE) && onPage
            ? [`The tag objects isn't supported for the target ${targets.join(', ')}`]
            : []),
        ...checkFormFactors(config)
    ];
    return messages.map((message) => ({ message, ...positions.get(config) }));
}

function checkProperty(property: MetadataDocument, onPage: boolean): string[] {
    const name = textOf(property, 'name') ?? '';
    const type = textOf(property, 'type') ?? '';
    if (onPage && !PAGE_PROPERTY_TYPES.includes(type)) {
        return [`The property ${name} has the type ${type}; supported types are ${PAGE_PROPERTY_TYPES.join(', ')}`];
    }
    return Object.entries(TYPED_ATTRIBUTES)
        .filter(([attribute, only]) => property[attribute] !== undefined && type !== only)
        .map(([attribute, only]) => `The attribute ${attribute} of property ${name} is only for the type ${only}`);
}

function checkFormFactors(config: MetadataDocument): string[] {
    return documentsOf(config, 'supportedFormFactors')
        .flatMap((list) => documentsOf(list, 'supportedFormFactor'))
        .map((factor) => textOf(factor, 'type') ?? '')
        .filter((type) => !FORM_FACTORS.includes(type))
        .map((type) => `The form factor ${type} isn't valid; use ${FORM_FACTORS.join(' or ')}`);
}

function duplicates(names: readonly string[]): string[] {
    return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
