/** What can go wrong at the boundary of an org. The names are those of a fault file. */
export const EXCHANGE_FAULTS = {
    cut: 'the connection is cut before the request arrives',
    'drop-response': 'the request is carried out and its answer is lost',
    'status-503': 'HTTP 503, the request does not arrive',
    'status-429': 'HTTP 429, the request does not arrive',
    'api-limit': 'HTTP 403 REQUEST_LIMIT_EXCEEDED, the request does not arrive',
    'token-expired': 'the session of the access token has ended',
    'token-revoked': 'the session has ended, and the next login is refused',
    latency: 'the request arrives late',
    duplicate: 'the request arrives twice; the second answer counts',
    reorder: 'the connection is cut and the request arrives later, after others',
    'crash-self': 'the calling org crashes before the request is sent, or while it waits for the answer',
    'crash-peer': 'the called org crashes before or after it has carried the request out; the answer is lost'
} as const;

export const ORG_FAULTS = {
    lock: 'UNABLE_TO_LOCK_ROW for the rows of a change',
    'event-lost': 'platform events of a transaction are not delivered',
    'event-twice': 'they are delivered twice',
    'event-late': 'they are delivered after later ones',
    clock: 'the clock of the org moves on by minutes'
} as const;

export type ExchangeFault = keyof typeof EXCHANGE_FAULTS;
export type OrgFault = keyof typeof ORG_FAULTS;
export type FaultKind = ExchangeFault | OrgFault;

export const FAULT_KINDS = [
    ...(Object.keys(EXCHANGE_FAULTS) as ExchangeFault[]),
    ...(Object.keys(ORG_FAULTS) as OrgFault[])
] as readonly FaultKind[];

export function explain(kind: FaultKind): string {
    return { ...EXCHANGE_FAULTS, ...ORG_FAULTS }[kind];
}

/** Where an org can be struck: its outgoing calls, requests that reach it, changes of rows, events, its clock. */
export const POINTS = ['callout', 'api', 'dml', 'event', 'clock'] as const;
export type Point = (typeof POINTS)[number];

/** Which faults a point can have. */
export const KINDS_AT: Readonly<Record<Point, readonly FaultKind[]>> = {
    callout: Object.keys(EXCHANGE_FAULTS) as ExchangeFault[],
    api: ['cut', 'drop-response', 'status-503', 'status-429', 'api-limit', 'token-expired', 'latency', 'duplicate'],
    dml: ['lock'],
    event: ['event-lost', 'event-twice', 'event-late'],
    clock: ['clock']
};
