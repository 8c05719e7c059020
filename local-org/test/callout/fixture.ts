import { createMetadataRegistry } from '../../src/org/create-metadata-registry.ts';
import { systemClock } from '../../src/org/clock.ts';
import type { Access } from '../../src/access/types.ts';
import type { CalloutOutcome, CalloutRequest, CalloutTransport } from '../../src/http/types.ts';
import type { MetadataDocument, MetadataRegistry } from '../../src/org/metadata-registry.ts';

export function registry(): MetadataRegistry {
    let ids = 0;
    return createMetadataRegistry({
        clock: systemClock,
        newId: (prefix) => `${prefix}${String((ids += 1)).padStart(15, '0')}`
    });
}

export function deploy(metadata: MetadataRegistry, type: string, fullName: string, document: MetadataDocument): void {
    metadata.put({ type, fullName, files: new Map(), document });
}

export function externalCredential(
    principals: readonly string[],
    variant = 'ClientCredentialsClientSecret'
): MetadataDocument {
    return {
        label: 'Target Org',
        authenticationProtocol: 'Oauth',
        externalCredentialParameters: [
            { parameterName: 'Oauth', parameterType: 'AuthProtocolVariant', parameterValue: variant },
            {
                parameterName: 'AuthProviderUrl',
                parameterType: 'AuthProviderUrl',
                parameterValue: 'http://target/token'
            },
            ...principals.map((name, index) => ({
                parameterName: name,
                parameterType: 'NamedPrincipal',
                sequenceNumber: String(index + 1)
            }))
        ]
    };
}

export function namedCredential(url: string, credential: string): MetadataDocument {
    return {
        label: 'Target Org',
        namedCredentialType: 'SecuredEndpoint',
        calloutStatus: 'Enabled',
        generateAuthorizationHeader: 'true',
        namedCredentialParameters: [
            { parameterName: 'Url', parameterType: 'Url', parameterValue: url },
            { parameterName: 'ExternalCredential', parameterType: 'Authentication', externalCredential: credential }
        ]
    };
}

/** Grants what is listed: principals as `EC-Principal`, and objects that may be read. */
export function accessOf(grants: {
    readonly principals: readonly string[];
    readonly readable: readonly string[];
}): Access {
    return {
        objectAllowed: (_user, object, permission) => permission === 'read' && grants.readable.includes(object),
        principalAllowed: (_user, principal) => grants.principals.includes(principal)
    } as Access;
}

export interface FakeTransport extends CalloutTransport {
    readonly requests: CalloutRequest[];
}

export function transport(answer: (request: CalloutRequest) => CalloutOutcome): FakeTransport {
    const requests: CalloutRequest[] = [];
    return {
        requests,
        send(request) {
            requests.push(request);
            return answer(request);
        }
    };
}

export function reply(status: number, body: unknown): CalloutOutcome {
    const bytes = new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
    return { ok: true, status, statusText: '', headers: { 'Content-Type': 'application/json' }, body: bytes };
}
