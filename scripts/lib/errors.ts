/**
 * Every failure a command reports. `user`: the input or the machine's set-up is wrong. `org`: an org refused or is not as
 * expected. `internal`: a defect of this project.
 */
export type ErrorKind = 'user' | 'org' | 'internal';

/** Exit codes of `bridge`; 1 means that the command ran and its checks (tests, verification) failed. */
export const EXIT_CODES = { ok: 0, checksFailed: 1, user: 2, org: 3, internal: 70 } as const;

export class BridgeError extends Error {
    readonly code: string;
    readonly kind: ErrorKind;
    /** What the reader can do, most likely first; commands as they are typed. */
    readonly actions: readonly string[];

    constructor(kind: ErrorKind, code: string, message: string, actions: readonly string[] = [], cause?: unknown) {
        super(message, { cause });
        this.name = 'BridgeError';
        this.kind = kind;
        this.code = code;
        this.actions = actions;
    }
}

export interface ErrorReport {
    readonly status: 'error';
    readonly kind: ErrorKind;
    readonly code: string;
    readonly message: string;
    readonly actions: readonly string[];
}

/** Any thrown value as a BridgeError: errors of the platform's clients keep their code and text. */
export function toBridgeError(thrown: unknown): BridgeError {
    if (thrown instanceof BridgeError) {
        return thrown;
    }
    if (!(thrown instanceof Error)) {
        return new BridgeError('internal', 'UNEXPECTED', String(thrown));
    }
    if (thrown instanceof TypeError && isSystemError(thrown.cause)) {
        return notReached(thrown, thrown.cause);
    }
    const code = (thrown as { errorCode?: unknown }).errorCode ?? (thrown as { code?: unknown }).code;
    const actions = (thrown as { actions?: unknown }).actions;
    if (typeof code === 'string' || isClientError(thrown)) {
        const list = Array.isArray(actions) ? actions.map(String) : [];
        return new BridgeError('org', typeof code === 'string' ? code : thrown.name, thrown.message, list, thrown);
    }
    return new BridgeError('internal', thrown.name, thrown.message, [], thrown);
}

interface SystemError extends Error {
    readonly code: string;
}

function isSystemError(cause: unknown): cause is SystemError {
    return cause instanceof Error && typeof (cause as { code?: unknown }).code === 'string';
}

/** `fetch` wraps what goes wrong on the way to a host in a TypeError, whose cause says it. (Fetch Standard, fetch method.) */
function notReached(thrown: TypeError, { code, message }: SystemError): BridgeError {
    return new BridgeError(
        'org',
        code,
        `An org could not be reached: ${message === '' ? code : message}`,
        ['Check the network and that both orgs are up, then run the command again.'],
        thrown
    );
}

/** Errors of @salesforce/core and jsforce carry names of their own instead of a code. */
function isClientError(error: Error): boolean {
    return error.name !== 'Error' && !/^(Type|Range|Reference|Syntax|Assertion)Error/.test(error.name);
}

export function errorReport(error: BridgeError): ErrorReport {
    const { kind, code, message, actions } = error;
    return { status: 'error', kind, code, message, actions };
}
