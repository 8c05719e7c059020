import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequestHandler } from '../../../src/engine/request-handler.ts';
import type { LocalOrg } from '../../../src/org/local-org.ts';
import type { Surface } from '../../../src/surfaces/surface.ts';

export interface Listener {
    readonly url: string;
    /** Faults of the local org itself. */
    readonly faults: readonly string[];
    close(): Promise<void>;
}

/** The org behind a real socket, without the worker that the pair puts between. */
export async function listen(org: LocalOrg, surfaces: readonly Surface[]): Promise<Listener> {
    const faults: string[] = [];
    const handle = createRequestHandler({ org, surfaces, log: (text) => faults.push(text) });
    const server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
            const answer = handle({
                method: request.method ?? 'GET',
                url: request.url ?? '/',
                headers: request.headers as Record<string, string>,
                body: Buffer.concat(chunks),
                remoteAddress: '127.0.0.1'
            });
            response.writeHead(answer.status, answer.headers).end(answer.body);
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return {
        url: `http://127.0.0.1:${port}`,
        faults,
        close: () => {
            server.closeAllConnections();
            return new Promise((resolve) => server.close(() => resolve()));
        }
    };
}
