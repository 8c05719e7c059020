/** Time as an org sees it. Tests fix or move it; a request never reads the machine's clock directly. */
export interface Clock {
    /** Milliseconds since 1970-01-01 UTC. */
    now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

export function fixedClock(iso: string): Clock & { advance(ms: number): void } {
    let current = Date.parse(iso);
    return {
        now: () => current,
        advance: (ms) => {
            current += ms;
        }
    };
}
