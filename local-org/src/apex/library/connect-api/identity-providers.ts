import {
    externalProviderNamed,
    externalProviders,
    providerParameters,
    storeProviderCredentials,
    type ExternalProvider
} from '../../../org/provider-credentials.ts';
import { textOf } from '../../../schema/document.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { BeanObject } from '../bean.ts';
import type { ApexList } from '../collections/apex-list.ts';
import type { NativeStatic } from '../native.ts';
import { fail, list, missing, output, text, value } from './connect-values.ts';

function named(rt: Runtime, name: unknown): ExternalProvider {
    const found = externalProviderNamed(rt.org, text(rt, name));
    return found ?? missing(rt, `The external auth identity provider "${rt.toText(name)}" doesn't exist.`);
}

/** Names only: the values are never given back. */
function credentialsOutput(stored: ExternalProvider['stored']): BeanObject {
    const items = [...(stored?.keys() ?? [])].map((credentialName) =>
        output('ExternalAuthIdentityProviderCredential', { credentialName, encrypted: true })
    );
    return output('ExternalAuthIdentityProviderCredentials', {
        credentials: list('ExternalAuthIdentityProviderCredential', items)
    });
}

function storeCredentials(rt: Runtime, name: unknown, input: BeanObject | null, isCreation: boolean): BeanObject {
    const provider = named(rt, name);
    if (isCreation && provider.stored !== undefined) {
        fail(rt, `Credentials of ${provider.name} already exist. Update them to overwrite them.`);
    }
    if (!isCreation && provider.stored === undefined) missing(rt, `No credentials of ${provider.name} are stored.`);
    const given = (input ?? rt.nullPointer()).get('credentials') as ApexList | null;
    const entries = (given?.items ?? []) as readonly BeanObject[];
    const textIn = (entry: BeanObject, field: string): string => rt.toText(entry.get(field) ?? '');
    const values = new Map(entries.map((entry) => [textIn(entry, 'credentialName'), textIn(entry, 'credentialValue')]));
    const problem = storeProviderCredentials(rt.org, provider.name, values);
    if (problem !== undefined) fail(rt, problem);
    return credentialsOutput(values);
}

/** Types of parameters that are properties of the output, and no parameters of it. */
const PROPERTIES: ReadonlySet<string> = new Set(['AuthorizeUrl', 'TokenUrl', 'UserInfoUrl', 'ClientAuthentication']);

function providerOutput(provider: ExternalProvider): BeanObject {
    const { id, document } = provider.component;
    const all = providerParameters(provider);
    const property = (type: string): string | null => all.find((parameter) => parameter.type === type)?.value ?? null;
    const others = all.filter(({ type }) => !PROPERTIES.has(type));
    return output('ExternalAuthIdentityProvider', {
        authenticationFlow: value('IdentityProviderAuthFlow', textOf(document, 'authenticationFlow')),
        authenticationProtocol: value('IdentityProviderAuthProtocol', textOf(document, 'authenticationProtocol')),
        authorizeUrl: property('AuthorizeUrl'),
        clientAuthentication: value('IdentityProviderClientAuth', property('ClientAuthentication') ?? undefined),
        credentials: credentialsOutput(provider.stored).get('credentials'),
        description: textOf(document, 'description') ?? null,
        fullName: provider.name,
        id,
        label: textOf(document, 'label') ?? null,
        parameters: list(
            'ExternalAuthIdentityProviderParameter',
            others.map((parameter) =>
                output('ExternalAuthIdentityProviderParameter', {
                    parameterName: parameter.name,
                    parameterType: value('ExternalAuthIdentityProviderParameterType', parameter.type),
                    parameterValue: parameter.value
                })
            )
        ),
        tokenUrl: property('TokenUrl'),
        userInfoUrl: property('UserInfoUrl')
    });
}

/** Of ConnectApi.NamedCredentials: identity providers that are deployed, and their client id and secret. */
export const identityProviderCalls: Readonly<Record<string, NativeStatic>> = {
    'createExternalAuthIdentityProviderCredentials(String,ExternalAuthIdentityProviderCredentialsInput)': (
        rt,
        name,
        input: BeanObject | null
    ) => storeCredentials(rt, name, input, true),
    'getExternalAuthIdentityProvider(String)': (rt, name) => providerOutput(named(rt, name)),
    'getExternalAuthIdentityProviderCredentials(String)': (rt, name) => credentialsOutput(named(rt, name).stored),
    'getExternalAuthIdentityProviders()': (rt) =>
        output('ExternalAuthIdentityProviderList', {
            externalAuthIdentityProviders: list(
                'ExternalAuthIdentityProvider',
                externalProviders(rt.org).map(providerOutput)
            )
        }),
    'updateExternalAuthIdentityProviderCredentials(String,ExternalAuthIdentityProviderCredentialsInput)': (
        rt,
        name,
        input: BeanObject | null
    ) => storeCredentials(rt, name, input, false)
};
