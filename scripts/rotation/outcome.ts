import { BridgeError, toBridgeError } from '../lib/errors.ts';

const AGAIN = 'Run: npm run bridge -- rotate';

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

export function failed(point: string, state: string, cause: unknown): BridgeError {
    const { message, actions } = toBridgeError(cause);
    return new BridgeError(
        'org',
        'ROTATION_STOPPED',
        `The rotation stopped at the step "${point}": ${message} ${state} The link works.`,
        [...actions, AGAIN],
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
