import { documentsOf, numberOf, textOf } from '../../schema/document.ts';
import { EXTERNAL_CALLBACK } from '../login-provider.ts';
import {
    externalProviderNamed,
    externalProviders,
    storeProviderCredentials,
    type ExternalProvider
} from '../provider-credentials.ts';
import { identityProviderDocument } from './identity-provider-document.ts';
import { inputOf, inputsOf, requiredText } from './input.ts';
import { change, requireSetupAccess, resourceUrl, type Output, type SetupContext } from './setup-context.ts';
import { absent, invalid, taken } from './setup-fault.ts';
import type { MetadataDocument } from '../metadata-registry.ts';

/*
 * /named-credentials/external-auth-identity-providers, their credentials, and ConnectApi.NamedCredentials. Source: Connect REST
 * API Developer Guide, External Auth Identity Provider and External Auth Identity Provider Credentials, since version 62.
 */

const TYPE = 'ExternalAuthIdentityProvider';

export function listIdentityProviders(context: SetupContext): Output {
    requireSetupAccess(context);
    const list = externalProviders(context.org);
    return { externalAuthIdentityProviders: list.map((provider) => providerOutput(context, provider)) };
}

export function getIdentityProvider(context: SetupContext, name: string): Output {
    requireSetupAccess(context);
    return providerOutput(context, providerNamed(context, name));
}

export function createIdentityProvider(context: SetupContext, input: unknown): Output {
    requireSetupAccess(context);
    const { fullName, document } = identityProviderDocument(input, undefined);
    if (context.org.metadata.get(TYPE, fullName) !== undefined) {
        throw taken(`An external auth identity provider with the name ${fullName} already exists.`);
    }
    return keep(context, fullName, document);
}

/** Client id and secret stay. */
export function updateIdentityProvider(context: SetupContext, name: string, input: unknown): Output {
    requireSetupAccess(context);
    const known = providerNamed(context, name);
    const { document } = identityProviderDocument(input, known.name);
    return keep(context, known.name, document);
}

export function deleteIdentityProvider(context: SetupContext, name: string): void {
    requireSetupAccess(context);
    const { name: known } = providerNamed(context, name);
    const { metadata } = context.org;
    const user = metadata
        .list('ExternalCredential')
        .find(({ document }) =>
            documentsOf(document, 'externalCredentialParameters').some(
                (parameter) => textOf(parameter, 'externalAuthIdentityProvider')?.toLowerCase() === known.toLowerCase()
            )
        );
    if (user !== undefined) {
        throw invalid(
            `The external auth identity provider ${known} is used by the external credential ${user.fullName}.`
        );
    }
    change(context, () => metadata.remove(TYPE, known));
}

function keep(context: SetupContext, fullName: string, document: MetadataDocument): Output {
    return change(context, () => {
        context.org.metadata.put({ type: TYPE, fullName, files: new Map(), document });
        return providerOutput(context, providerNamed(context, fullName));
    });
}

function providerNamed({ org }: SetupContext, name: string): ExternalProvider {
    const found = externalProviderNamed(org, name);
    if (found === undefined) throw absent(`The external auth identity provider "${name}" doesn't exist.`);
    return found;
}

/** Names only: the values are never given back. */
export function getIdentityProviderCredentials(context: SetupContext, name: string): Output {
    requireSetupAccess(context);
    const provider = providerNamed(context, name);
    return { ...credentialsOutput(provider), fullName: provider.name };
}

/** The first ones. */
export function createIdentityProviderCredentials(context: SetupContext, name: string, input: unknown): Output {
    requireSetupAccess(context);
    const provider = providerNamed(context, name);
    if (provider.stored !== undefined) {
        throw taken(`Credentials of ${provider.name} already exist. Use the PUT method to overwrite them.`);
    }
    return storeCredentials(context, provider, input);
}

export function replaceIdentityProviderCredentials(context: SetupContext, name: string, input: unknown): Output {
    requireSetupAccess(context);
    const provider = providerNamed(context, name);
    if (provider.stored === undefined) throw absent(`No credentials of ${provider.name} are stored.`);
    return storeCredentials(context, provider, input);
}

/** The input has a list of `{ credentialName, credentialValue }`, unlike that of a principal. */
function storeCredentials(context: SetupContext, { name }: ExternalProvider, value: unknown): Output {
    const entries = inputsOf(inputOf(value, ['credentials']), 'credentials', ['credentialName', 'credentialValue']);
    const values = new Map(
        entries.map((entry) => [requiredText(entry, 'credentialName'), requiredText(entry, 'credentialValue')])
    );
    return change(context, () => {
        const problem = storeProviderCredentials(context.org, name, values);
        if (problem !== undefined) throw invalid(problem);
        return getIdentityProviderCredentials(context, name);
    });
}

function credentialsOutput({ stored }: ExternalProvider): { readonly credentials: readonly Output[] } {
    const names = [...(stored?.keys() ?? [])];
    return { credentials: names.map((credentialName) => ({ credentialName, encrypted: true })) };
}

/** Types of parameters that are properties of the output, and no parameters of it. */
const PROPERTIES: ReadonlySet<string> = new Set(['AuthorizeUrl', 'TokenUrl', 'UserInfoUrl', 'ClientAuthentication']);

function providerOutput(context: SetupContext, provider: ExternalProvider): Output {
    const { id, document } = provider.component;
    const all = documentsOf(document, 'externalAuthIdentityProviderParameters');
    const typeOf = (parameter: MetadataDocument): string => textOf(parameter, 'parameterType') ?? '';
    const property = (type: string): string | null =>
        textOf(
            all.find((parameter) => typeOf(parameter) === type),
            'parameterValue'
        ) ?? null;
    const isBrowserFlow = textOf(document, 'authenticationFlow') === 'AuthorizationCode';
    return {
        authenticationFlow: textOf(document, 'authenticationFlow') ?? null,
        authenticationProtocol: textOf(document, 'authenticationProtocol') ?? null,
        authorizeUrl: property('AuthorizeUrl'),
        callbackUrl: isBrowserFlow ? context.org.baseUrl + EXTERNAL_CALLBACK : null,
        clientAuthentication: property('ClientAuthentication') ?? 'ClientSecretBasic',
        createdByNamespace: null,
        ...credentialsOutput(provider),
        description: textOf(document, 'description') ?? null,
        fullName: provider.name,
        id,
        label: textOf(document, 'label') ?? null,
        parameters: all
            .filter((parameter) => !PROPERTIES.has(typeOf(parameter)))
            .map((parameter) => ({
                parameterName: textOf(parameter, 'parameterName') ?? null,
                parameterType: typeOf(parameter),
                parameterValue: textOf(parameter, 'parameterValue') ?? null,
                sequenceNumber: numberOf(parameter, 'sequenceNumber') ?? null
            })),
        standardExternalIdentityProvider: null,
        tokenUrl: property('TokenUrl'),
        url: resourceUrl(context, `external-auth-identity-providers/${provider.name}`),
        userInfoUrl: property('UserInfoUrl')
    };
}
