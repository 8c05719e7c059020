import { Listr, ListrLogger, PRESET_TIMER, ProcessOutput } from 'listr2';

export interface StepRecord {
    readonly title: string;
    readonly outcome: 'done' | 'already' | 'failed';
    readonly detail: string | undefined;
    readonly ms: number;
}

/** What a running step can say: `progress` while it runs, `detail` or `already` as its result. */
export interface StepReport {
    progress(text: string): void;
    detail(text: string): void;
    /** Nothing had to be done; says what was there. */
    already(text: string): void;
}

/**
 * Runs titled steps one after the other and shows them on stderr, live on a terminal and as lines elsewhere. stdout stays
 * free for the result. Keeps the record that `--json` prints.
 */
export class Steps {
    readonly records: StepRecord[] = [];
    readonly #renderer: 'default' | 'simple' | 'silent';
    readonly #logger = new ListrLogger({
        useIcons: true,
        processOutput: new ProcessOutput(process.stderr, process.stderr)
    });

    constructor(options: { quiet?: boolean } = {}) {
        this.#renderer = options.quiet ? 'silent' : process.stderr.isTTY ? 'default' : 'simple';
    }

    async step<T>(title: string, work: (report: StepReport) => Promise<T> | T): Promise<T> {
        const started = performance.now();
        let outcome: StepRecord['outcome'] = 'failed';
        let detail: string | undefined;
        let result: T | undefined;
        const list = new Listr(
            [
                {
                    title,
                    task: async (_context, task) => {
                        outcome = 'failed';
                        let reported: StepRecord['outcome'] = 'done';
                        const say = (text: string): void => {
                            detail = text;
                            task.title = `${title}: ${text}`;
                        };
                        result = await work({
                            progress: (text) => {
                                task.output = text;
                            },
                            detail: say,
                            already: (text) => {
                                reported = 'already';
                                say(text);
                            }
                        });
                        outcome = reported;
                    }
                }
            ],
            {
                renderer: this.#renderer,
                rendererOptions: { logger: this.#logger, timer: PRESET_TIMER, collapseErrors: false }
            } as never
        );
        try {
            await list.run();
            return result as T;
        } finally {
            this.records.push({ title, outcome, detail, ms: Math.round(performance.now() - started) });
        }
    }
}
