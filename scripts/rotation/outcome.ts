import { BridgeError, toBridgeError } from '../lib/errors.ts';

const AGAIN = 'Run: npm run bridge -- rotate';
const MEND = [
    'See whether the link works, and why not: npm run bridge -- doctor',
    'Bring it back: npm run bridge -- repair'
];

/** Calls through a new credential before the old one is retired. */
export const PROBES = 5;

/** Runs one step; a failure says where the rotation stopped and how things stand. */
export async function failing<T>(point: string, state: string, work: () => Promise<T>): Promise<T> {
    try {
        return await work();
    } catch (cause) {
        throw failed(point, state, cause);
    }
}

/** `works`: nothing that the link rests on was left changed. Where that is not sure, the error does not say so. */
export function failed(point: string, state: string, cause: unknown, works = true): BridgeError {
    const { message, actions } = toBridgeError(cause);
    return new BridgeError(
        'org',
        'ROTATION_STOPPED',
        `The rotation stopped at the step "${point}": ${message} ${state} ` +
            (works ? 'The link works as before.' : 'The link may be down.'),
        [...actions, ...(works ? [AGAIN] : MEND)],
        cause
    );
}

export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
        await work();
        return true;
    } catch {
        return false;
    }
}
