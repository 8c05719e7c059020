import type { Id } from '../../../values/index.ts';
import type { ApexException } from '../../runtime/apex-exception.ts';
import { platformEnumValue } from '../../runtime/enum-value.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import { nativeClass, type NativeClass, type NativeMethod } from '../native.ts';

type ContextName = 'System.QueueableContext' | 'System.SchedulableContext' | 'Database.BatchableContext';

/** What a job gets as its context. */
export class JobContext extends NativeObject {
    readonly className: ContextName;
    readonly id: Id;

    constructor(className: ContextName, id: Id) {
        super();
        this.className = className;
        this.id = id;
    }

    /** A context of a batch has a JSON form without members; others have none. */
    override jsonFields(): Record<string, unknown> | undefined {
        return this.className === 'Database.BatchableContext' ? {} : undefined;
    }
}

export class FinalizerContextObject extends NativeObject {
    readonly className = 'System.FinalizerContext';
    readonly id: Id;
    readonly requestId: string;
    readonly exception: ApexException | null;

    constructor(id: Id, requestId: string, exception: ApexException | null) {
        super();
        this.id = id;
        this.requestId = requestId;
        this.exception = exception;
    }
}

/** Tests may pass a context of their own class. */
function idOf(method: string): NativeMethod {
    return (rt, self: object) => (self instanceof JobContext ? self.id : rt.invoke(self, method, []));
}

/** Contexts of asynchronous Apex (Apex Reference, System and Database namespaces). */
export const contextClasses: readonly NativeClass[] = [
    nativeClass({ name: 'System.QueueableContext', methods: { 'getJobId()': idOf('getJobId') } }),
    nativeClass({ name: 'System.SchedulableContext', methods: { 'getTriggerId()': idOf('getTriggerId') } }),
    nativeClass({
        name: 'Database.BatchableContext',
        methods: { 'getJobId()': idOf('getJobId'), 'getChildJobId()': idOf('getChildJobId') }
    }),
    nativeClass({
        name: 'System.FinalizerContext',
        methods: {
            'getAsyncApexJobId()': (_rt, self: FinalizerContextObject) => self.id,
            'getException()': (_rt, self: FinalizerContextObject) => self.exception,
            'getRequestId()': (_rt, self: FinalizerContextObject) => self.requestId,
            'getResult()': (_rt, self: FinalizerContextObject) =>
                platformEnumValue('System.ParentJobResult', self.exception === null ? 'SUCCESS' : 'UNHANDLED_EXCEPTION')
        }
    })
];
