import {
    createExternalCredential,
    deleteExternalCredential,
    getExternalCredential,
    listExternalCredentials,
    updateExternalCredential
} from '../../../org/credential-setup/external-credentials.ts';
import {
    createIdentityProvider,
    createIdentityProviderCredentials,
    deleteIdentityProvider,
    getIdentityProvider,
    getIdentityProviderCredentials,
    listIdentityProviders,
    replaceIdentityProviderCredentials,
    updateIdentityProvider
} from '../../../org/credential-setup/identity-providers.ts';
import {
    createNamedCredential,
    deleteNamedCredential,
    getNamedCredential,
    listNamedCredentials,
    updateNamedCredential
} from '../../../org/credential-setup/named-credentials.ts';
import {
    authUrl,
    createCredential,
    deleteCredential,
    getCredential,
    patchCredential,
    refreshCredential,
    replaceCredential
} from '../../../org/credential-setup/principal-credential.ts';
import { SetupFault } from '../../../org/credential-setup/setup-fault.ts';
import type { EnumValue } from '../../runtime/enum-value.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { NativeStatic } from '../native.ts';
import { jsonOf, outputOf } from './connect-values.ts';
import type { Output, SetupContext } from '../../../org/credential-setup/setup-context.ts';

/** A call by the values of its parameters: texts, and inputs as JSON. */
type Call = (context: SetupContext, ...values: never[]) => Output | void;

/** Calls that read, and the class of what they answer. */
const READING: Readonly<Record<string, readonly [output: string, Call]>> = {
    'getCredential(String,String,CredentialPrincipalType)': [
        'Credential',
        (context, name: string, principal: string | null, type: string) =>
            getCredential(context, principalOf(name, principal, type))
    ],
    'getExternalAuthIdentityProvider(String)': ['ExternalAuthIdentityProvider', getIdentityProvider],
    'getExternalAuthIdentityProviderCredentials(String)': [
        'ExternalAuthIdentityProviderCredentials',
        getIdentityProviderCredentials
    ],
    'getExternalAuthIdentityProviders()': ['ExternalAuthIdentityProviderList', listIdentityProviders],
    'getExternalCredential(String)': ['ExternalCredential', getExternalCredential],
    'getExternalCredentials()': ['ExternalCredentialList', listExternalCredentials],
    'getNamedCredential(String)': ['NamedCredential', getNamedCredential],
    'getNamedCredentials()': ['NamedCredentialList', listNamedCredentials],
    'getOAuthCredentialAuthUrl(OAuthCredentialAuthUrlInput)': ['OAuthCredentialAuthUrl', authUrl]
};

/** Calls that change something: like DML, they are work that a callout may not follow. */
const WRITING: Readonly<Record<string, readonly [output: string, Call]>> = {
    'createCredential(CredentialInput)': ['Credential', createCredential],
    'createExternalAuthIdentityProvider(ExternalAuthIdentityProviderInput)': [
        'ExternalAuthIdentityProvider',
        createIdentityProvider
    ],
    'createExternalAuthIdentityProviderCredentials(String,ExternalAuthIdentityProviderCredentialsInput)': [
        'ExternalAuthIdentityProviderCredentials',
        createIdentityProviderCredentials
    ],
    'createExternalCredential(ExternalCredentialInput)': ['ExternalCredential', createExternalCredential],
    'createNamedCredential(NamedCredentialInput)': ['NamedCredential', createNamedCredential],
    'deleteCredential(String,String,CredentialPrincipalType)': [
        '',
        (context, name: string, principal: string | null, type: string) =>
            deleteCredential(context, principalOf(name, principal, type))
    ],
    'deleteCredential(String,String,CredentialPrincipalType,List)': [
        '',
        (context, name: string, principal: string | null, type: string, names: string[] | null) =>
            deleteCredential(context, principalOf(name, principal, type), names ?? [])
    ],
    'deleteExternalAuthIdentityProvider(String)': ['', deleteIdentityProvider],
    'deleteExternalCredential(String)': ['', deleteExternalCredential],
    'deleteNamedCredential(String)': ['', deleteNamedCredential],
    'patchCredential(CredentialInput)': ['Credential', patchCredential],
    'updateCredential(CredentialInput)': ['Credential', replaceCredential],
    'updateExternalAuthIdentityProvider(String,ExternalAuthIdentityProviderInput)': [
        'ExternalAuthIdentityProvider',
        updateIdentityProvider
    ],
    'updateExternalAuthIdentityProviderCredentials(String,ExternalAuthIdentityProviderCredentialsInput)': [
        'ExternalAuthIdentityProviderCredentials',
        replaceIdentityProviderCredentials
    ],
    'updateExternalCredential(String,ExternalCredentialInput)': ['ExternalCredential', updateExternalCredential],
    'updateNamedCredential(String,NamedCredentialInput)': ['NamedCredential', updateNamedCredential]
};

/** Members since version 66.0, which the signature table lacks (Apex Reference, NamedCredentials Class). */
export const namedCredentialSignatures: readonly string[] = [
    'static void deleteExternalCredential(String developerName)',
    'static void deleteNamedCredential(String developerName)',
    'static ConnectApi.ExternalCredential updateExternalCredential(String developerName, ConnectApi.ExternalCredentialInput requestBody)',
    'static ConnectApi.NamedCredential updateNamedCredential(String developerName, ConnectApi.NamedCredentialInput requestBody)'
];

function principalOf(name: string, principal: string | null, type: string): Readonly<Record<string, unknown>> {
    return { externalCredential: name, principalName: principal, principalType: type };
}

/** No argument may be null but the name of a per-user principal and the list of parameters. */
function native([output, call]: readonly [string, Call], writes: boolean): NativeStatic {
    return (rt, ...args: unknown[]) => {
        const values = args.map((arg, index) =>
            arg === null && index !== 1 && index !== 3 ? rt.nullPointer() : jsonOf(rt, arg)
        );
        return attempt(rt, (context) => {
            const answer = call(context, ...(values as never[]));
            if (writes) rt.tx.uncommittedWork = true;
            return answer === undefined ? null : outputOf(rt, `ConnectApi.${output}`, answer);
        });
    };
}

/** Refreshes the token of a principal: a callout, which work that is not committed forbids. */
function refresh(rt: Runtime, input: unknown, action: EnumValue | null): unknown {
    const values = jsonOf(rt, input ?? rt.nullPointer());
    if (action === null) return rt.nullPointer();
    return attempt(rt, (context) => outputOf(rt, 'ConnectApi.Credential', refreshCredential(context, values)));
}

function attempt(rt: Runtime, work: (context: SetupContext) => unknown): unknown {
    try {
        return work({ org: rt.org, userId: rt.tx.access.userId, version: `v${rt.org.apiVersion}` });
    } catch (error) {
        if (!(error instanceof SetupFault)) throw error;
        const type = error.status === 404 ? 'ConnectApi.NotFoundException' : 'ConnectApi.ConnectApiException';
        return rt.throwNew(type, error.message, { errorCode: error.errorCode });
    }
}

function natives(calls: typeof READING, writes: boolean): [string, NativeStatic][] {
    return Object.entries(calls).map(([key, call]) => [key, native(call, writes)]);
}

/** ConnectApi.NamedCredentials (Apex Reference): the same as Connect REST, by the same rules. */
export const namedCredentialCalls: Readonly<Record<string, NativeStatic>> = {
    'createCredential(CredentialInput,CreateCredentialAction)': refresh,
    ...Object.fromEntries([...natives(READING, false), ...natives(WRITING, true)])
};
