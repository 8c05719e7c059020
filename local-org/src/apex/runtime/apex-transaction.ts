import type { AccessContext } from '../../access/types.ts';
import type { Job } from '../../org/job-queue.ts';
import type { LimitCounters, Transaction } from './transaction.ts';

/** Limits of synchronous code (Apex Developer Guide, Execution Governors and Limits). */
const SYNCHRONOUS: Readonly<LimitCounters> = {
    queries: 100,
    queryRows: 50_000,
    aggregateQueries: 300,
    soslQueries: 20,
    queryLocatorRows: 10_000,
    cursorRows: 50_000_000,
    cursorFetches: 10,
    dmlStatements: 150,
    dmlRows: 10_000,
    callouts: 100,
    futureCalls: 50,
    queueableJobs: 50,
    emailInvocations: 10,
    publishImmediateDml: 150,
    cpuTime: 10_000,
    heapSize: 6_000_000
};

const ASYNCHRONOUS: Readonly<LimitCounters> = {
    ...SYNCHRONOUS,
    queries: 200,
    queueableJobs: 1,
    cpuTime: 60_000,
    heapSize: 12_000_000
};

export interface TransactionOptions {
    readonly id: string;
    readonly userId: string;
    readonly isTest?: boolean;
    readonly isAsync?: boolean;
    /** Depth of the frames that were open when it started. */
    readonly baseDepth: number;
    /** Test that an asynchronous job belongs to: the job sees its static variables and goes on writing to its log. */
    readonly parent?: ApexTransaction | undefined;
    /** Access of the code that runs now; asked for at each use. */
    readonly access: (userId: string) => AccessContext;
}

export class ApexTransaction implements Transaction {
    readonly id: string;
    readonly isTest: boolean;
    readonly isAsync: boolean;
    /** Depth below which frames belong to someone else: stack traces end there. A trigger raises it. */
    baseDepth: number;
    readonly maximum: Readonly<LimitCounters>;
    readonly debugLog: string[];
    uncommittedWork = false;
    stubbedObjects: Set<string> | undefined;
    /** Static state of classes by their number. */
    readonly statics: unknown[];
    limits: LimitCounters;
    /** Running user; `System.runAs` changes it. */
    userId: string;
    readonly #startedAt = process.threadCpuUsage();
    readonly #access: (userId: string) => AccessContext;
    /** Jobs to put into the org's queue once this is committed. */
    readonly later: Job[] = [];
    readonly #states = new Map<unknown, unknown>();

    constructor({ id, userId, isTest = false, isAsync = false, baseDepth, parent, access }: TransactionOptions) {
        this.id = id;
        this.userId = userId;
        this.isTest = isTest;
        this.isAsync = isAsync;
        this.baseDepth = baseDepth;
        this.maximum = isAsync ? ASYNCHRONOUS : SYNCHRONOUS;
        this.limits = zero();
        this.statics = parent?.statics ?? [];
        this.debugLog = parent?.debugLog ?? [];
        this.#access = access;
    }

    get access(): AccessContext {
        return this.#access(this.userId);
    }

    /** Only the running user can be set; the rest follows from the code that runs. */
    set access({ userId }: AccessContext) {
        this.userId = userId;
    }

    /** CPU time of the engine's thread since the transaction began; waiting for callouts takes none. */
    cpuMilliseconds(): number {
        const { user, system } = process.threadCpuUsage(this.#startedAt);
        return Math.floor((user + system) / 1000);
    }

    /** Shares state with another transaction. */
    adopt<T>(key: new () => T, state: T): void {
        this.#states.set(key, state);
    }

    state<T>(key: new () => T): T {
        let state = this.#states.get(key) as T | undefined;
        if (state === undefined) {
            state = new key();
            this.#states.set(key, state);
        }
        return state;
    }
}

function zero(): LimitCounters {
    return Object.fromEntries(Object.keys(SYNCHRONOUS).map((name) => [name, 0])) as unknown as LimitCounters;
}
