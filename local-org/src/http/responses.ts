import type { WireResponse } from './types.ts';

type Headers = Readonly<Record<string, string>>;

export const JSON_TYPE = 'application/json;charset=UTF-8';

export function json(status: number, value: unknown, headers: Headers = {}): WireResponse {
    return { status, headers: { 'content-type': JSON_TYPE, ...headers }, body: JSON.stringify(value) };
}

export function text(status: number, body: string, contentType = 'text/plain;charset=UTF-8'): WireResponse {
    return { status, headers: { 'content-type': contentType }, body };
}

export function html(status: number, body: string, headers: Headers = {}): WireResponse {
    return { status, headers: { 'content-type': 'text/html;charset=UTF-8', ...headers }, body };
}

export function noContent(): WireResponse {
    return { status: 204, headers: {}, body: '' };
}

export function redirect(location: string, headers: Headers = {}): WireResponse {
    return { status: 302, headers: { location, 'cache-control': 'no-store', ...headers }, body: '' };
}
