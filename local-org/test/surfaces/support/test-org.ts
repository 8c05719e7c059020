import { createRequestHandler } from '../../../src/engine/request-handler.ts';
import { fixedClock } from '../../../src/org/clock.ts';
import { createOrg, type CreateOrgOptions } from '../../../src/org/create-org.ts';
import { SURFACES } from '../../../src/surfaces/index.ts';
import type { Json } from './json.ts';
import type { CalloutTransport, WireResponse } from '../../../src/http/types.ts';
import type { LocalOrg } from '../../../src/org/local-org.ts';
import type { MetadataDocument } from '../../../src/org/metadata-registry.ts';
import type { OrgSnapshot } from '../../../src/org/snapshot.ts';

export const BASE_URL = 'http://localhost:7700';
export const DATA = '/services/data/v67.0';

export interface Answer {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    /** Parsed when it is JSON. */
    readonly body: Json;
    readonly text: string;
}

export interface Call {
    /** Sent as JSON, or as a form when it is URLSearchParams. */
    readonly body?: unknown;
    readonly token?: string | undefined;
    readonly headers?: Readonly<Record<string, string>>;
}

export interface TestOrg {
    readonly org: LocalOrg;
    readonly clock: ReturnType<typeof fixedClock>;
    /** A session of the administrator. */
    readonly token: string;
    /** Throws when the local org itself fails. As the administrator unless the call names a token; `undefined` sends none. */
    call(method: string, path: string, call?: Call): Answer;
    deploy(type: string, fullName: string, document: MetadataDocument): void;
    /** What is left of the org after a restart. */
    snapshot(): OrgSnapshot;
}

const UNREACHABLE: CalloutTransport = { send: () => ({ ok: false, reason: 'unreachable', detail: 'ECONNREFUSED' }) };

/** A whole org without threads and sockets. Its clock stands at 2026-11-22, 10:00 GMT. */
export function newTestOrg(
    options: Partial<
        Pick<CreateOrgOptions, 'callouts' | 'toolingCertificate' | 'organization' | 'faults' | 'restored'>
    > = {}
): TestOrg {
    const clock = fixedClock('2026-11-22T10:00:00Z');
    const fail = (text: string): never => {
        throw new Error(text);
    };
    const { org, snapshot } = createOrg({
        name: 'target',
        baseUrl: BASE_URL,
        apiVersion: '67.0',
        adminUsername: 'admin@target.local',
        clock,
        callouts: UNREACHABLE,
        ...options
    });
    const handle = createRequestHandler({ org, surfaces: SURFACES, log: fail });
    const { token } = org.sessions.open({ userId: org.admin.userId, scopes: new Set(['api']) });
    return {
        org,
        clock,
        token,
        snapshot,
        deploy: (type, fullName, document) => org.metadata.put({ type, fullName, files: new Map(), document }),
        call(method, path, call = {}) {
            const { body, contentType } = encode(call.body);
            const bearer = 'token' in call ? call.token : token;
            const response = handle({
                method,
                url: path,
                headers: {
                    ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
                    ...(contentType !== undefined && { 'content-type': contentType }),
                    ...call.headers
                },
                body: new TextEncoder().encode(body),
                remoteAddress: '127.0.0.1'
            });
            return decode(response);
        }
    };
}

function encode(body: unknown): { body: string; contentType: string | undefined } {
    if (body === undefined) {
        return { body: '', contentType: undefined };
    }
    return body instanceof URLSearchParams
        ? { body: body.toString(), contentType: 'application/x-www-form-urlencoded' }
        : { body: typeof body === 'string' ? body : JSON.stringify(body), contentType: 'application/json' };
}

function decode({ status, headers, body }: WireResponse): Answer {
    const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
    const isJson = headers['content-type']?.startsWith('application/json') ?? false;
    return { status, headers, text, body: (isJson ? JSON.parse(text) : text) as Json };
}
