/** The error that the platform's data modules reject with: `error.body.message` holds the text. */
export interface FetchResponse {
    readonly body: unknown;
    readonly status: number;
    readonly statusText: string;
    readonly ok: false;
    readonly headers: Readonly<Record<string, string>>;
    readonly errorType: 'fetchResponse';
}

/** JSON in and out. Rejects with a FetchResponse for every answer that is not a success. */
export async function requestJson(method: string, url: string, body?: unknown): Promise<unknown> {
    const response = await fetch(url, {
        method,
        credentials: 'same-origin',
        headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) })
    });
    const text = await response.text();
    const content = parse(text);
    if (!response.ok) {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- the platform's data modules reject with a plain object
        throw failure(response, content);
    }
    return content;
}

function failure(response: Response, body: unknown): FetchResponse {
    return {
        body,
        status: response.status,
        statusText: response.statusText,
        ok: false,
        headers: {},
        errorType: 'fetchResponse'
    };
}

function parse(text: string): unknown {
    if (text === '') {
        return undefined;
    }
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return { message: text };
    }
}
