import { authenticationStatus, connectProtocol } from '../../../org/credential-status.ts';
import { externalCredential, externalCredentials, type ExternalCredential } from '../../../org/external-credential.ts';
import { namedCredential, namedCredentials, type NamedCredential } from '../../../org/named-credential.ts';
import type { PrincipalKey } from '../../../org/principal-credentials.ts';
import type { EnumValue } from '../../runtime/enum-value.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType, STRING } from '../../types/apex-types.ts';
import { mapFrom } from '../arguments.ts';
import type { BeanObject } from '../bean.ts';
import type { ApexList } from '../collections/apex-list.ts';
import type { ApexMap } from '../collections/apex-map.ts';
import type { NativeStatic } from '../native.ts';
import { fail, list, missing, output, text, value } from './connect-values.ts';
import { identityProviderCalls } from './identity-providers.ts';

/** Source: Connect REST API Developer Guide, Named Credentials Resources. */
const SETUP_PERMISSIONS = ['ManageNamedCredentials', 'CustomizeApplication'];

function requireSetupAccess(rt: Runtime): void {
    const { userId } = rt.tx.access;
    if (!SETUP_PERMISSIONS.some((permission) => rt.org.access.userPermission(userId, permission))) {
        fail(rt, 'You need the permission "Manage Named Credentials" for this resource.');
    }
}

function externalOutput(rt: Runtime, credential: ExternalCredential): BeanObject {
    const principals = credential.principals.map((principal) => {
        const key = keyOf(rt, credential, principal);
        return output('ExternalCredentialPrincipal', {
            authenticationStatus: value(
                'CredentialAuthenticationStatus',
                authenticationStatus(rt.org, credential, key)
            ),
            principalName: principal.name,
            principalType: value('CredentialPrincipalType', principal.type),
            sequenceNumber: principal.sequence
        });
    });
    const isComplete = credential.principals.some(
        (principal) => authenticationStatus(rt.org, credential, keyOf(rt, credential, principal)) === 'Configured'
    );
    const name = credential.name.toLowerCase();
    const related = namedCredentials(rt.org.metadata).filter(
        (named) => named.externalCredential?.toLowerCase() === name
    );
    return output('ExternalCredential', {
        ...reference(credential),
        authenticationProtocol: value('CredentialAuthenticationProtocol', connectProtocol(credential)),
        authenticationProtocolVariant: value('CredentialAuthenticationProtocolVariant', credential.variant),
        authenticationStatus: value('CredentialAuthenticationStatus', isComplete ? 'Configured' : 'NotConfigured'),
        customHeaders: headerList(credential.headers),
        parameters: list('ExternalCredentialParameter', parameters(credential)),
        principals: list('ExternalCredentialPrincipal', principals),
        relatedNamedCredentials: list(
            'NamedCredential',
            related.map((named) => output('NamedCredential', reference(named)))
        )
    });
}

function reference({ id, name, label }: Pick<NamedCredential, 'id' | 'name' | 'label'>): Record<string, unknown> {
    return { developerName: name, id, masterLabel: label };
}

function headerList(headers: readonly { readonly name: string; readonly value: string }[]): ApexList {
    const items = headers.map((header) =>
        output('CredentialCustomHeader', { headerName: header.name, headerValue: header.value })
    );
    return list('CredentialCustomHeader', items);
}

function parameters({ tokenUrl, scope }: ExternalCredential): BeanObject[] {
    const parameter = (type: string, name: string, text: string | undefined): BeanObject[] =>
        text === undefined
            ? []
            : [
                  output('ExternalCredentialParameter', {
                      parameterName: name,
                      parameterType: value('ExternalCredentialParameterType', type),
                      parameterValue: text
                  })
              ];
    return [
        ...parameter('AuthProviderUrl', 'AuthProviderUrl', tokenUrl),
        ...parameter('AuthParameter', 'Scope', scope)
    ];
}

function namedOutput(rt: Runtime, named: NamedCredential): BeanObject {
    const credential = externalCredential(rt.org.metadata, named.externalCredential ?? '');
    return output('NamedCredential', {
        ...reference(named),
        calloutOptions: output('NamedCredentialCalloutOptions', {
            allowMergeFieldsInBody: named.allowMergeFieldsInBody,
            allowMergeFieldsInHeader: named.allowMergeFieldsInHeader,
            generateAuthorizationHeader: named.generateAuthorizationHeader
        }),
        calloutStatus: value('CalloutStatus', named.enabled ? 'Enabled' : 'Disabled'),
        calloutUrl: named.url,
        customHeaders: headerList(named.headers),
        externalCredentials: list(
            'ExternalCredential',
            credential === undefined ? [] : [output('ExternalCredential', reference(credential))]
        ),
        parameters: list('NamedCredentialParameter', []),
        type: named.type === 'Legacy' ? null : value('NamedCredentialType', named.type)
    });
}

