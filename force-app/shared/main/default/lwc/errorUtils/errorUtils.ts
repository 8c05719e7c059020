import type { SaveOutcome } from 'apex/types';

const UNKNOWN = 'An unexpected error occurred. Try again, or ask your Salesforce admin to look at the debug log.';

/**
 * Texts to show for whatever an Apex call, a wire or plain JavaScript failed with; never empty.
 * Shapes: the LWC Developer Guide, "Handle Errors in Lightning Data Service" (FetchResponse.body).
 */
export function reduceErrors(cause: unknown): string[] {
    const messages = [...new Set(messagesOf(cause))];
    return messages.length > 0 ? messages : [UNKNOWN];
}

/** Texts of an account that the target org refused; never empty. */
export function describeRefusal(outcome: SaveOutcome): string[] {
    return reduceErrors(outcome.errors ?? []);
}

function messagesOf(cause: unknown): string[] {
    if (typeof cause === 'string') {
        return cause === '' ? [] : [cause];
    }
    if (Array.isArray(cause)) {
        return cause.flatMap(messagesOf);
    }
    if (typeof cause !== 'object' || cause === null) {
        return [];
    }
    const { body, output, errors, fieldErrors, pageErrors, message } = cause as Record<string, unknown>;
    if (body !== undefined) {
        return messagesOf(body);
    }
    const detailed = [output, errors, pageErrors, valuesOf(fieldErrors)].flatMap(messagesOf);
    return detailed.length > 0 ? detailed : messagesOf(message);
}

function valuesOf(record: unknown): unknown[] {
    return typeof record === 'object' && record !== null ? Object.values(record) : [];
}
