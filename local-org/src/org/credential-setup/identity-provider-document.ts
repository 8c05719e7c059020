import {
    componentName,
    inputOf,
    inputsOf,
    numberText,
    optionalChoice,
    optionalText,
    requiredChoice,
    requiredText,
    withoutAbsent,
    type Input
} from './input.ts';
import { invalid } from './setup-fault.ts';
import type { MetadataDocument } from '../metadata-registry.ts';

/*
 * An ExternalAuthIdentityProvider document from an External Auth Identity Provider Input. Source: Apex Reference,
 * ConnectApi.ExternalAuthIdentityProviderInput; Metadata API Developer Guide, ExternalAuthIdentityProvider.
 */

const PROPERTIES = [
    'authenticationFlow',
    'authenticationProtocol',
    'authorizeUrl',
    'clientAuthentication',
    'description',
    'fullName',
    'label',
    'parameters',
    'standardExternalIdentityProvider',
    'tokenUrl',
    'userInfoUrl'
];
const PARAMETER = ['parameterName', 'parameterType', 'parameterValue', 'sequenceNumber'];
const PARAMETER_TYPES = [
    'AuthorizeRequestQueryParameter',
    'IdentityProviderOptions',
    'RefreshRequestBodyParameter',
    'RefreshRequestHttpHeader',
    'RefreshRequestQueryParameter',
    'TokenRequestBodyParameter',
    'TokenRequestHttpHeader',
    'TokenRequestQueryParameter'
];

/** `known`: the name of the provider that is updated, whose input need not give it. */
export function identityProviderDocument(
    value: unknown,
    known: string | undefined
): { readonly fullName: string; readonly document: MetadataDocument } {
    const input = inputOf(value, PROPERTIES);
    const fullName = componentName(input, 'fullName', known);
    if (optionalText(input, 'standardExternalIdentityProvider') !== undefined) {
        throw invalid('The local org has no standard external auth identity providers.');
    }
    const authenticationFlow = requiredChoice(input, 'authenticationFlow', ['AuthorizationCode', 'ClientCredentials']);
    const authorizeUrl = optionalText(input, 'authorizeUrl');
    if (authenticationFlow === 'AuthorizationCode' && authorizeUrl === undefined) {
        throw invalid('The property authorizeUrl is required.');
    }
    const urls = {
        AuthorizeUrl: authorizeUrl,
        TokenUrl: requiredText(input, 'tokenUrl'),
        UserInfoUrl: optionalText(input, 'userInfoUrl')
    };
    for (const [name, url] of Object.entries(urls)) {
        if (url !== undefined && !URL.canParse(url)) throw invalid(`The ${name} "${url}" isn't a valid URL.`);
    }
    const client = optionalChoice(input, 'clientAuthentication', ['ClientSecretBasic', 'ClientSecretPost']);
    const properties = { ...urls, ClientAuthentication: client };
    return {
        fullName,
        document: {
            authenticationFlow,
            authenticationProtocol: requiredChoice(input, 'authenticationProtocol', ['OAuth']),
            ...withoutAbsent({ description: optionalText(input, 'description') }),
            externalAuthIdentityProviderParameters: [
                ...Object.entries(withoutAbsent(properties)).map(([name, parameterValue]) => ({
                    parameterName: name,
                    parameterType: name,
                    parameterValue
                })),
                ...parameters(input)
            ],
            label: requiredText(input, 'label')
        }
    };
}

function parameters(input: Input): MetadataDocument[] {
    return inputsOf(input, 'parameters', PARAMETER).map((parameter) =>
        withoutAbsent({
            parameterName: requiredText(parameter, 'parameterName'),
            parameterType: requiredChoice(parameter, 'parameterType', PARAMETER_TYPES),
            parameterValue: optionalText(parameter, 'parameterValue'),
            sequenceNumber: numberText(parameter, 'sequenceNumber')
        })
    );
}
