/** Time as an org sees it. Tests fix or move it; a request never reads the machine's clock directly. */
export interface Clock {
    /** Milliseconds since 1970-01-01 UTC. */
    now(): number;
}

export interface MovableClock extends Clock {
    /** Milliseconds; negative ones set it back. */
    advance(ms: number): void;
}

export const systemClock: Clock = { now: () => Date.now() };

/** Goes as the other one does, as far off as it was moved. */
export function movableClock(clock: Clock): MovableClock {
    let offset = 0;
    return {
        now: () => clock.now() + offset,
        advance: (ms) => {
            offset += ms;
        }
    };
}

/** Stands still at the instant until it is moved. */
export function fixedClock(iso: string): MovableClock {
    let current = Date.parse(iso);
    return {
        now: () => current,
        advance: (ms) => {
            current += ms;
        }
    };
}
