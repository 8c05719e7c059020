import { externalCredential, type ExternalCredential } from '../org/external-credential.ts';
import { namedCredential, type NamedCredential } from '../org/named-credential.ts';
import { noCredentialAccess, noEndpointAccess, READ_TIMED_OUT, unauthorizedEndpoint } from './messages.ts';
import { usablePrincipal } from './principal.ts';
import { isRemoteSite } from './remote-sites.ts';
import { CalloutFailure } from './types.ts';
import type { Access } from '../access/types.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { CalloutOutcome, CalloutTransport } from '../http/types.ts';
import type { MetadataRegistry } from '../org/metadata-registry.ts';
import type { PrincipalKey } from '../org/principal-credentials.ts';
import type { ApexCallout, ApexCalloutResponse, CalloutGateway } from './types.ts';

export interface CalloutGatewayOptions {
    readonly metadata: MetadataRegistry;
    readonly access: Access;
    readonly tokens: AccessTokens;
    readonly transport: CalloutTransport;
}

const SCHEME = 'callout:';

/** Named credentials as Apex uses them. */
export function createCalloutGateway({ metadata, access, tokens, transport }: CalloutGatewayOptions): CalloutGateway {
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
        refuseUnsupported(named, callout);
        const credential = externalCredential(metadata, named.externalCredential ?? '');
        if (credential === undefined) {
            throw new CalloutFailure(noCredentialAccess(named.externalCredential ?? ''));
        }
        const url = joinUrl(named.url, rest);
        const fixed = Object.fromEntries(named.headers.map((header) => [header.name, header.value]));
        if (credential.protocol === 'NoAuthentication' || credential.variant === 'NoAuthentication') {
            return responseOf(exchange(transport, callout, url, fixed), url);
        }
        refuseHeaders(credential);
        const key = usablePrincipal(credential, userId, access);
        const attempt = (token: string): CalloutOutcome => {
            const added = named.generateAuthorizationHeader ? { ...fixed, Authorization: `Bearer ${token}` } : fixed;
            return exchange(transport, callout, url, added);
        };
        const token = tokens.get(credential, key, userId);
        const first = attempt(token);
        const refused = first.ok && (first.status === 401 || credential.refreshStatuses.includes(first.status));
        return responseOf(refused ? attempt(tokens.get(credential, key, userId, token)) : first, url);
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

function refuseUnsupported(named: NamedCredential, callout: ApexCallout): void {
    if (named.type !== 'SecuredEndpoint') {
        throw new CalloutFailure(`The local org does not support named credentials of type "${named.type}"`);
    }
    const formulas = named.headers.some(({ value }) => value.includes('{!'));
    const mergedHeader = named.allowMergeFieldsInHeader && callout.headers.some(([, value]) => value.includes('{!'));
    const mergedBody = named.allowMergeFieldsInBody && new TextDecoder().decode(callout.body).includes('{!');
    if (formulas || mergedHeader || mergedBody) {
        throw new CalloutFailure('The local org does not support formulas and merge fields in callouts');
    }
}

function refuseHeaders({ name, headers }: ExternalCredential): void {
    if (headers.length > 0) {
        throw new CalloutFailure(`The local org does not support custom headers of external credential "${name}"`);
    }
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
