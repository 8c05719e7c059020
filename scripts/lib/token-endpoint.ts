import { BridgeError } from './errors.ts';

/** What the token endpoint of an org says to a request. A token is in memory only. */
export type TokenAnswer =
    | { readonly token: string }
    /** `invalid_client_id` and `client identifier invalid`. */
    | { readonly error: string; readonly description: string };

/**
 * Asks an org for a token. Throws TOKEN_ENDPOINT when the answer is neither a token nor a refusal of RFC 6749, 5.2, such as
 * that of a proxy or of an org that is down: it says nothing about the client.
 */
export async function askForToken(orgUrl: string, parameters: Readonly<Record<string, string>>): Promise<TokenAnswer> {
    const body = new URLSearchParams(parameters);
    const response = await fetch(`${orgUrl}/services/oauth2/token`, { method: 'POST', body });
    const answer = parsed(await response.text());
    if (response.ok && answer.access_token !== undefined) {
        return { token: answer.access_token };
    }
    if (response.status >= 500 || answer.error === undefined) {
        throw new BridgeError(
            'org',
            'TOKEN_ENDPOINT',
            `The token endpoint of ${orgUrl} answered HTTP ${response.status}, neither with a token nor with a refusal.`,
            ['Look whether the org is up (trust.salesforce.com), then run the command again.']
        );
    }
    return { error: answer.error, description: answer.error_description ?? 'no description' };
}

interface Answer {
    readonly access_token?: string;
    readonly error?: string;
    readonly error_description?: string;
}

function parsed(text: string): Answer {
    try {
        const answer: unknown = JSON.parse(text);
        return typeof answer === 'object' && answer !== null ? answer : {};
    } catch {
        return {};
    }
}
