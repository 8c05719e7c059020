import type { Org } from '../../../org/org.ts';
import { Double } from '../../../values/index.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { copyValue } from './copy-value.ts';

export type CacheScope = 'Org' | 'Session';

/** Seconds a value stays without a time of its own (Apex Reference, Cache.Org and Cache.Session). */
const DEFAULT_SECONDS: Readonly<Record<CacheScope, number>> = { Org: 86_400, Session: 28_800 };

/** Seconds a value may stay: at least, and at most by scope (Apex Reference, `put` of Cache.Org and Cache.Session). */
const MINIMUM_SECONDS = 300;
export const MAXIMUM_SECONDS: Readonly<Record<CacheScope, number>> = { Org: 172_800, Session: 28_800 };

/** The least capacity a partition can be given (Platform Cache, "Considerations"). */
const PARTITION_BYTES = 1_048_576;

interface CachedValue {
    readonly value: unknown;
    /** Milliseconds since 1970. */
    readonly expires: number;
}

type Values = Map<string, CachedValue>;

const valuesOfOrgs = new WeakMap<Org, Map<string, Values>>();

/** How often values were asked for, how long that took, and how large those were that were found. */
interface Reads {
    all: number;
    misses: number;
    readonly time: Measure;
    readonly size: Measure;
}

/** Of times in nanoseconds and sizes in bytes. */
interface Measure {
    sum: bigint;
    most: bigint;
}

function note(measure: Measure, amount: bigint): void {
    measure.sum += amount;
    if (amount > measure.most) measure.most = amount;
}

const readsOfValues = new WeakMap<Values, Reads>();

/** A test sees a cache of its own. */
class TestCache {
    readonly partitions = new Map<string, Values>();
}

/** A partition of the platform cache; the default one when code names none. */
export class CachePartition extends NativeObject {
    readonly className: string;
    readonly scope: CacheScope;
    readonly name: string;

    constructor(scope: CacheScope, name: string) {
        super();
        this.className = `cache.${scope}Partition`;
        this.scope = scope;
        this.name = name;
    }

    get(rt: Runtime, key: string): unknown {
        const start = process.hrtime.bigint();
        const cached = this.#live(rt).get(key);
        const value = cached === undefined ? null : copyValue(rt, cached.value);
        const reads = this.#reads(rt);
        reads.all += 1;
        note(reads.time, process.hrtime.bigint() - start);
        if (cached === undefined) reads.misses += 1;
        else note(reads.size, BigInt(sizeOf(rt, value)));
        return value;
    }

    put(rt: Runtime, key: string, value: unknown, seconds: number = DEFAULT_SECONDS[this.scope]): void {
        if (!/^[a-zA-Z0-9]{1,50}$/.test(key)) {
            rt.throwNew('cache.InvalidParamException', `Key must be alphanumeric and at most 50 characters: ${key}`);
        }
        const most = MAXIMUM_SECONDS[this.scope];
        if (seconds < MINIMUM_SECONDS || seconds > most) {
            const range = `${MINIMUM_SECONDS} and ${most} seconds`;
            rt.throwNew('cache.InvalidParamException', `Time to live must be between ${range}: ${seconds}`);
        }
        const expires = rt.org.clock.now() + seconds * 1000;
        this.#live(rt).set(key, { value: copyValue(rt, value), expires });
    }

    has(rt: Runtime, key: string): boolean {
        return this.#live(rt).has(key);
    }

    remove(rt: Runtime, key: string): boolean {
        return this.#live(rt).delete(key);
    }

    keys(rt: Runtime): string[] {
        return [...this.#live(rt).keys()];
    }

    /** Bytes of each value. */
    sizes(rt: Runtime): number[] {
        return [...this.#live(rt).values()].map(({ value }) => sizeOf(rt, value));
    }

    /** Share of reads that found nothing, in percent. */
    missRate(rt: Runtime): Double {
        const { all, misses } = this.#reads(rt);
        return Double.of(all === 0 ? 0 : (100 * misses) / all);
    }

    /** Nanoseconds of a read, on average and at most. */
    getTimes(rt: Runtime): readonly [average: bigint, most: bigint] {
        const { all, time } = this.#reads(rt);
        return [averageOf(time, all), time.most];
    }

    /** Bytes of a value that was found, on average and at most. */
    getSizes(rt: Runtime): readonly [average: bigint, most: bigint] {
        const { all, misses, size } = this.#reads(rt);
        return [averageOf(size, all - misses), size.most];
    }

    #reads(rt: Runtime): Reads {
        const values = this.#values(rt);
        const none = (): Measure => ({ sum: 0n, most: 0n });
        const reads = readsOfValues.get(values) ?? { all: 0, misses: 0, time: none(), size: none() };
        readsOfValues.set(values, reads);
        return reads;
    }

    /** Percent of the partition that its values take. */
    usedCapacity(rt: Runtime): Double {
        const values = [...this.#live(rt)].map(([key, { value }]) => Buffer.byteLength(key + rt.toText(value)));
        return Double.of((100 * values.reduce((sum, size) => sum + size, 0)) / PARTITION_BYTES);
    }

    #live(rt: Runtime): Values {
        const values = this.#values(rt);
        const now = rt.org.clock.now();
        for (const [key, { expires }] of values) {
            if (expires <= now) {
                values.delete(key);
            }
        }
        return values;
    }

    #values(rt: Runtime): Values {
        const partitions = rt.tx.isTest ? rt.tx.state(TestCache).partitions : partitionsOf(rt.org);
        const owner = this.scope === 'Session' ? rt.tx.access.userId : '';
        const id = `${this.scope} ${owner} ${this.name.toLowerCase()}`;
        let values = partitions.get(id);
        if (values === undefined) {
            values = new Map();
            partitions.set(id, values);
        }
        return values;
    }
}

function averageOf({ sum }: Measure, count: number): bigint {
    return count === 0 ? 0n : sum / BigInt(count);
}

function sizeOf(rt: Runtime, value: unknown): number {
    return Buffer.byteLength(rt.toText(value));
}

function partitionsOf(org: Org): Map<string, Values> {
    let partitions = valuesOfOrgs.get(org);
    if (partitions === undefined) {
        partitions = new Map();
        valuesOfOrgs.set(org, partitions);
    }
    return partitions;
}
