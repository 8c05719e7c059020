import { NOT_FULLY_CONFIGURED, REFRESH_FAILED, tokenRefused } from './messages.ts';
import { CalloutFailure } from './types.ts';
import type { CalloutTransport } from '../http/types.ts';
import type { ExternalCredential } from '../org/external-credential.ts';
import type { CredentialSet } from '../org/principal-credentials.ts';

/** Milliseconds for one request to a token endpoint. */
const TOKEN_TIMEOUT_MS = 10_000;

/** Fetches an access token by client credentials over real HTTP. Throws CalloutFailure. Source: RFC 6749, 4.4. */
export function fetchToken(
    credential: ExternalCredential,
    secrets: CredentialSet,
    transport: CalloutTransport
): string {
    const clientId = secrets.get('clientId')?.value;
    const clientSecret = secrets.get('clientSecret')?.value;
    if (clientId === undefined || clientSecret === undefined || credential.tokenUrl === undefined) {
        throw new CalloutFailure(NOT_FULLY_CONFIGURED);
    }
    const form = new URLSearchParams({ grant_type: 'client_credentials' });
    const headers: Record<string, string> = {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded'
    };
    if (credential.scope !== undefined) {
        form.set('scope', credential.scope);
    }
    if (credential.variant === 'ClientCredentialsClientSecretBasic') {
        headers['authorization'] = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    } else {
        form.set('client_id', clientId);
        form.set('client_secret', clientSecret);
    }
    const outcome = transport.send({
        method: 'POST',
        url: credential.tokenUrl,
        headers,
        body: new TextEncoder().encode(form.toString()),
        timeoutMs: TOKEN_TIMEOUT_MS
    });
    if (!outcome.ok) {
        throw new CalloutFailure(REFRESH_FAILED);
    }
    const answer = jsonObject(outcome.body);
    const token = answer['access_token'];
    if (outcome.status !== 200 || typeof token !== 'string') {
        throw new CalloutFailure(tokenRefused(word(answer['error']), word(answer['error_description'])));
    }
    return token;
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
