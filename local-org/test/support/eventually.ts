/** Milliseconds until a condition has to hold, on a machine that is busy. */
const PATIENCE_MS = 120_000;

/** Waits until the condition holds; fails with the last value when it does not within two minutes. */
export async function eventually<T>(look: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
        const value = await look();
        if (holds(value)) {
            return value;
        }
        if (Date.now() > end) {
            throw new Error(`It did not come to pass; the last value is ${JSON.stringify(value)}`);
        }
        await new Promise((done) => setTimeout(done, 50));
    }
}
