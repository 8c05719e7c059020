import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { ConnectionCut } from '../lab/faulty-front.ts';
import { refusalOf } from './loopback-guard.ts';
import { sendStaticFile, type StaticFiles } from './static-files.ts';
import type { WireRequest, WireResponse } from '../http/types.ts';

export interface FrontOptions {
    /** Hands the request to the org. Rejects only when the org is gone. */
    readonly deliver: (request: WireRequest) => Promise<WireResponse>;
    readonly staticFiles: StaticFiles | undefined;
    /** Answers requests that are for the pair and not for the org; undefined for all others. */
    readonly laboratory?: ((request: WireRequest) => Promise<WireResponse> | undefined) | undefined;
    readonly log: (text: string) => void;
}

export interface Front {
    readonly port: number;
    /** Takes no more connections and ends those that are open. */
    close(): Promise<void>;
}

/** Above the platform's largest request, a metadata deploy of 39 MB in base64. */
const MAXIMUM_BODY = 64 * 1024 * 1024;
const ATTEMPTS_FOR_A_FREE_PORT = 10;
/** A connection that rests as long is closed: longer than clients rest, for a request that meets the closing is lost. */
const KEEP_ALIVE_MS = 600_000;

/** Listens on 127.0.0.1 and, where the machine has it, on ::1 with the same port. Port 0 takes a free one. */
export async function openFront(port: number, options: FrontOptions): Promise<Front> {
    for (let attempt = 1; ; attempt += 1) {
        const ipv4 = createListener(options);
        await listen(ipv4, port, '127.0.0.1');
        const actual = portOf(ipv4);
        const ipv6 = createListener(options);
        try {
            await listen(ipv6, actual, '::1');
            return frontOf(actual, [ipv4, ipv6]);
        } catch (error) {
            const { code } = error as NodeJS.ErrnoException;
            if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') {
                return frontOf(actual, [ipv4]);
            }
            await closeServer(ipv4);
            if (code !== 'EADDRINUSE' || port !== 0 || attempt === ATTEMPTS_FOR_A_FREE_PORT) {
                throw error;
            }
        }
    }
}

function frontOf(port: number, servers: readonly Server[]): Front {
    return {
        port,
        close: async () => {
            await Promise.all(servers.map(closeServer));
        }
    };
}

function createListener(options: FrontOptions): Server {
    const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
        serve(request, response, portOf(server), options).catch((error: unknown) => {
            if (error instanceof ConnectionCut) {
                request.socket.destroy();
                return;
            }
            if (!response.headersSent) {
                sendText(response, 503, 'The org does not answer');
            } else {
                response.destroy();
            }
            if (!request.destroyed) {
                options.log(
                    `request ${request.method} failed: ${error instanceof Error ? error.message : String(error)}`
                );
            }
        });
    });
    return server;
}

async function serve(
    request: IncomingMessage,
    response: ServerResponse,
    port: number,
    { deliver, staticFiles, laboratory }: FrontOptions
): Promise<void> {
    const refusal = refusalOf(request, port);
    if (refusal !== undefined) {
        sendText(response, refusal.status, refusal.message);
        return;
    }
    if (staticFiles !== undefined && (await sendStaticFile(staticFiles, request, response))) {
        return;
    }
    const body = await readBody(request);
    if (body === undefined) {
        sendText(response, 413, 'Request body too large');
        return;
    }
    const wire: WireRequest = {
        method: request.method ?? 'GET',
        url: request.url ?? '/',
        headers: flatHeaders(request),
        body,
        remoteAddress: request.socket.remoteAddress ?? ''
    };
    const answer = await (laboratory?.(wire) ?? deliver(wire));
    const bytes = typeof answer.body === 'string' ? Buffer.from(answer.body, 'utf8') : answer.body;
    const headers: Record<string, string | number> = { ...answer.headers };
    if (answer.status !== 204 && answer.status !== 304) {
        headers['content-length'] = bytes.length;
    }
    response.writeHead(answer.status, headers).end(bytes);
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > MAXIMUM_BODY) {
            return undefined;
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}

function flatHeaders(request: IncomingMessage): Record<string, string> {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers)) {
        if (value !== undefined) {
            headers[name] = Array.isArray(value) ? value.join(', ') : value;
        }
    }
    return headers;
}

function sendText(response: ServerResponse, status: number, message: string): void {
    response.writeHead(status, { 'content-type': 'text/plain;charset=UTF-8', connection: 'close' }).end(message);
}

async function listen(server: Server, port: number, host: string): Promise<void> {
    const failed = once(server, 'error').then(([error]) => Promise.reject(error as Error));
    server.listen(port, host);
    await Promise.race([once(server, 'listening'), failed]);
    failed.catch(() => undefined);
}

function portOf(server: Server): number {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
}

async function closeServer(server: Server): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
}
