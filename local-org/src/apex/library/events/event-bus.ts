import { randomUUID } from 'node:crypto';
import { requiredFieldsMissing } from '../../../dml/row-errors.ts';
import { SObject } from '../../../values/index.ts';
import { chargeLimit } from '../../runtime/limit-messages.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { DmlRowResult, Runtime } from '../../runtime/runtime.ts';
import { platformType } from '../../types/apex-types.ts';
import { noNulls } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import { RowResultObject } from '../database/results.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { orgCounter } from '../org-counter.ts';
import {
    deliverTestEvents,
    failTestEvents,
    publishEvents,
    uuidList,
    type PublishedEvent,
    type PublishResult
} from './event-queue.ts';

const SAVE_RESULT = platformType('Database.SaveResult');

function publishAll(rt: Runtime, list: ApexList, callback?: object): ApexList {
    charge(rt, list);
    const accepted: PublishedEvent[] = [];
    const results = list.items.map((item) => {
        const record = item === null ? rt.nullPointer() : (item as SObject);
        const refusal = refuse(rt, record);
        if (refusal !== undefined) return new RowResultObject('SaveResult', refusal);
        const event = record.copy();
        const uuid = event.get('EventUuid') ?? randomUUID();
        event.set('EventUuid', uuid);
        accepted.push({ record: event, callback });
        return new RowResultObject('SaveResult', {
            id: newEventId(rt, event),
            success: true,
            created: true,
            errors: [{ statusCode: ENQUEUED, message: String(uuid), fields: [] }]
        });
    });
    publishEvents(rt, accepted);
    return new ApexList(SAVE_RESULT, results);
}

/**
 * Status of an event that was accepted, in the errors of its result; the message is the event's UUID (Platform Events
 * Developer Guide, "Publish Event Messages with Apex").
 */
const ENQUEUED = 'OPERATION_ENQUEUED';

/** UUID of the event of a result of `publish`; null when the event was refused. */
function operationId(rt: Runtime, result: unknown): string | null {
    if (!(result instanceof RowResultObject) || result.className !== 'Database.SaveResult') {
        const message = `Not a result of EventBus.publish: ${rt.typeOf(result).name}. Pass a Database.SaveResult.`;
        return rt.throwNew('System.InvalidParameterValueException', message);
    }
    return result.row.errors.find(({ statusCode }) => statusCode === ENQUEUED)?.message ?? null;
}

/**
 * Events that go out with the transaction count as DML, those published at once against a limit of their own (Platform
 * Events Developer Guide, "Apex Limits").
 */
function charge(rt: Runtime, list: ApexList): void {
    const atOnce = list.items.filter((item) => item instanceof SObject && isPublishedAtOnce(rt, item.type));
    const withTransaction = list.items.length - atOnce.length;
    if (atOnce.length > 0) chargeLimit(rt, 'publishImmediateDml', 1);
    if (withTransaction === 0) return;
    chargeLimit(rt, 'dmlStatements', 1);
    chargeLimit(rt, 'dmlRows', withTransaction);
}

function isPublishedAtOnce(rt: Runtime, event: string): boolean {
    return rt.org.metadata.get('CustomObject', event)?.document?.publishBehavior === 'PublishImmediately';
}

/** The result of an event that lacks a required field; undefined for one that can be published. */
function refuse(rt: Runtime, record: SObject): DmlRowResult | undefined {
    const object = rt.org.schema.object(record.type);
    if (object?.kind !== 'platformEvent') {
        return rt.throwNew('System.InvalidParameterValueException', `${record.type} is not a platform event`);
    }
    const missing = [...object.fields.values()].filter(
        (field) =>
            field.custom && !field.nillable && !field.defaultedOnCreate && (record.get(field.name) ?? null) === null
    );
    if (missing.length === 0) return undefined;
    const errors = [requiredFieldsMissing(missing.map((field) => field.name))];
    return { id: null, success: false, created: false, errors };
}

const nextEvent = orgCounter();

/** Events are not stored; their ids only tell them apart. */
function newEventId(rt: Runtime, event: SObject): string {
    const prefix = rt.org.schema.object(event.type)?.keyPrefix ?? 'e00';
    return `${prefix}${nextEvent(rt.org).toString(36).toUpperCase().padStart(12, '0')}AAA`;
}

function publishOne(rt: Runtime, event: SObject, callback?: object): unknown {
    return publishAll(rt, new ApexList(platformType('System.SObject'), [event]), callback).items[0];
}

/** `Test.getEventBus()`. */
export class TestBroker extends NativeObject {
    readonly className = 'eventbus.TestBroker';
}

/** EventBus (Apex Reference, System.EventBus and EventBus Namespace). */
export const eventBusClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'System.EventBus',
        statics: {
            'getOperationId(Object)': noNulls(operationId),
            'publish(SObject)': noNulls(publishOne),
            'publish(List)': noNulls(publishAll),
            'publish(SObject,Object)': noNulls(publishOne),
            'publish(List,Object)': noNulls(publishAll)
        }
    }),
    nativeClass({
        name: 'eventbus.TestBroker',
        methods: { 'deliver()': deliverTestEvents, 'fail()': failTestEvents }
    }),
    nativeClass({
        name: 'eventbus.SuccessResult',
        methods: { 'getEventUuids()': (_rt, self: PublishResult) => uuidList(self) }
    }),
    nativeClass({
        name: 'eventbus.FailureResult',
        methods: { 'getEventUuids()': (_rt, self: PublishResult) => uuidList(self) }
    })
];
