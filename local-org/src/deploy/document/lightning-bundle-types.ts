/**
 * The schema of `<bundle>.js-meta.xml`. The Metadata API's typings carry its parts as opaque text, so it is written here
 * from the LWC guide, "XML Configuration File Elements". Attributes are listed like elements, as documents hold them.
 */
export const LIGHTNING_BUNDLE_TYPES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    LightningComponentBundle: {
        fqn: 'string',
        apiVersion: 'number!',
        capabilities: 'LightningCapabilities',
        description: 'string',
        isExplicitImport: 'boolean',
        isExposed: 'boolean',
        masterLabel: 'string',
        runtimeNamespace: 'string',
        targetConfigs: 'LightningTargetConfigs',
        targets: 'LightningTargets'
    },
    LightningCapabilities: { capability: 'string[]' },
    LightningTargets: { target: 'string[]' },
    LightningTargetConfigs: { targetConfig: 'LightningTargetConfig[]' },
    LightningTargetConfig: {
        targets: 'string!',
        configurationEditor: 'string',
        actionType: 'string',
        hasStep: 'boolean',
        objects: 'LightningObjects',
        property: 'LightningProperty[]',
        propertyType: 'LightningPropertyType[]',
        supportedFormFactors: 'LightningFormFactors'
    },
    LightningObjects: { object: 'string[]' },
    LightningProperty: {
        name: 'string!',
        type: 'string!',
        label: 'string',
        description: 'string',
        default: 'string',
        required: 'boolean',
        min: 'number',
        max: 'number',
        datasource: 'string',
        placeholder: 'string',
        role: 'string',
        exposedTo: 'string',
        translatable: 'boolean',
        filter: 'string',
        screenResponsive: 'string',
        exposed: 'boolean'
    },
    LightningPropertyType: { name: 'string!', extends: 'string!', label: 'string', description: 'string' },
    LightningFormFactors: { supportedFormFactor: 'LightningFormFactor[]' },
    LightningFormFactor: { type: 'string!' }
};
