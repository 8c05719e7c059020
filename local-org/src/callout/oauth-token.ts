import { REFRESH_FAILED, tokenRefused } from './messages.ts';
import { CalloutFailure } from './types.ts';
import type { CalloutOutcome, CalloutRequest } from '../http/types.ts';

/** Milliseconds for one request to a token endpoint: the most that a callout of Apex may take. */
const TOKEN_TIMEOUT_MS = 120_000;

export interface TokenClient {
    readonly id: string;
    readonly secret: string;
    /** Credentials in the Authorization header; in the body otherwise. */
    readonly inHeader: boolean;
}

/** What a token endpoint gives. */
export interface Tokens {
    readonly accessToken: string;
    readonly refreshToken: string | undefined;
}

/** A request to a token endpoint. JWT bearer needs no client: its assertion says who asks. Source: RFC 6749, 2.3.1. */
export function tokenRequest(
    url: string,
    parameters: Readonly<Record<string, string>>,
    client: TokenClient | undefined
): CalloutRequest {
    const form = new URLSearchParams(parameters);
    const headers: Record<string, string> = {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded'
    };
    if (client?.inHeader === true) {
        headers['authorization'] = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`;
    } else if (client !== undefined) {
        form.set('client_id', client.id);
        form.set('client_secret', client.secret);
    }
    const body = new TextEncoder().encode(form.toString());
    return { method: 'POST', url, headers, body, timeoutMs: TOKEN_TIMEOUT_MS };
}

/** Throws CalloutFailure with the text that Apex sees. */
export function readTokens(outcome: CalloutOutcome): Tokens {
    if (!outcome.ok) {
        throw new CalloutFailure(REFRESH_FAILED);
    }
    const answer = jsonObject(outcome.body);
    const token = answer['access_token'];
    if (outcome.status !== 200 || typeof token !== 'string') {
        throw new CalloutFailure(tokenRefused(word(answer['error']), word(answer['error_description'])));
    }
    return { accessToken: token, refreshToken: word(answer['refresh_token']) || undefined };
}

function jsonObject(body: Uint8Array): Record<string, unknown> {
    try {
        const value: unknown = JSON.parse(new TextDecoder().decode(body));
        return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
    } catch {
        return {};
    }
}

function word(value: unknown): string {
    return typeof value === 'string' ? value : '';
}
