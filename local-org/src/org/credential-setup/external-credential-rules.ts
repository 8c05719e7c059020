import { documentsOf, textOf } from '../../schema/document.ts';
import type { MetadataDocument } from '../metadata-registry.ts';

const TYPE = 'ExternalCredential';
export const PRINCIPAL_TYPES: readonly string[] = ['NamedPrincipal', 'PerUserPrincipal', 'AwsStsPrincipal'];

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
    'AwsSv4 AwsSv4_STS': { required: [VARIANT], allowed: ['AuthProviderUrl'] },
    'AwsSv4 RolesAnywhere': { required: [VARIANT, 'SigningCertificate'], allowed: ['AuthProviderUrl'] }
};

const ALLOWED_EVERYWHERE = [
    ...PRINCIPAL_TYPES,
    'AdditionalRefreshStatusCode',
    'AuthHeader',
    'AuthParameter',
    'AuthProviderUrlQueryParameter'
];

/** Faults of the document itself, in the platform's words where they are known. */
export function externalCredentialProblems(document: MetadataDocument | undefined): string[] {
    const parameters = documentsOf(document, 'externalCredentialParameters');
    const protocol = textOf(document, 'authenticationProtocol') ?? '';
    if (RESERVED_PROTOCOLS.includes(protocol)) {
        return [`External Credentials don't support the "${protocol}" authentication protocol`];
    }
    const types = parameters.map((parameter) => textOf(parameter, 'parameterType') ?? '');
    const variant = parameters.find((parameter) => textOf(parameter, 'parameterType') === VARIANT);
    const name = [protocol, textOf(variant, 'parameterValue')].filter((part) => part !== undefined).join(' ');
    const rule = RULES[name];
    if (!rule) {
        return [`The local org does not support the authentication protocol "${name}" in an ${TYPE}`];
    }
    return [
        ...missingTypes(name, rule, types),
        ...unsupportedTypes(protocol, rule, types),
        ...duplicateNames(parameters),
        ...badAudience(parameters)
    ];
}

function missingTypes(name: string, rule: ProtocolRule, types: readonly string[]): string[] {
    if (rule.required.every((type) => types.includes(type))) {
        return [];
    }
    const list = rule.required.join(', ');
    const subject = `The authentication protocol "${name}" requires the following external credential parameter types`;
    return [`${subject}: ${list}.`];
}

function unsupportedTypes(protocol: string, rule: ProtocolRule, types: readonly string[]): string[] {
    const allowed = [...rule.required, ...rule.allowed, ...ALLOWED_EVERYWHERE];
    const extra = [...new Set(types)].filter((type) => !allowed.includes(type));
    if (extra.length === 0) {
        return [];
    }
    const subject = `The authentication protocol '${protocol}' doesn't support the following external credential`;
    return [`${subject} parameter type(s): ${extra.join(', ')}.`];
}

function duplicateNames(parameters: readonly MetadataDocument[]): string[] {
    const keys = parameters
        .filter((parameter) => PRINCIPAL_TYPES.includes(textOf(parameter, 'parameterType') ?? ''))
        .map((parameter) => textOf(parameter, 'parameterName')?.toLowerCase());
    const repeated = keys.find((key, index) => keys.indexOf(key) !== index);
    return repeated === undefined ? [] : [`The principal ${repeated} is defined more than once.`];
}

/** The claim is JSON: a quoted string or an array. */
function badAudience(parameters: readonly MetadataDocument[]): string[] {
    const audience = parameters.find(
        (parameter) =>
            textOf(parameter, 'parameterType') === 'JwtBodyClaim' && textOf(parameter, 'parameterName') === 'aud'
    );
    const value = textOf(audience, 'parameterValue');
    return value === undefined || isJson(value) ? [] : ['The JWT aud claim has invalid JSON syntax'];
}

function isJson(value: string): boolean {
    try {
        JSON.parse(value);
        return true;
    } catch {
        return false;
    }
}
