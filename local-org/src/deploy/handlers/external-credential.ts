import type { MetadataDocument } from '../../org/metadata-registry.ts';
import { documentsOf, textOf } from '../../schema/document.ts';
import type { PackageComponent, PackageProblem } from '../package/package-components.ts';
import type { DeployContext, MetadataHandler } from './metadata-handler.ts';
import { checkElement } from './references.ts';

const TYPE = 'ExternalCredential';
/** The platform's object for principals; `<credential>-<principal>` names one. */
const PRINCIPAL = 'ExternalCredentialParameter';
const PRINCIPAL_TYPES = ['NamedPrincipal', 'PerUserPrincipal', 'AwsStsPrincipal'];

/** Protocols that the Metadata API knows and an external credential may not use. */
const RESERVED_PROTOCOLS = ['JwtExchange', 'Password'];

/** Parameter types beyond principals and headers that a protocol, with its variant, must and may have. */
interface ProtocolRule {
    readonly required: readonly string[];
    readonly allowed: readonly string[];
}

const VARIANT = 'AuthProtocolVariant';
const CLIENT_SECRET: ProtocolRule = { required: [VARIANT, 'AuthProviderUrl'], allowed: [] };
const SIGNED: ProtocolRule = {
    required: [VARIANT, 'AuthProviderUrl', 'SigningCertificate'],
    allowed: ['JwtBodyClaim', 'JwtHeaderClaim']
};

/** Source: Metadata API Developer Guide, ExternalCredential, and the checks that the platform's messages show. */
const RULES: Readonly<Record<string, ProtocolRule>> = {
    Oauth: { required: [], allowed: ['AuthProvider', 'ExternalAuthIdentityProvider'] },
    'Oauth ClientCredentialsClientSecret': CLIENT_SECRET,
    'Oauth ClientCredentialsClientSecretBasic': CLIENT_SECRET,
    'Oauth ClientCredentialsJwtAssertion': SIGNED,
    'Oauth JwtBearer': SIGNED,
    Jwt: { required: ['SigningCertificate'], allowed: ['JwtBodyClaim', 'JwtHeaderClaim'] },
    Basic: { required: [], allowed: [] },
    Custom: { required: [], allowed: [] },
    'Custom NoAuthentication': { required: [VARIANT], allowed: [] },
    NoAuthentication: { required: [], allowed: [] },
    AwsSv4: { required: [], allowed: [] },
    'AwsSv4 AwsSv4_STS': { required: [VARIANT], allowed: ['AuthProviderUrl'] }
};

const ALLOWED_EVERYWHERE = [
    ...PRINCIPAL_TYPES,
    'AdditionalRefreshStatusCode',
    'AuthHeader',
    'AuthParameter',
    'AuthProviderUrlQueryParameter'
];

export const externalCredentialHandler: MetadataHandler = {
    check(component, context) {
        const parameters = documentsOf(component.document, 'externalCredentialParameters');
        return [
            ...checkProtocol(component.document, parameters),
            ...parameters.flatMap((parameter) => [
                ...checkElement(context, parameter, 'authProvider', 'AuthProvider'),
                ...checkElement(context, parameter, 'externalAuthIdentityProvider', 'ExternalAuthIdentityProvider'),
                ...checkElement(context, parameter, 'certificate', 'Certificate')
            ])
        ];
    },
    // The deployed document replaces the stored one: a principal that it leaves out is gone, and its secret with it.
    stageParts(component, context) {
        const { metadata } = context.org;
        const kept = new Set<string>();
        for (const principal of principalsOf(component)) {
            const fullName = principalFullName(component.fullName, textOf(principal, 'parameterName') ?? '');
            kept.add(fullName.toLowerCase());
            metadata.put({ type: PRINCIPAL, fullName, files: new Map(), document: principal });
        }
        removePrincipals(component.fullName, context, (fullName) => !kept.has(fullName.toLowerCase()));
    },
    removeParts: (fullName, context) => removePrincipals(fullName, context, () => true)
};

