/** Resolves at Ctrl+C or when a supervisor asks the process to end. */
export function untilInterrupted(): Promise<void> {
    return new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
            process.once(signal, () => resolve());
        }
    });
}
