import { parseSignature } from './parse-signature.ts';
import type { PlatformClass } from './signatures.ts';

/** A type of the platform that the type jar lacks, with its members in Apex. */
interface AdditionalType {
    readonly kind?: PlatformClass['kind'];
    readonly superclass?: string;
    readonly members?: readonly string[];
}

const EXCEPTION: AdditionalType = {
    superclass: 'System.Exception',
    members: ['()', '(String)', '(System.Exception)', '(String, System.Exception)']
};

/**
 * Types that came after the jar's release or that it leaves out, by qualified name. Source: Apex Reference, the page of
 * each; Apex Developer Guide, "Apex Cursors".
 */
const ADDITIONAL: Readonly<Record<string, AdditionalType>> = {
    'ConnectApi.TimeZone': { members: ['Double gmtOffset', 'String name'] },
    'Database.CursorFetchResult': {
        members: [
            'List<SObject> getRecords()',
            'Integer getNextIndex()',
            'Integer getNumDeletedRecords()',
            'Boolean isDone()'
        ]
    },
    'Database.PaginationCursor': {
        members: ['Database.CursorFetchResult fetchPage(Integer, Integer)', 'Integer getNumRecords()']
    },
    'System.DataWeaveScriptException': EXCEPTION,
    'System.FormulaEvaluationException': EXCEPTION,
    'System.FormulaValidationException': EXCEPTION,
    'Site.ExternalUserCreateException': EXCEPTION,
    'cache.CacheBuilderExecutionException': EXCEPTION,
    'cache.Session.SessionCacheException': EXCEPTION,
    'cache.Session.SessionCacheNoSessionException': EXCEPTION
};

/** Superclasses that the jar lacks (Apex Reference, Cache Namespace). */
const SUPERCLASSES: Readonly<Record<string, string>> = {
    'System.InvalidParameterValueException': 'System.Exception',
    'cache.OrgPartition': 'cache.Partition',
    'cache.SessionPartition': 'cache.Partition'
};

/** Names of the additional types. */
export const ADDITIONAL_NAMES: readonly string[] = Object.keys(ADDITIONAL);

/** An additional type by its qualified name in the platform's spelling. */
export function additionalType(name: string): PlatformClass | undefined {
    const type = ADDITIONAL[name];
    if (type === undefined) return undefined;
    const signatures = (type.members ?? []).map(parseSignature);
    const dot = name.indexOf('.');
    return {
        name,
        namespace: name.slice(0, dot),
        simpleName: name.slice(dot + 1),
        kind: type.kind ?? 'class',
        typeParameters: [],
        superclass: type.superclass,
        interfaces: [],
        constructors: signatures.filter((signature) => signature.kind === 'constructor'),
        methods: signatures.filter((signature) => signature.kind === 'method'),
        properties: signatures.filter((signature) => signature.kind === 'property'),
        enumValues: []
    };
}

/** Interfaces that the jar holds as classes (Apex Reference, the page of each). */
const INTERFACES: ReadonlySet<string> = new Set([
    'Auth.RegistrationHandler',
    'System.InstallHandler',
    'System.UninstallHandler',
    'System.SandboxContext',
    'System.SandboxPostCopy'
]);

/** Classes that code may extend, with the methods that it then must write; the others have a default. */
const OPEN_CLASSES: Readonly<Record<string, readonly string[]>> = {
    'Auth.AuthProviderPluginClass': ['getCustomMetadataType', 'getUserInfo', 'handleCallback', 'initiate'],
    'Auth.ConnectedAppPlugin': [],
    'Auth.ExternalClientAppOauthHandler': [],
    'Auth.Oauth2TokenExchangeHandler': ['getUserForTokenSubject', 'validateIncomingToken'],
    'System.SoqlStubProvider': ['handleSoqlQuery'],
    'VisualEditor.DynamicPickList': ['getDefaultValue', 'getValues']
};

/** A type of the jar with what the jar leaves out. */
export function completed(type: PlatformClass): PlatformClass {
    const superclass = type.superclass ?? SUPERCLASSES[type.name];
    if (INTERFACES.has(type.name)) {
        const methods = type.methods.map((method) => ({ ...method, isAbstract: true }));
        return { ...type, kind: 'interface', methods, constructors: [] };
    }
    const required = OPEN_CLASSES[type.name];
    if (required === undefined) {
        const interfaces = [...type.interfaces, ...(IMPLEMENTED[type.name] ?? [])];
        return { ...type, superclass, interfaces, properties: corrected(type) };
    }
    const methods = type.methods.map((method) => ({ ...method, isAbstract: required.includes(method.name) }));
    return { ...type, superclass, methods, isOpen: true };
}

/** Interfaces of classes that the jar leaves out (Apex Reference, StaticResourceCalloutMock). */
const IMPLEMENTED: Readonly<Record<string, readonly string[]>> = {
    'System.MultiStaticResourceCalloutMock': ['System.HttpCalloutMock'],
    'System.StaticResourceCalloutMock': ['System.HttpCalloutMock']
};

/** Properties that the jar leaves out. */
const MORE_PROPERTIES: Readonly<Record<string, PlatformClass['properties']>> = {
    'Database.LeadConvertResult': [{ name: 'relatedPersonAccountId', type: 'Id', isStatic: false }]
};

/** Properties whose type the jar has wrong. */
const PROPERTY_TYPES: Readonly<Record<string, string>> = { 'ConnectApi.UserSettings.timeZone': 'ConnectApi.TimeZone' };

/** Constants that the jar takes for properties of an object. */
const CONSTANTS: ReadonlySet<string> = new Set(['cache.Org.MAX_TTL_SECS', 'cache.Session.MAX_TTL_SECS']);

function corrected({ name, properties }: PlatformClass): PlatformClass['properties'] {
    return [...properties, ...(MORE_PROPERTIES[name] ?? [])].map((property) => {
        const path = `${name}.${property.name}`;
        return {
            ...property,
            type: PROPERTY_TYPES[path] ?? property.type,
            isStatic: property.isStatic || CONSTANTS.has(path)
        };
    });
}
