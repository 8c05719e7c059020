import { headerParameters } from './custom-headers.ts';
import {
    inputOf,
    inputsOf,
    numberText,
    optionalChoice,
    optionalText,
    requiredChoice,
    requiredName,
    requiredText,
    withoutAbsent,
    type Input
} from './input.ts';
import { invalid } from './setup-fault.ts';
import type { MetadataDocument } from '../metadata-registry.ts';

/*
 * An ExternalCredential document from an External Credential Input. Source: Apex Reference, ConnectApi.ExternalCredentialInput
 * and the classes that it names; Metadata API Developer Guide, ExternalCredential.
 */

const PROPERTIES = [
    'authenticationProtocol',
    'authenticationProtocolVariant',
    'customHeaders',
    'developerName',
    'masterLabel',
    'parameters',
    'principals'
];
const PARAMETER = ['id', 'parameterDescription', 'parameterName', 'parameterType', 'parameterValue'];
const PRINCIPAL = ['id', 'parameters', 'principalName', 'principalType', 'sequenceNumber'];

/** Spelt `OAuth` here although the metadata spells it `Oauth`. */
const PROTOCOLS = ['AwsSv4', 'Basic', 'Custom', 'Jwt', 'OAuth'];
const VARIANTS = [
    'AwsSv4_STS',
    'ClientCredentialsClientSecret',
    'ClientCredentialsClientSecretBasic',
    'ClientCredentialsJwtAssertion',
    'JwtBearer',
    'NoAuthentication',
    'RolesAnywhere'
];
const PARAMETER_TYPES = [
    'AdditionalRefreshStatusCode',
    'AuthParameter',
    'AuthProvider',
    'AuthProviderUrl',
    'AuthProviderUrlQueryParameter',
    'ExternalAuthIdentityProvider',
    'JwtBodyClaim',
    'JwtHeaderClaim',
    'ManagedByComponent',
    'ManagedByFeature',
    'SfHttpRequestExtensionName',
    'SigningCertificate'
];
const PRINCIPAL_TYPES = ['NamedPrincipal', 'PerUserPrincipal', 'AwsStsPrincipal'];

/** Parameters whose value names a component. */
const NAMING: Readonly<Record<string, string>> = {
    AuthProvider: 'authProvider',
    ExternalAuthIdentityProvider: 'externalAuthIdentityProvider',
    SigningCertificate: 'certificate'
};

/** `known`: the name of the credential that is updated, whose input need not give it. */
export function externalCredentialDocument(
    value: unknown,
    known: string | undefined
): { readonly fullName: string; readonly document: MetadataDocument } {
    const input = inputOf(value, PROPERTIES);
    const fullName =
        known !== undefined && optionalText(input, 'developerName') === undefined
            ? known
            : requiredName(input, 'developerName');
    const protocol = requiredChoice(input, 'authenticationProtocol', PROTOCOLS);
    const variant = optionalChoice(input, 'authenticationProtocolVariant', VARIANTS);
    const parameterName = protocol === 'OAuth' ? 'Oauth' : protocol;
    return {
        fullName,
        document: {
            authenticationProtocol: parameterName,
            externalCredentialParameters: [
                ...(variant === undefined
                    ? []
                    : [
                          {
                              parameterGroup: 'DefaultGroup',
                              parameterName,
                              parameterType: 'AuthProtocolVariant',
                              parameterValue: variant
                          }
                      ]),
                ...parameters(input, 'DefaultGroup'),
                ...headerParameters(input, 'AuthHeader'),
                ...principals(input)
            ],
            label: requiredText(input, 'masterLabel')
        }
    };
}

function parameters(input: Input, parameterGroup: string): MetadataDocument[] {
    return inputsOf(input, 'parameters', PARAMETER).map((parameter) => {
        const parameterType = requiredChoice(parameter, 'parameterType', PARAMETER_TYPES);
        return withoutAbsent({
            description: optionalText(parameter, 'parameterDescription'),
            parameterGroup,
            parameterName: requiredText(parameter, 'parameterName'),
            parameterType,
            [NAMING[parameterType] ?? 'parameterValue']: requiredText(parameter, 'parameterValue')
        });
    });
}

function principals(input: Input): MetadataDocument[] {
    return inputsOf(input, 'principals', PRINCIPAL).flatMap((principal) => {
        const parameterName = requiredText(principal, 'principalName');
        const parameterType = requiredChoice(principal, 'principalType', PRINCIPAL_TYPES);
        const sequenceNumber = numberText(principal, 'sequenceNumber');
        if (sequenceNumber === undefined) throw invalid('The property sequenceNumber is required.');
        return [
            { parameterGroup: parameterName, parameterName, parameterType, sequenceNumber },
            ...parameters(principal, parameterName)
        ];
    });
}
