const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** `340 ms`, `1.2 s`, `3 min`, `2 h`; a dash for no figure. */
export function duration(milliseconds: number | null | undefined): string {
    if (milliseconds === null || milliseconds === undefined) {
        return '–';
    }
    if (milliseconds < SECOND_MS) {
        return `${milliseconds} ms`;
    }
    if (milliseconds < MINUTE_MS) {
        return `${(milliseconds / SECOND_MS).toFixed(1)} s`;
    }
    return milliseconds < HOUR_MS
        ? `${Math.round(milliseconds / MINUTE_MS)} min`
        : `${Math.round(milliseconds / HOUR_MS)} h`;
}

/** `1 change`, `2 changes`. */
export function count(amount: number | null | undefined, noun: string): string {
    const things = amount ?? 0;
    return `${things} ${things === 1 ? noun : `${noun}s`}`;
}

/** `4,200` */
export function figure(amount: number | null | undefined): string {
    return (amount ?? 0).toLocaleString();
}
