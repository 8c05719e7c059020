import { isUtf8 } from 'node:buffer';
import { externalCredential } from '../org/external-credential.ts';
import { namedCredential, type NamedCredential } from '../org/named-credential.ts';
import { noCredentialAccess, noEndpointAccess, READ_TIMED_OUT, unauthorizedEndpoint } from './messages.ts';
import { basicValue, mergeFields, type CredentialFields } from './merge-fields.ts';
import { usablePrincipal } from './principal.ts';
import { isRemoteSite } from './remote-sites.ts';
import { CalloutFailure } from './types.ts';
import type { Access } from '../access/types.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { CalloutOutcome, CalloutTransport } from '../http/types.ts';
import type { MetadataRegistry } from '../org/metadata-registry.ts';
import type { PrincipalCredentials, PrincipalKey } from '../org/principal-credentials.ts';
import type { ApexCallout, ApexCalloutResponse, CalloutGateway } from './types.ts';

export interface CalloutGatewayOptions {
    readonly metadata: MetadataRegistry;
    readonly access: Access;
    readonly tokens: AccessTokens;
    readonly credentials: PrincipalCredentials;
    /** Milliseconds since 1970. */
    readonly now: () => number;
    readonly transport: CalloutTransport;
}

const SCHEME = 'callout:';

/** Named credentials as Apex uses them. */
export function createCalloutGateway(options: CalloutGatewayOptions): CalloutGateway {
    const { metadata, access, tokens, credentials, now, transport } = options;

    function sendPlain(callout: ApexCallout): ApexCalloutResponse {
        if (!isRemoteSite(metadata, callout.endpoint)) {
            throw new CalloutFailure(unauthorizedEndpoint(callout.endpoint));
        }
        return responseOf(exchange(transport, callout, callout.endpoint, {}), callout.endpoint);
    }

    function sendNamed(callout: ApexCallout, userId: string): ApexCalloutResponse {
        const { name, rest } = splitEndpoint(callout.endpoint);
        const named = namedCredential(metadata, name);
        if (named === undefined || !named.enabled) {
            throw new CalloutFailure(noEndpointAccess(name));
        }
        refuseUnsupported(named);
        const credential = externalCredential(metadata, named.externalCredential ?? '');
        if (credential === undefined) {
            throw new CalloutFailure(noCredentialAccess(named.externalCredential ?? ''));
        }
        const url = joinUrl(named.url, rest);
        if (credential.protocol === 'NoAuthentication' || credential.variant === 'NoAuthentication') {
            const fields = { credential, stored: undefined, token: undefined };
            return responseOf(exchange(transport, merged(callout, named, fields), url, ownHeaders(named, fields)), url);
        }
        const key = usablePrincipal(credential, userId, access);
        const attempt = (token: string | undefined): CalloutOutcome => {
            const fields = { credential, stored: credentials.get(key), token };
            const added = { ...ownHeaders(named, fields), ...authorization(named, fields) };
            return exchange(transport, merged(callout, named, fields), url, added);
        };
        if (credential.protocol === 'Basic' || credential.protocol === 'Custom') {
            return responseOf(attempt(undefined), url);
        }
        const token = tokens.get(credential, key, userId);
        const first = attempt(token);
        const refused = first.ok && (first.status === 401 || credential.refreshStatuses.includes(first.status));
        return responseOf(refused ? attempt(tokens.get(credential, key, userId, token)) : first, url);
    }

    /** Headers that the credentials define, those of the external credential over those of the named one. */
    function ownHeaders(named: NamedCredential, fields: CredentialFields): Record<string, string> {
        const headers = [...named.headers, ...fields.credential.headers];
        return Object.fromEntries(headers.map(({ name, value }) => [name, mergeFields(value, fields, now())]));
    }

    /** What Apex wrote, with the merge fields that the named credential allows. */
    function merged(callout: ApexCallout, named: NamedCredential, fields: CredentialFields): ApexCallout {
        const headers = named.allowMergeFieldsInHeader
            ? callout.headers.map(([name, value]) => [name, mergeFields(value, fields, now())] as const)
            : callout.headers;
        // Bytes that are no text stay as they are.
        if (!named.allowMergeFieldsInBody || !isUtf8(callout.body)) return { ...callout, headers };
        const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(callout.body);
        return { ...callout, headers, body: new TextEncoder().encode(mergeFields(text, fields, now())) };
    }

    function refresh(key: PrincipalKey): void {
        const credential = externalCredential(metadata, key.externalCredential);
        if (credential === undefined) {
            throw new CalloutFailure(noCredentialAccess(key.externalCredential));
        }
        tokens.renew(credential, key, key.userId ?? '');
    }

    return {
        refresh,
        forgetTokens: () => tokens.forget(),
        send: (callout, userId) =>
            callout.endpoint.toLowerCase().startsWith(SCHEME) ? sendNamed(callout, userId) : sendPlain(callout)
    };
}

function splitEndpoint(endpoint: string): { name: string; rest: string } {
    const target = endpoint.slice(SCHEME.length);
    const ends = ['/', '?'].map((mark) => target.indexOf(mark)).filter((index) => index >= 0);
    const end = Math.min(target.length, ...ends);
    return { name: target.slice(0, end), rest: target.slice(end) };
}

function joinUrl(base: string, rest: string): string {
    return base.endsWith('/') && rest.startsWith('/') ? base + rest.slice(1) : base + rest;
}

function refuseUnsupported(named: NamedCredential): void {
    if (named.type !== 'SecuredEndpoint') {
        throw new CalloutFailure(`The local org does not support named credentials of type "${named.type}"`);
    }
    if (named.clientCertificate !== undefined) {
        const what = `the client certificate ${named.clientCertificate} of the named credential ${named.name}`;
        throw new CalloutFailure(`The local org does not support ${what}`);
    }
}

/** The header that the org generates; the protocol Custom has none, its headers are all written out. */
function authorization(
    { generateAuthorizationHeader }: NamedCredential,
    { credential, stored, token }: CredentialFields
): Record<string, string> {
    if (!generateAuthorizationHeader || credential.protocol === 'Custom') return {};
    return { Authorization: credential.protocol === 'Basic' ? `Basic ${basicValue(stored)}` : `Bearer ${token}` };
}

/** Headers of the credential win over those that Apex set, whatever their case. */
function exchange(
    transport: CalloutTransport,
    callout: ApexCallout,
    url: string,
    added: Readonly<Record<string, string>>
): CalloutOutcome {
    const taken = new Set(Object.keys(added).map((name) => name.toLowerCase()));
    const own = callout.headers.filter(([name]) => !taken.has(name.toLowerCase()));
    const headers = { ...Object.fromEntries(own), ...added };
    return transport.send({ method: callout.method, url, headers, body: callout.body, timeoutMs: callout.timeoutMs });
}

function responseOf(outcome: CalloutOutcome, url: string): ApexCalloutResponse {
    if (!outcome.ok) {
        throw new CalloutFailure(failureText(outcome.reason, outcome.detail, url));
    }
    const { status, statusText, headers, body } = outcome;
    return { status, statusText, headers: Object.entries(headers), body };
}

function failureText(reason: 'timeout' | 'unreachable' | 'tls', detail: string, url: string): string {
    if (reason === 'timeout') {
        return READ_TIMED_OUT;
    }
    switch (detail) {
        case 'ECONNREFUSED':
            return 'Connection refused (Connection refused)';
        case 'ECONNRESET':
            return 'Connection reset';
        case 'ENOTFOUND':
            return URL.parse(url)?.hostname ?? detail;
        default:
            return detail;
    }
}
