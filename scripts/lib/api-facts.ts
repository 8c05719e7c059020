import type { BridgeOrg } from './org-connection.ts';

/** Whether an org's API answers, and what is left of the day's requests. */
export interface ApiFacts {
    /** `REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded.`; undefined when the API answers. */
    readonly refusal: string | undefined;
    readonly requests: { readonly maximum: number; readonly remaining: number } | undefined;
}

export async function readApiFacts(org: BridgeOrg): Promise<ApiFacts> {
    try {
        const { DailyApiRequests: daily } = await org.connection.requestGet<{
            DailyApiRequests: { Max: number; Remaining: number };
        }>(`${org.connection.baseUrl()}/limits`);
        return { refusal: undefined, requests: { maximum: daily.Max, remaining: daily.Remaining } };
    } catch (thrown) {
        const { errorCode, message } = thrown as { errorCode?: string; message: string };
        return { refusal: errorCode === undefined ? message : `${errorCode}: ${message}`, requests: undefined };
    }
}

/** API requests that the org counted in the last 24 hours, the one that asks among them. Throws when it does not tell. */
export async function requestsUsed(org: BridgeOrg): Promise<number> {
    const { requests, refusal } = await readApiFacts(org);
    if (requests === undefined) {
        throw new Error(`The ${org.role} org does not tell its API requests: ${refusal}`);
    }
    return requests.maximum - requests.remaining;
}

/** How far an org's clock is ahead of this machine's, in milliseconds; its Date header has whole seconds. */
export async function readClock(org: BridgeOrg): Promise<number | undefined> {
    const started = Date.now();
    try {
        const response = await fetch(`${org.url}/services/data`, { method: 'HEAD' });
        const date = Date.parse(response.headers.get('date') ?? '');
        return Number.isNaN(date) ? undefined : date - (started + Date.now()) / 2;
    } catch {
        return undefined;
    }
}
