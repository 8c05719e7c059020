import type { ApexException } from '../../runtime/apex-exception.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { nativeClass, type NativeClass } from '../native.ts';

/** How often a trigger of an event that throws RetryableException runs again (Platform Events Developer Guide). */
export const MAXIMUM_RETRIES = 9;

/** The delivery of events that runs now. */
export class EventDelivery {
    retries = 0;
    lastError: string | null = null;
    checkpoint: string | null = null;
    /** Whether a trigger of an event is running. */
    isRunning = false;
    /** What left a trigger. */
    failure: ApexException | undefined;
}

class TriggerContextObject extends NativeObject {
    readonly className = 'eventbus.TriggerContext';
    readonly delivery: EventDelivery;

    constructor(delivery: EventDelivery) {
        super();
        this.delivery = delivery;
    }
}

function currentContext(rt: Runtime): TriggerContextObject | null {
    const delivery = rt.tx.state(EventDelivery);
    return delivery.isRunning ? new TriggerContextObject(delivery) : null;
}

/** TriggerContext (Apex Reference, EventBus Namespace). */
export const triggerContextClass: NativeClass = nativeClass({
    name: 'eventbus.TriggerContext',
    statics: { 'currentContext()': currentContext },
    methods: {
        'getResumeCheckpoint()': (_rt, { delivery }: TriggerContextObject) => delivery.checkpoint,
        'setResumeCheckpoint(String)': (_rt, { delivery }: TriggerContextObject, replayId: string | null) => {
            delivery.checkpoint = replayId;
        }
    },
    properties: {
        lastError: { get: (_rt, { delivery }: TriggerContextObject) => delivery.lastError },
        retries: { get: (_rt, { delivery }: TriggerContextObject) => delivery.retries }
    }
});
