import { BridgeError, toBridgeError } from './errors.ts';

/** As try … finally, but a clean-up that fails does not hide what the work failed with: the error tells both. */
export async function withCleanUp<T>(work: () => Promise<T>, cleanUp: () => Promise<unknown>): Promise<T> {
    let result: T;
    try {
        result = await work();
    } catch (cause) {
        const second = await cleanUp().then(
            () => undefined,
            (thrown: unknown) => toBridgeError(thrown)
        );
        throw second === undefined ? cause : both(cause, second);
    }
    await cleanUp();
    return result;
}

function both(cause: unknown, second: BridgeError): BridgeError {
    const { kind, code, message, actions } = toBridgeError(cause);
    const told = `${message} What was to be put back after it was not: ${second.message}`;
    return new BridgeError(kind, code, told, [...actions, ...second.actions], cause);
}