type PrincipalName = Pick<PrincipalKey, 'principalName' | 'principalType'>;

function keyOf(
    rt: Runtime,
    { name }: ExternalCredential,
    principal: ExternalCredential['principals'][number]
): PrincipalKey {
    const key = { externalCredential: name, principalName: principal.name, principalType: principal.type };
    return principal.type === 'PerUserPrincipal' ? { ...key, userId: rt.tx.access.userId } : key;
}

interface ResolvedPrincipal {
    readonly credential: ExternalCredential;
    readonly key: PrincipalKey;
}

function resolve(rt: Runtime, name: unknown, principalName: unknown, type: unknown): ResolvedPrincipal {
    const credential = externalNamed(rt, name);
    const wanted = { principalName: text(rt, principalName), principalType: text(rt, type) } as PrincipalName;
    const principal = credential.principals.find(
        (candidate) =>
            candidate.type === wanted.principalType &&
            candidate.name.toLowerCase() === wanted.principalName.toLowerCase()
    );
    if (principal === undefined) {
        return missing(rt, `The external credential "${credential.name}" has no principal "${wanted.principalName}".`);
    }
    return { credential, key: keyOf(rt, credential, principal) };
}

function externalNamed(rt: Runtime, name: unknown): ExternalCredential {
    const found = externalCredential(rt.org.metadata, text(rt, name));
    return found ?? missing(rt, `The external credential "${rt.toText(name)}" doesn't exist.`);
}

function namedNamed(rt: Runtime, name: unknown): NamedCredential {
    const found = namedCredential(rt.org.metadata, text(rt, name));
    return found ?? missing(rt, `The named credential "${rt.toText(name)}" doesn't exist.`);
}

/** Encrypted values are never given back. */
function credentialOutput(rt: Runtime, { credential, key }: ResolvedPrincipal): BeanObject {
    const stored = rt.org.principalCredentials.get(key) ?? nothingStored(rt, key);
    const values = Array.from(stored, ([name, { value: given, encrypted }]) => {
        const shown = output('CredentialValue', { encrypted, value: encrypted ? null : given });
        return [name, shown] as const;
    });
    return output('Credential', {
        authenticationProtocol: value('CredentialAuthenticationProtocol', connectProtocol(credential)),
        authenticationStatus: value('CredentialAuthenticationStatus', authenticationStatus(rt.org, credential, key)),
        credentials: mapFrom(rt, STRING, platformType('ConnectApi.CredentialValue'), values),
        externalCredential: credential.name,
        principalName: key.principalName,
        principalType: value('CredentialPrincipalType', key.principalType)
    });
}

function nothingStored(rt: Runtime, { externalCredential: name, principalName }: PrincipalKey): never {
    const message = `No authentication credentials are stored for the principal ${principalName} of ${name}.`;
    return missing(rt, message);
}

/** What a CredentialInput says, checked against the external credential. */
function readInput(rt: Runtime, input: BeanObject | null): ResolvedPrincipal & { readonly values: InputValues } {
    const given = input ?? rt.nullPointer();
    const principal = resolve(
        rt,
        given.get('externalCredential'),
        given.get('principalName'),
        given.get('principalType')
    );
    const expected = connectProtocol(principal.credential);
    const protocol = given.get('authenticationProtocol') as EnumValue | null;
    if (protocol?.name !== expected) {
        fail(
            rt,
            `The external credential "${principal.credential.name}" uses the authentication protocol ${expected}.`
        );
    }
    const entries = (given.get('credentials') as ApexMap | null)?.entries() ?? fail(rt, 'credentials is required.');
    const values = Array.from(entries, ({ key, value: item }) => {
        const entry = item as BeanObject | null;
        const secret = entry?.get('value') ?? null;
        if (typeof secret !== 'string' || secret === '') fail(rt, `The credential "${rt.toText(key)}" needs a value.`);
        return [rt.toText(key), { value: secret, encrypted: entry?.get('encrypted') === true }] as const;
    });
    return { ...principal, values: new Map(values) };
}

type InputValues = ReadonlyMap<string, { readonly value: string; readonly encrypted: boolean }>;

