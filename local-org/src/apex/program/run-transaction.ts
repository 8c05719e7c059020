import type { ApexTransaction, TransactionOptions } from '../runtime/apex-transaction.ts';
import type { EngineState } from './engine-state.ts';

/**
 * Runs work as one transaction of Apex: what it wrote to the database is undone when it fails. Jobs it left behind run
 * afterwards, each as a transaction of its own; one that fails undoes only itself.
 */
export function runTransaction<T>(
    { runtime, org }: EngineState,
    options: Pick<TransactionOptions, 'userId' | 'isAsync'>,
    work: (tx: ApexTransaction) => T
): T {
    const { result, later } = runtime.transaction(options, (tx) => {
        const value = org.database.atomic(() => work(tx));
        return { result: value, later: tx.later };
    });
    for (const job of later) {
        runJob({ runtime, org }, options.userId, job);
    }
    return result;
}

function runJob(state: Pick<EngineState, 'runtime' | 'org'>, userId: string, job: () => void): void {
    const waiting: [() => void] = [job];
    for (const next of waiting) {
        try {
            state.runtime.transaction({ userId, isAsync: true }, (tx) => {
                state.org.database.atomic(next);
                waiting.push(...tx.later);
            });
        } catch (error) {
            reportJobFailure(error);
        }
    }
}

/** A job has no one to tell; on the platform it leaves a line in the job list. */
function reportJobFailure(error: unknown): void {
    if (error instanceof Error) throw error;
}
