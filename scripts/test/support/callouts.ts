import { evaluateApex } from '../../lib/anonymous-apex.ts';
import { Steps, type StepReport } from '../../lib/steps.ts';
import type { LinkedPair } from './linked-pair.ts';

/** Callouts of one transaction. */
export const CALLS = 50;

export interface CalloutCounts {
    readonly made: number;
    /** Answered with 200. */
    readonly good: number;
    /** Of those made, begun after the work had begun and answered before it ended. */
    readonly during: number;
    /** Steps of the work. */
    readonly steps: number;
}

/** Steps that pause after each, for a look at the state that the step leaves. */
class PacedSteps extends Steps {
    readonly #pause: () => Promise<void>;

    constructor(pause: () => Promise<void>) {
        super({ quiet: true });
        this.#pause = pause;
    }

    override async step<T>(title: string, work: (report: StepReport) => Promise<T> | T): Promise<T> {
        const result = await super.step(title, work);
        await this.#pause();
        return result;
    }
}

/**
 * Calls the target through the link from before the work begins until after it has ended, one transaction after the other, at
 * least so many. One more transaction runs after each step of the work, before the next step begins, so that every state in
 * between is called in, on a slow machine too. Throws what the work throws, once the last transaction has ended.
 */
export async function callsDuring(
    { pair, orgs }: LinkedPair,
    transactions: number,
    work: (steps: Steps) => Promise<void>
): Promise<CalloutCounts> {
    // The calls last as long as the work does: only the allocation of a whole day is sure to suffice.
    await pair.control.target.setApi({ used: 0 });
    const counts = { made: 0, good: 0, during: 0 };
    let phase: 'before' | 'work' | 'after' = 'before';
    const call = async (): Promise<void> => {
        const begun = phase;
        const good = await transaction(orgs);
        counts.made += CALLS;
        counts.good += good;
        counts.during += begun === 'work' && phase === 'work' ? CALLS : 0;
    };
    await call();
    const steps = new PacedSteps(call);
    const calling = async (): Promise<void> => {
        for (let turn = 1; turn < transactions || phase !== 'after'; turn += 1) {
            await call();
        }
        await call();
    };
    const working = async (): Promise<void> => {
        phase = 'work';
        await work(steps).finally(() => {
            phase = 'after';
        });
    };
    // A transaction is under way when the work begins.
    const [called, worked] = await Promise.allSettled([calling(), working()]);
    for (const outcome of [worked, called]) {
        if (outcome.status === 'rejected') {
            throw outcome.reason;
        }
    }
    return { ...counts, steps: steps.records.length };
}

/** How many of its callouts were answered with 200. */
function transaction({ source }: LinkedPair['orgs']): Promise<number> {
    const statements = `
        Integer good = 0;
        for (Integer i = 0; i < ${CALLS}; i++) {
            HttpRequest request = new HttpRequest();
            request.setMethod('GET');
            request.setTimeout(120000);
            request.setEndpoint('callout:TargetOrg_NC/services/apexrest/Account?limit=1');
            if (new Http().send(request).getStatusCode() == 200) { good++; }
        }`;
    return evaluateApex<number>(source, statements, 'good');
}
