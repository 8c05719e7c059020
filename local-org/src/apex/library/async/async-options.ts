import type { Org } from '../../../org/org.ts';
import type { Id } from '../../../values/index.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls } from '../arguments.ts';
import { beanClass, type BeanObject } from '../bean.ts';
import { nativeClass, type NativeClass, type NativeMethod, type NativeStatic } from '../native.ts';
import { jobStatus } from './job-rows.ts';
import { RunningJob } from './jobs.ts';

/** Longest text of a signature (Apex Reference, QueueableDuplicateSignature.Builder). */
const MAXIMUM_SIZE = 1000;

export interface QueueSettings {
    readonly delayInMinutes: number;
    readonly maximumStackDepth: number | undefined;
    readonly signature: string | undefined;
}

/** What the second argument of `System.enqueueJob` asks for. */
export function queueSettings(rt: Runtime, options: number | BeanObject | null): QueueSettings {
    if (options === null || typeof options === 'number') {
        return { delayInMinutes: options ?? 0, maximumStackDepth: undefined, signature: undefined };
    }
    const signature = options.get('DuplicateSignature') as Signature | null;
    return {
        delayInMinutes: (options.get('MinimumQueueableDelayInMinutes') as number | null) ?? 0,
        maximumStackDepth: (options.get('MaximumQueueableStackDepth') as number | null) ?? undefined,
        signature: signature?.text
    };
}

const jobsBySignature = new WeakMap<Org, Map<string, Id>>();

/** One job of a signature may wait or run at a time. */
export function withSignature(rt: Runtime, signature: string | undefined, enqueue: () => Id): Id {
    if (signature === undefined) return enqueue();
    const jobs = jobsBySignature.get(rt.org) ?? new Map<string, Id>();
    jobsBySignature.set(rt.org, jobs);
    const other = jobs.get(signature);
    const status = other === undefined ? undefined : jobStatus(rt, other);
    if (status === 'Queued' || status === 'Processing') {
        rt.throwNew('System.DuplicateMessageException', 'Attempt to enqueue job with duplicate queueable signature');
    }
    const id = enqueue();
    jobs.set(signature, id);
    return id;
}

class Signature extends NativeObject {
    readonly className = 'System.QueueableDuplicateSignature';
    readonly text: string;

    constructor(text: string) {
        super();
        this.text = text;
    }

    override valueText(): string {
        return this.text;
    }
}

class SignatureBuilder extends NativeObject {
    readonly className = 'System.QueueableDuplicateSignature.Builder';
    text = '';
}

/** Parts are told apart by their kind and length. */
function add(kind: string): NativeMethod {
    return noNulls((rt, self: SignatureBuilder, value: unknown) => {
        const part = rt.toText(value);
        self.text += `${kind}${part.length}:${part};`;
        return self.text.length <= MAXIMUM_SIZE
            ? self
            : rt.throwNew('System.IllegalArgumentException', 'The signature is too long');
    });
}

function ofJob(read: (job: RunningJob) => unknown): NativeStatic {
    return (rt) => {
        const job = rt.tx.state(RunningJob);
        return job.kind === 'Queueable'
            ? read(job)
            : rt.throwNew('System.AsyncException', 'AsyncInfo is only available in a queueable job');
    };
}

/** AsyncOptions, AsyncInfo and duplicate signatures (Apex Reference, System namespace). */
export const asyncOptionClasses: readonly NativeClass[] = [
    beanClass('System.AsyncOptions'),
    nativeClass({
        name: 'System.AsyncInfo',
        statics: {
            'getCurrentQueueableStackDepth()': ofJob((job) => job.stackDepth),
            'getMaximumQueueableStackDepth()': ofJob((job) => job.maximumStackDepth ?? null),
            'getMinimumQueueableDelayInMinutes()': ofJob((job) => job.delayInMinutes),
            'hasMaxStackDepth()': ofJob((job) => job.maximumStackDepth !== undefined)
        }
    }),
    nativeClass({
        name: 'System.QueueableDuplicateSignature',
        statics: { 'Builder()': () => new SignatureBuilder() },
        methods: { 'toString()': (_rt, self: Signature) => self.text },
        extraSignatures: ['static System.QueueableDuplicateSignature.Builder Builder()']
    }),
    nativeClass({
        name: 'System.QueueableDuplicateSignature.Builder',
        constructors: { '()': () => new SignatureBuilder() },
        methods: {
            'addId(Id)': add('id'),
            'addInteger(Integer)': add('integer'),
            'addString(String)': add('string'),
            'build()': (_rt, self: SignatureBuilder) => new Signature(self.text),
            'getMaxSize()': () => MAXIMUM_SIZE,
            'getRemainingSize()': (_rt, self: SignatureBuilder) => MAXIMUM_SIZE - self.text.length,
            'getSize()': (_rt, self: SignatureBuilder) => self.text.length
        }
    })
];
