import type { SObject } from '../../../values/index.ts';
import { ApexException, LimitExceeded } from '../../runtime/apex-exception.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Subscriber } from './subscribers.ts';
import { EventDelivery, MAXIMUM_RETRIES } from './trigger-context.ts';

/** How often the events came to a trigger before, for it threw RetryableException. */
export interface Retry {
    readonly count: number;
    readonly lastError: string | null;
}

export const FIRST_TIME: Retry = { count: 0, lastError: null };

/** Asks for the events again, for one trigger. */
export type RetryLater = (events: readonly SObject[], retry: Retry) => void;

/** Gives events to a trigger, as many at a time as it takes, each time in a transaction of its own. */
export function deliver(
    rt: Runtime,
    subscriber: Subscriber,
    events: readonly SObject[],
    retry: Retry,
    later: RetryLater
): void {
    for (let at = 0; at < events.length; at += subscriber.batchSize) {
        let batch = events.slice(at, at + subscriber.batchSize);
        while (batch.length > 0) batch = deliverBatch(rt, subscriber, batch, retry, later);
    }
}

/**
 * Answers the events that the trigger is to get next: those behind its checkpoint. A trigger that fails takes its work back
 * and is told to no one, except that what it did stays when it had set a checkpoint; one that throws RetryableException gets
 * all of the events again later. Sources: Platform Events Developer Guide, "Resume a Platform Event Trigger After an Uncaught
 * Exception", "Retry Event Triggers with EventBus.RetryableException".
 */
function deliverBatch(
    rt: Runtime,
    { trigger, userId }: Subscriber,
    events: readonly SObject[],
    retry: Retry,
    later: RetryLater
): SObject[] {
    let rest: SObject[] = [];
    rt.runAsync(() => {
        const delivery = rt.tx.state(EventDelivery);
        Object.assign(delivery, { isRunning: true, retries: retry.count, lastError: retry.lastError });
        const { database } = rt.org;
        const before = database.savepoint();
        const failure = runTrigger(rt, trigger, events);
        const isRetry = failure instanceof ApexException && failure.typeName === 'eventbus.RetryableException';
        const checkpoint = isRetry ? -1 : events.findIndex((event) => event.get('ReplayId') === delivery.checkpoint);
        if (failure !== undefined && checkpoint < 0) {
            database.rollback(before);
            rt.dropLater();
        }
        database.release(before);
        if (checkpoint >= 0) rest = events.slice(checkpoint + 1);
        if (isRetry && retry.count < MAXIMUM_RETRIES) {
            later(events, { count: retry.count + 1, lastError: failure.message });
        }
    }, userId);
    return rest;
}

/** What left the trigger. */
function runTrigger(
    rt: Runtime,
    trigger: string,
    events: readonly SObject[]
): ApexException | LimitExceeded | undefined {
    const delivered = events.map((event) => event.copy());
    try {
        rt.org.apex.triggers.fire({
            object: delivered[0]?.type ?? '',
            operation: 'insert',
            phase: 'after',
            newRecords: delivered,
            oldRecords: null,
            trigger
        });
        return rt.tx.state(EventDelivery).failure;
    } catch (error) {
        if (error instanceof LimitExceeded) return error;
        throw error;
    }
}
