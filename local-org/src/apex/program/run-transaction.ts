import type { ApexTransaction, TransactionOptions } from '../runtime/apex-transaction.ts';
import type { EngineState } from './engine-state.ts';

type Parts = Pick<EngineState, 'runtime' | 'org'>;

/**
 * Runs work as one transaction of Apex: what it wrote to the database is undone when it fails. Jobs it left behind go
 * into the org's queue once it has committed, each to run as a transaction of its own.
 */
export function runTransaction<T>(
    state: Parts,
    options: Pick<TransactionOptions, 'userId' | 'isAsync'>,
    work: (tx: ApexTransaction) => T
): T {
    const { runtime, org } = state;
    const { result, later } = runtime.transaction(options, (tx) => {
        const value = org.database.atomic(() => work(tx));
        return { result: value, later: tx.later };
    });
    for (const job of later) {
        const start = (run: () => void): void => runJob(state, options.userId, run);
        const { batch } = job;
        org.jobs.add({
            ...job,
            run: () => start(job.run),
            ...(batch !== undefined && {
                batch: {
                    key: `${options.userId} ${batch.key}`,
                    items: batch.items,
                    most: batch.most,
                    run: (items: readonly unknown[]) => start(() => batch.run(items))
                }
            })
        });
    }
    if (!org.jobs.isHosted && !runtime.isRunning) {
        for (let next = org.jobs.takeDue(); next !== undefined; next = org.jobs.takeDue()) next.run();
    }
    return result;
}

function runJob(state: Parts, userId: string, run: () => void): void {
    try {
        runTransaction(state, { userId, isAsync: true }, run);
    } catch (error) {
        reportJobFailure(error);
    }
}

/** A job has no one to tell; on the platform it leaves a line in the job list. */
function reportJobFailure(error: unknown): void {
    if (error instanceof Error) throw error;
}