function principalsOf(component: PackageComponent): readonly MetadataDocument[] {
    return documentsOf(component.document, 'externalCredentialParameters').filter((parameter) =>
        PRINCIPAL_TYPES.includes(textOf(parameter, 'parameterType') ?? '')
    );
}

function principalFullName(credential: string, principal: string): string {
    return `${credential}-${principal}`;
}

function removePrincipals(credential: string, { org }: DeployContext, condition: (name: string) => boolean): void {
    const prefix = principalFullName(credential, '').toLowerCase();
    for (const { fullName } of org.metadata.list(PRINCIPAL)) {
        if (fullName.toLowerCase().startsWith(prefix) && condition(fullName)) {
            org.metadata.remove(PRINCIPAL, fullName);
        }
    }
}

function checkProtocol(
    document: MetadataDocument | undefined,
    parameters: readonly MetadataDocument[]
): PackageProblem[] {
    const protocol = textOf(document, 'authenticationProtocol') ?? '';
    if (RESERVED_PROTOCOLS.includes(protocol)) {
        return [{ message: `External Credentials don't support the "${protocol}" authentication protocol` }];
    }
    const types = parameters.map((parameter) => textOf(parameter, 'parameterType') ?? '');
    const variant = parameters.find((parameter) => textOf(parameter, 'parameterType') === VARIANT);
    const name = [protocol, textOf(variant, 'parameterValue')].filter((part) => part !== undefined).join(' ');
    const rule = RULES[name];
    if (!rule) {
        return [{ message: `The local org does not support the authentication protocol "${name}" in an ${TYPE}` }];
    }
    return [
        ...missingTypes(name, rule, types),
        ...unsupportedTypes(protocol, rule, types),
        ...duplicateNames(parameters),
        ...badAudience(parameters)
    ];
}

function missingTypes(name: string, rule: ProtocolRule, types: readonly string[]): PackageProblem[] {
    if (rule.required.every((type) => types.includes(type))) {
        return [];
    }
    const list = rule.required.join(', ');
    const subject = `The authentication protocol "${name}" requires the following external credential parameter types`;
    return [{ message: `${subject}: ${list}.` }];
}

function unsupportedTypes(protocol: string, rule: ProtocolRule, types: readonly string[]): PackageProblem[] {
    const allowed = [...rule.required, ...rule.allowed, ...ALLOWED_EVERYWHERE];
    const extra = [...new Set(types)].filter((type) => !allowed.includes(type));
    if (extra.length === 0) {
        return [];
    }
    const subject = `The authentication protocol '${protocol}' doesn't support the following external credential`;
    return [{ message: `${subject} parameter type(s): ${extra.join(', ')}.` }];
}

function duplicateNames(parameters: readonly MetadataDocument[]): PackageProblem[] {
    const keys = parameters
        .filter((parameter) => PRINCIPAL_TYPES.includes(textOf(parameter, 'parameterType') ?? ''))
        .map((parameter) => textOf(parameter, 'parameterName')?.toLowerCase());
    const repeated = keys.find((key, index) => keys.indexOf(key) !== index);
    return repeated === undefined ? [] : [{ message: `The principal ${repeated} is defined more than once.` }];
}

/** The claim is JSON: a quoted string or an array. */
function badAudience(parameters: readonly MetadataDocument[]): PackageProblem[] {
    const audience = parameters.find(
        (parameter) =>
            textOf(parameter, 'parameterType') === 'JwtBodyClaim' && textOf(parameter, 'parameterName') === 'aud'
    );
    const value = textOf(audience, 'parameterValue');
    return value === undefined || isJson(value) ? [] : [{ message: 'The JWT aud claim has invalid JSON syntax' }];
}

function isJson(value: string): boolean {
    try {
        JSON.parse(value);
        return true;
    } catch {
        return false;
    }
}
