import { headerParameters } from './custom-headers.ts';
import { PRINCIPAL_TYPES } from './external-credential-rules.ts';
import {
    componentName,
    inputOf,
    inputsOf,
    numberText,
    optionalChoice,
    requiredChoice,
    requiredText,
    type Input
} from './input.ts';
import { parameterDocuments } from './parameters.ts';
import { invalid } from './setup-fault.ts';
import type { MetadataDocument } from '../metadata-registry.ts';

/*
 * An ExternalCredential document from an External Credential Input. Source: Apex Reference, ConnectApi.ExternalCredentialInput
 * and the classes that it names; Metadata API Developer Guide, ExternalCredential.
 */

export const PROPERTIES = [
    'authenticationProtocol',
    'authenticationProtocolVariant',
    'customHeaders',
    'developerName',
    'masterLabel',
    'parameters',
    'principals'
];
const PRINCIPAL = ['id', 'parameters', 'principalName', 'principalType', 'sequenceNumber'];

/** Spelt `OAuth` here although the metadata spells it `Oauth`. */
export const PROTOCOLS = ['AwsSv4', 'Basic', 'Custom', 'Jwt', 'OAuth'];
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

/** `known`: the name of the credential that is updated, whose input need not give it. */
export function externalCredentialDocument(
    value: unknown,
    known: string | undefined
): { readonly fullName: string; readonly document: MetadataDocument } {
    const input = inputOf(value, PROPERTIES);
    const fullName = componentName(input, 'developerName', known);
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
    return parameterDocuments(input, PARAMETER_TYPES).map((parameter) => ({ ...parameter, parameterGroup }));
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
