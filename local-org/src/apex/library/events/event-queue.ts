import { Datetime, Id, type SObject } from '../../../values/index.ts';
import { textOf } from '../../../schema/document.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { stringList } from '../arguments.ts';
import { orgCounter } from '../org-counter.ts';
import { EventDelivery, MAXIMUM_RETRIES } from './trigger-context.ts';
import { TestState } from '../test/test-state.ts';

const MAXIMUM_EVENTS = 2000;

/** A platform event on its way to its subscribers. */
export interface PublishedEvent {
    readonly record: SObject;
    readonly callback: object | undefined;
    /** Of an event that a trigger wants to see again. */
    readonly retry?: { readonly count: number; readonly lastError: string | null };
}

/** `EventBus.SuccessResult` and `EventBus.FailureResult`: the events a callback is about. */
export class PublishResult extends NativeObject {
    readonly className: 'eventbus.SuccessResult' | 'eventbus.FailureResult';
    readonly uuids: readonly string[];

    constructor(className: PublishResult['className'], uuids: readonly string[]) {
        super();
        this.className = className;
        this.uuids = uuids;
    }
}

/** Puts events on the bus: in a test they wait for the test to deliver them, else for the transaction to commit. */
export function publishEvents(rt: Runtime, events: readonly PublishedEvent[]): void {
    if (rt.tx.isTest) {
        rt.tx.state(TestState).events.push(...events);
    } else {
        const deliver = (all: readonly unknown[]): void => deliverEvents(rt, all as readonly PublishedEvent[]);
        // Events that come again are told how often: they go by themselves.
        const isAgain = events.some(({ retry }) => retry !== undefined);
        rt.runLater(() => deliver(events), {
            kind: 'event',
            ...(!isAgain && { batch: { key: 'event', items: events, most: eventsAtOnce(rt), run: deliver } })
        });
    }
}

/**
 * Events that a trigger gets at a time: 2,000, or what the subscriber's configuration says; the smallest counts for all.
 * Source: Platform Events Developer Guide, "Configure the User and Batch Size for Your Platform Event Trigger".
 */
function eventsAtOnce({ org }: Runtime): number {
    const sizes = org.metadata
        .list('PlatformEventSubscriberConfig')
        .map(({ document }) => Number(textOf(document, 'batchSize') ?? MAXIMUM_EVENTS));
    return Math.min(MAXIMUM_EVENTS, ...sizes);
}

/** Delivers what a test has published; what subscribers publish waits for the next time. */
export function deliverTestEvents(rt: Runtime): void {
    const { events } = rt.tx.state(TestState);
    deliverEvents(rt, events.splice(0));
}

/** Lets what a test has published fail: no subscriber hears of it. */
export function failTestEvents(rt: Runtime): void {
    callBack(rt, rt.tx.state(TestState).events.splice(0), 'onFailure', 'eventbus.FailureResult');
}

function deliverEvents(rt: Runtime, events: readonly PublishedEvent[]): void {
    for (const group of byObject(events)) {
        rt.runAsync(() => notify(rt, group));
    }
    callBack(rt, events, 'onSuccess', 'eventbus.SuccessResult');
}

function byObject(events: readonly PublishedEvent[]): Iterable<PublishedEvent[]> {
    const groups = new Map<string, PublishedEvent[]>();
    for (const event of events) {
        const group = groups.get(event.record.type) ?? [];
        group.push(event);
        groups.set(event.record.type, group);
    }
    return groups.values();
}

const nextReplayId = orgCounter();

/**
 * A trigger of an event that fails takes its work back and is told to no one; one that throws RetryableException gets
 * the events again (Platform Events Developer Guide, "Retry Event Triggers with EventBus.RetryableException").
 */
function notify(rt: Runtime, events: readonly PublishedEvent[]): void {
    const delivery = rt.tx.state(EventDelivery);
    const retry = events[0]?.retry;
    Object.assign(delivery, { isRunning: true, retries: retry?.count ?? 0, lastError: retry?.lastError ?? null });
    const delivered = events.map(({ record }) => {
        const copy = record.copy();
        copy.set('ReplayId', String(nextReplayId(rt.org)));
        copy.set('CreatedDate', new Datetime(rt.org.clock.now()));
        copy.set('CreatedById', Id.of(rt.tx.access.userId));
        return copy;
    });
    const { database } = rt.org;
    const before = database.savepoint();
    rt.org.apex.triggers.fire({
        object: delivered[0]?.type ?? '',
        operation: 'insert',
        phase: 'after',
        newRecords: delivered,
        oldRecords: null,
        userId: rt.tx.access.userId
    });
    if (delivered.some((record) => record.errors.length > 0)) database.rollback(before);
    database.release(before);
    const { failure } = delivery;
    if (failure?.typeName === 'eventbus.RetryableException' && delivery.retries < MAXIMUM_RETRIES) {
        const again = { count: delivery.retries + 1, lastError: failure.message };
        publishEvents(
            rt,
            events.map(({ record }) => ({ record, callback: undefined, retry: again }))
        );
    }
}

/** One call of each callback with all of its events. */
function callBack(
    rt: Runtime,
    events: readonly PublishedEvent[],
    method: 'onSuccess' | 'onFailure',
    className: PublishResult['className']
): void {
    const uuids = new Map<object, string[]>();
    for (const { record, callback } of events) {
        if (callback === undefined) continue;
        const list = uuids.get(callback) ?? [];
        list.push(String(record.get('EventUuid')));
        uuids.set(callback, list);
    }
    for (const [callback, list] of uuids) {
        if (!rt.hasMethod(callback, method, 1)) continue;
        rt.runAsync(() => void rt.invoke(callback, method, [new PublishResult(className, list)]));
    }
}

export function uuidList({ uuids }: PublishResult): ReturnType<typeof stringList> {
    return stringList([...uuids]);
}
