import type { StepReport } from './steps.ts';

/** Says how far a step is, its rate and the time left: `8000 of 20000, 950 a second, 13 s left`. */
export function progress(report: StepReport): (done: number, total: number) => void {
    const started = performance.now();
    return (done, total) => {
        const rate = done / Math.max(0.001, (performance.now() - started) / 1000);
        const left = Math.ceil((total - done) / Math.max(rate, 0.001));
        report.progress(`${done} of ${total}, ${Math.round(rate)} a second, ${left} s left`);
    };
}