/** Stores a principal's credentials; whether there must be some already decides between create and update. */
function store(rt: Runtime, input: BeanObject | null, isCreation: boolean, keepsOthers: boolean): BeanObject {
    const { credential, key, values } = readInput(rt, input);
    const before = rt.org.principalCredentials.get(key);
    if (isCreation && before !== undefined) {
        const message = `Authentication credentials for ${key.principalName} of ${credential.name} already exist.`;
        fail(rt, message);
    }
    if (!isCreation && before === undefined) nothingStored(rt, key);
    rt.org.principalCredentials.put(key, keepsOthers ? new Map([...(before ?? []), ...values]) : values);
    return credentialOutput(rt, { credential, key });
}

function deleteCredential(rt: Runtime, name: unknown, principalName: unknown, type: unknown): void {
    const { key } = resolve(rt, name, principalName, type);
    if (!rt.org.principalCredentials.remove(key)) nothingStored(rt, key);
}

/** Deletes credentials by name; a principal whose last one goes has none. */
function deleteParameters(
    rt: Runtime,
    name: unknown,
    principalName: unknown,
    type: unknown,
    names: ApexList | null
): void {
    const { key } = resolve(rt, name, principalName, type);
    const stored = rt.org.principalCredentials.get(key) ?? nothingStored(rt, key);
    const gone = new Set((names ?? rt.nullPointer()).items.map((item) => rt.toText(item)));
    const unknown = [...gone].find((item) => !stored.has(item));
    if (unknown !== undefined) missing(rt, `The principal ${key.principalName} has no credential "${unknown}".`);
    const left = new Map([...stored].filter(([item]) => !gone.has(item)));
    if (left.size === 0) rt.org.principalCredentials.remove(key);
    else rt.org.principalCredentials.put(key, left);
}

/** Where a user goes to allow access. Source: Apex Reference, ConnectApi.OAuthCredentialAuthUrl: the URL is escaped. */
function authUrl(rt: Runtime, input: BeanObject | null): BeanObject {
    const given = input ?? rt.nullPointer();
    const { credential, key } = resolve(
        rt,
        given.get('externalCredential'),
        given.get('principalName'),
        given.get('principalType')
    );
    const returnUrl = given.get('returnUrl') ?? null;
    const url = rt.org.consents.begin({
        credential,
        key,
        userId: rt.tx.access.userId,
        returnUrl: returnUrl === null ? undefined : rt.toText(returnUrl)
    });
    if (url === undefined) {
        return fail(rt, `The external credential "${credential.name}" has no identity provider that is complete.`);
    }
    return output('OAuthCredentialAuthUrl', {
        authenticationUrl: url.replaceAll('&', '&amp;'),
        externalCredential: credential.name,
        principalName: key.principalName,
        principalType: value('CredentialPrincipalType', key.principalType)
    });
}

const CALLS: Readonly<Record<string, NativeStatic>> = {
    'createCredential(CredentialInput)': (rt, input: BeanObject | null) => store(rt, input, true, false),
    ...identityProviderCalls,
    'deleteCredential(String,String,CredentialPrincipalType)': deleteCredential,
    'deleteCredential(String,String,CredentialPrincipalType,List)': deleteParameters,
    'getCredential(String,String,CredentialPrincipalType)': (rt, name, principal, type) =>
        credentialOutput(rt, resolve(rt, name, principal, type)),
    'getExternalCredential(String)': (rt, name) => externalOutput(rt, externalNamed(rt, name)),
    'getExternalCredentials()': (rt) =>
        output('ExternalCredentialList', {
            externalCredentials: list(
                'ExternalCredential',
                externalCredentials(rt.org.metadata).map((credential) => externalOutput(rt, credential))
            )
        }),
    'getNamedCredential(String)': (rt, name) => namedOutput(rt, namedNamed(rt, name)),
    'getNamedCredentials()': (rt) =>
        output('NamedCredentialList', {
            namedCredentials: list(
                'NamedCredential',
                namedCredentials(rt.org.metadata).map((named) => namedOutput(rt, named))
            )
        }),
    'getOAuthCredentialAuthUrl(OAuthCredentialAuthUrlInput)': authUrl,
    'patchCredential(CredentialInput)': (rt, input: BeanObject | null) => store(rt, input, false, true),
    'updateCredential(CredentialInput)': (rt, input: BeanObject | null) => store(rt, input, false, false)
};

/** ConnectApi.NamedCredentials (Apex Reference): reads what is deployed, and keeps secrets of principals in memory. */
export const namedCredentialCalls: Readonly<Record<string, NativeStatic>> = Object.fromEntries(
    Object.entries(CALLS).map(([key, call]): [string, NativeStatic] => [
        key,
        (rt, ...args) => {
            requireSetupAccess(rt);
            return call(rt, ...(args as unknown[]));
        }
    ])
);
