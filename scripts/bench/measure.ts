/** One line of the bench: a figure and what it is compared with, measured in the same run. */
export interface BenchRow {
    readonly title: string;
    readonly figure: string;
    readonly goal: string;
    readonly met: boolean;
}

/** Smallest of several measurements in milliseconds: the one least disturbed by the machine. */
export async function bestOf(times: number, measure: () => Promise<number> | number): Promise<number> {
    let best = Infinity;
    for (let run = 0; run < times; run += 1) {
        best = Math.min(best, await measure());
    }
    return best;
}

/** `subject` takes `ratio` times as long as `baseline`. Without a goal the row always counts as met. */
export function ratioRow(
    title: string,
    subjectMs: number,
    baseline: string,
    baselineMs: number,
    goal?: number
): BenchRow {
    const ratio = subjectMs / baselineMs;
    return {
        title,
        figure: `${format(ratio)} times ${baseline} (${format(subjectMs)} ms, ${format(baselineMs)} ms)`,
        goal: goal === undefined ? '' : `at most ${goal}`,
        met: goal === undefined || ratio <= goal
    };
}

/** What was not measured, and why. */
export function skippedRow(title: string, reason: string): BenchRow {
    return { title, figure: `skipped: ${reason}`, goal: '', met: true };
}

export function secondsRow(title: string, ms: number, goal: number): BenchRow {
    return { title, figure: `${format(ms / 1000)} s`, goal: `at most ${goal} s`, met: ms <= goal * 1000 };
}

export function countRow(title: string, count: number, unit: string, goal: number): BenchRow {
    return { title, figure: `${format(count)} ${unit}`, goal: `at most ${goal}`, met: count <= goal };
}

/** A figure of its own, without a goal. */
export function figureRow(title: string, figure: string): BenchRow {
    return { title, figure, goal: '', met: true };
}

function format(value: number): string {
    return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(value >= 10 ? 1 : 2);
}
