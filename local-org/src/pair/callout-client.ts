import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { CalloutOutcome, CalloutRequest } from '../http/types.ts';

export interface CalloutClient {
    readonly send: (callout: CalloutRequest) => Promise<CalloutOutcome>;
    close(): void;
}

class CalloutTimeout extends Error {}

/** Outgoing HTTP of one org, with the timeout over the whole exchange. Redirects are not followed, as in Apex. */
export function createCalloutClient(): CalloutClient {
    const http = new HttpAgent({ keepAlive: true });
    const https = new HttpsAgent({ keepAlive: true });

    function open(callout: CalloutRequest): ClientRequest {
        const { method, headers } = callout;
        return callout.url.startsWith('https:')
            ? httpsRequest(callout.url, { method, headers, agent: https })
            : httpRequest(callout.url, { method, headers, agent: http });
    }

    async function exchange(callout: CalloutRequest): Promise<CalloutOutcome> {
        const request = open(callout);
        const timer = setTimeout(() => request.destroy(new CalloutTimeout()), callout.timeoutMs);
        try {
            return await outcomeOf(request, callout);
        } finally {
            clearTimeout(timer);
        }
    }

    return {
        async send(callout) {
            try {
                return await exchange(callout);
            } catch (error) {
                // A kept connection that the server had just closed: the request never reached it.
                const stale = error instanceof StaleConnection;
                return stale ? exchange(callout).catch(failureOf) : failureOf(error);
            }
        },
        close() {
            http.destroy();
            https.destroy();
        }
    };
}

class StaleConnection extends Error {}

async function outcomeOf(request: ClientRequest, callout: CalloutRequest): Promise<CalloutOutcome> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
        request.on('response', resolve);
        request.on('error', (error: NodeJS.ErrnoException) => {
            reject(request.reusedSocket && error.code === 'ECONNRESET' ? new StaleConnection() : error);
        });
        request.end(callout.body);
    });
    const chunks: Buffer[] = [];
    for await (const chunk of response as AsyncIterable<Buffer>) {
        chunks.push(chunk);
    }
    return {
        ok: true,
        status: response.statusCode ?? 0,
        statusText: response.statusMessage ?? '',
        headers: headersAsReceived(response.rawHeaders),
        body: Buffer.concat(chunks)
    };
}

/** Repeated headers become one, joined by commas, under the spelling that came first. */
function headersAsReceived(raw: readonly string[]): Record<string, string> {
    const spelling = new Map<string, string>();
    const headers: Record<string, string> = {};
    for (let index = 0; index < raw.length; index += 2) {
        const key = raw[index].toLowerCase();
        const name = spelling.get(key) ?? raw[index];
        spelling.set(key, name);
        headers[name] = headers[name] === undefined ? raw[index + 1] : `${headers[name]}, ${raw[index + 1]}`;
    }
    return headers;
}

function failureOf(error: unknown): CalloutOutcome {
    if (error instanceof CalloutTimeout) {
        return { ok: false, reason: 'timeout', detail: 'Read timed out' };
    }
    const { code = '', message } = error as NodeJS.ErrnoException;
    const tls = code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL') || code.includes('CERT') || code === 'EPROTO';
    return { ok: false, reason: tls ? 'tls' : 'unreachable', detail: code === '' ? message : code };
}
