import { Datetime, Id, type SObject } from '../../../values/index.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { stringList } from '../arguments.ts';
import { orgCounter } from '../org-counter.ts';
import { TestState } from '../test/test-state.ts';
import { deliver, FIRST_TIME, type Retry } from './deliver-events.ts';
import { subscribersOf, type Subscriber } from './subscribers.ts';

/** A platform event on its way to its subscribers. */
export interface PublishedEvent {
    readonly record: SObject;
    readonly callback: object | undefined;
    /** Of an event that one trigger wants to see again. */
    readonly again?: { readonly trigger: string; readonly retry: Retry };
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
    for (const { record } of events) {
        record.set('ReplayId', String(nextReplayId(rt.org)));
        record.set('CreatedDate', new Datetime(rt.org.clock.now()));
        record.set('CreatedById', Id.of(rt.tx.access.userId));
    }
    if (rt.tx.isTest) {
        rt.tx.state(TestState).events.push(...events);
        return;
    }
    for (const [object, group] of byObject(events)) {
        const records = group.map(({ record }) => record);
        for (const subscriber of subscribersOf(rt, object)) queue(rt, subscriber, records);
    }
    if (events.some(({ callback }) => callback !== undefined)) {
        rt.runLater(() => callBack(rt, events, 'onSuccess', 'eventbus.SuccessResult'), { kind: 'event' });
    }
}

const nextReplayId = orgCounter();

/** A job for each subscriber, so that each gets its events in its own batches. */
function queue(rt: Runtime, subscriber: Subscriber, events: readonly SObject[]): void {
    const run = (all: readonly unknown[]): void => deliverLive(rt, subscriber, all as readonly SObject[], FIRST_TIME);
    const { trigger, batchSize } = subscriber;
    rt.runLater(() => run(events), {
        kind: 'event',
        batch: { key: `event ${trigger}`, items: events, most: batchSize, run }
    });
}

function deliverLive(rt: Runtime, subscriber: Subscriber, events: readonly SObject[], retry: Retry): void {
    deliver(rt, subscriber, events, retry, (again, next) =>
        // Events that come again are told how often: they go by themselves.
        rt.runLater(() => deliverLive(rt, subscriber, again, next), { kind: 'event' })
    );
}

/** Delivers what a test has published; what subscribers publish waits for the next time. */
export function deliverTestEvents(rt: Runtime): void {
    const { events } = rt.tx.state(TestState);
    const due = events.splice(0);
    for (const [object, group] of byObject(due)) {
        for (const subscriber of subscribersOf(rt, object)) deliverInTest(rt, subscriber, group);
    }
    callBack(rt, due, 'onSuccess', 'eventbus.SuccessResult');
}

function deliverInTest(rt: Runtime, subscriber: Subscriber, group: readonly PublishedEvent[]): void {
    const { trigger } = subscriber;
    const retries = new Map<Retry, SObject[]>();
    for (const { record, again } of group) {
        if (again !== undefined && again.trigger !== trigger) continue;
        const retry = again?.retry ?? FIRST_TIME;
        retries.set(retry, [...(retries.get(retry) ?? []), record]);
    }
    for (const [retry, records] of retries) {
        deliver(rt, subscriber, records, retry, (again, next) => {
            const waiting = again.map((record) => ({
                record,
                callback: undefined,
                again: { trigger, retry: next }
            }));
            rt.tx.state(TestState).events.push(...waiting);
        });
    }
}

/** Lets what a test has published fail: no subscriber hears of it. */
export function failTestEvents(rt: Runtime): void {
    callBack(rt, rt.tx.state(TestState).events.splice(0), 'onFailure', 'eventbus.FailureResult');
}

function byObject(events: readonly PublishedEvent[]): Map<string, PublishedEvent[]> {
    const groups = new Map<string, PublishedEvent[]>();
    for (const event of events) {
        const group = groups.get(event.record.type) ?? [];
        group.push(event);
        groups.set(event.record.type, group);
    }
    return groups;
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
