import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Path of a file for a URL path, or undefined when the org has to answer. Must never lead out of its folders. */
export type StaticFiles = (urlPath: string) => string | undefined;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
    '.css': 'text/css;charset=UTF-8',
    '.html': 'text/html;charset=UTF-8',
    '.js': 'text/javascript;charset=UTF-8',
    '.json': 'application/json;charset=UTF-8',
    '.map': 'application/json;charset=UTF-8',
    '.png': 'image/png',
    '.svg': 'image/svg+xml',
    '.ttf': 'font/ttf',
    '.woff': 'font/woff',
    '.woff2': 'font/woff2'
};

/** Sends the file; true when it did. Files that do not change never enter an engine. */
export async function sendStaticFile(
    files: StaticFiles,
    request: IncomingMessage,
    response: ServerResponse
): Promise<boolean> {
    const path = request.method === 'GET' ? files((request.url ?? '/').split('?', 1)[0]) : undefined;
    const found = path === undefined ? undefined : await stat(path).catch(() => undefined);
    if (path === undefined || !found?.isFile()) {
        return false;
    }
    const tag = `"${found.size.toString(36)}-${Math.trunc(found.mtimeMs).toString(36)}"`;
    if (request.headers['if-none-match'] === tag) {
        response.writeHead(304, { etag: tag }).end();
        return true;
    }
    response.writeHead(200, {
        'content-type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream',
        'content-length': found.size,
        'cache-control': 'no-cache',
        etag: tag
    });
    await pipeline(createReadStream(path), response);
    return true;
}
