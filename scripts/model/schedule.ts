import { advance, holdings, settle, type ModelPair } from './model-pair.ts';
import {
    OBJECTS,
    OBJECT_NAMES,
    SIDES,
    type Held,
    type Holdings,
    type ObjectName,
    type Oracle,
    type Side,
    type Value
} from './oracle.ts';
import { Random } from './random.ts';
import { restoreByKey } from './restore.ts';

/** One schedule: some operations on both orgs under faults, then rest, then the comparison. */
export interface ScheduleOutcome {
    readonly operations: number;
    /** Empty when all is well. */
    readonly problems: readonly string[];
    readonly faults: number;
}

const BATCHES = 4;
const LARGEST_BATCH = 4;
const MOST_RECORDS = 24;

/** Rates of the faults of a schedule: a few kinds, often enough that most schedules are struck. */
export function faultsOf(seed: number): { readonly seed: string; readonly rates: Record<string, number> } {
    const random = new Random(seed * 7919 + 17);
    const kinds: Record<string, number> = {
        cut: 0.15,
        'drop-response': 0.2,
        'status-503': 0.1,
        'status-429': 0.05,
        'api-limit': 0.05,
        'token-expired': 0.1,
        'token-revoked': 0.05,
        duplicate: 0.2,
        reorder: 0.15,
        'crash-self': 0.1,
        'crash-peer': 0.1,
        lock: 0.02,
        'event-lost': 0.2,
        'event-twice': 0.2,
        'event-late': 0.2,
        clock: 0.1
    };
    const rates = Object.fromEntries(Object.entries(kinds).filter(() => random.chance(0.35)));
    return { seed: String(seed), rates };
}

export async function runSchedule(model: ModelPair, oracle: Oracle, seed: number): Promise<ScheduleOutcome> {
    const random = new Random(seed);
    const { pair } = model;
    const faults = faultsOf(seed);
    await pair.laboratory.use({ ...faults, downMs: 0, latencyMs: 0, clockMs: 5 * 60_000 });
    let operations = 0;
    for (let batch = 0; batch < BATCHES; batch += 1) {
        operations += await new Batch(model, oracle, random, `${seed}-${batch}`).run();
        await advance(model, 1000 + random.below(90_000));
        for (let turn = random.below(4); turn > 0; turn -= 1) {
            await pair.control[random.pick(SIDES)].runJobs(1 + random.below(3));
        }
    }
    const struck = (await pair.laboratory.report()).struck.length;
    const waiting = await settle(model);
    const [source, target] = await Promise.all(SIDES.map((side) => holdings(model[side])));
    const clocksAgree = faults.rates['clock'] === undefined;
    const problems = oracle.check({ source, target }, clocksAgree);
    if (waiting !== undefined) problems.unshift(`not delivered:\n${waiting}`);
    if (problems.length === 0) oracle.agree(source);
    return { operations, problems, faults: struck };
}

interface Change {
    readonly object: ObjectName;
    readonly key: string;
    readonly record: Record<string, unknown>;
    /** Tells the oracle, once the org has taken it. */
    readonly note: () => void;
}

interface SaveResult {
    readonly success: boolean;
}

/** Operations on one org in one go: creates, updates and deletes, each by itself. */
class Batch {
    readonly #model: ModelPair;
    readonly #oracle: Oracle;
    readonly #random: Random;
    readonly #name: string;
    readonly #side: Side;
    readonly #taken = new Set<string>();
    #held: Holdings = new Map();

    constructor(model: ModelPair, oracle: Oracle, random: Random, name: string) {
        this.#model = model;
        this.#oracle = oracle;
        this.#random = random;
        this.#name = name;
        this.#side = random.pick(SIDES);
    }

    async run(): Promise<number> {
        this.#held = await holdings(this.#model[this.#side]);
        const creates: Change[] = [];
        const updates: Change[] = [];
        const deletes: Change[] = [];
        const undeletes: Change[] = [];
        for (let left = 2 + this.#random.below(LARGEST_BATCH); left > 0; left -= 1) {
            const roll = this.#random.next();
            const living = this.#held.size;
            if (living < 4 || (roll < 0.25 && living < MOST_RECORDS)) push(creates, this.#create(left));
            else if (roll < 0.75) push(updates, this.#update());
            else if (roll < 0.9) push(deletes, this.#delete());
            else push(undeletes, this.#undelete());
        }
        return (
            (await this.#send('POST', creates)) +
            (await this.#send('PATCH', updates)) +
            (await this.#send('DELETE', deletes)) +
            (await this.#restore(undeletes))
        );
    }

    #create(number: number): Change | undefined {
        const object = this.#random.pick(OBJECT_NAMES);
        const key = `${object.replace('__c', '')} ${this.#name}-${number}`;
        const values: Record<string, Value> = {};
        const record: Record<string, unknown> = { Name: key };
        for (const field of OBJECTS[object].fields) values[field] = record[field] = this.#value(field);
        const { parent } = OBJECTS[object];
        if (parent !== undefined) {
            const chosen = this.#parent(parent.object);
            if (chosen === undefined && object === 'Project_Task__c') return undefined;
            values[parent.field] = chosen?.key ?? null;
            record[parent.field] = chosen?.held.id ?? null;
        }
        return { object, key, record, note: () => this.#oracle.create(this.#side, object, key, values) };
    }

    #update(): Change | undefined {
        const found = this.#choose();
        if (found === undefined) return undefined;
        const { key, held, object } = found;
        const { fields, parent } = OBJECTS[object];
        if (object === 'Project__c' && parent !== undefined && this.#random.chance(0.3)) {
            const chosen = this.#parent(parent.object);
            if (chosen === undefined) return undefined;
            const record = { Id: held.id, [parent.field]: chosen.held.id };
            const before = held.values[parent.field];
            const note = (): void => this.#oracle.write(this.#side, key, parent.field, chosen.key, before);
            return { object, key, record, note };
        }
        const field = this.#random.pick(fields);
        const value = this.#value(field);
        const note = (): void => this.#oracle.write(this.#side, key, field, value, held.values[field]);
        return { object, key, record: { Id: held.id, [field]: value }, note };
    }

    /** Records with all that the platform deletes along. */
    #delete(): Change | undefined {
        const found = this.#choose();
        if (found === undefined) return undefined;
        const { key, held, object } = found;
        return { object, key, record: { Id: held.id }, note: () => this.#oracle.delete(this.#side, key, this.#held) };
    }

    /** Records that both orgs have deleted when they were last in step; details come back with their masters only. */
    #undelete(): Change | undefined {
        const gone = [...this.#oracle.records].filter(
            ([key, entry]) => entry.master === undefined && !entry.isAlive && !this.#oracle.isTouched(key)
        );
        if (gone.length === 0) return undefined;
        const [key, { object }] = this.#random.pick(gone.slice(-8));
        if (this.#taken.has(key)) return undefined;
        this.#taken.add(key);
        return { object, key, record: {}, note: () => this.#oracle.restore(key) };
    }

    #choose(): { key: string; held: Held; object: ObjectName } | undefined {
        const keys = [...this.#held.keys()].filter((key) => !this.#taken.has(key) && this.#oracle.records.has(key));
        if (keys.length === 0) return undefined;
        const key = this.#random.pick(keys.sort());
        this.#taken.add(key);
        const [held] = this.#held.get(key) as readonly Held[];
        return { key, held, object: this.#oracle.entry(key).object };
    }

    /** A parent, which the other org may be deleting. */
    #parent(object: ObjectName): { key: string; held: Held } | undefined {
        const keys = [...this.#held.keys()].filter((key) => {
            const entry = this.#oracle.records.get(key);
            return entry?.object === object && !this.#taken.has(key);
        });
        if (keys.length === 0) return undefined;
        const key = this.#random.pick(keys.sort());
        // Not deleted in this batch either.
        this.#taken.add(key);
        const [held] = this.#held.get(key) as readonly Held[];
        return { key, held };
    }

    #value(field: string): Value {
        const number = 1 + this.#random.below(900_000);
        return field.endsWith('__c') ? number : `${field.slice(0, 1)}${number}`;
    }

    async #send(method: 'POST' | 'PATCH' | 'DELETE', changes: readonly Change[]): Promise<number> {
        if (changes.length === 0) return 0;
        const { connection } = this.#model[this.#side];
        const base = `/services/data/v${connection.version}/composite/sobjects`;
        const records = changes.map(({ object, record }) => ({ attributes: { type: object }, ...record }));
        const results =
            method === 'DELETE'
                ? await connection.request<SaveResult[]>({
                      method,
                      url: `${base}?ids=${changes.map(({ record }) => String(record['Id'])).join(',')}`
                  })
                : await connection.request<SaveResult[]>({
                      method,
                      url: base,
                      body: JSON.stringify({ allOrNone: false, records }),
                      headers: { 'content-type': 'application/json' }
                  });
        changes.forEach(({ note }, index) => {
            if (results[index].success) note();
        });
        return changes.length;
    }

    async #restore(changes: readonly Change[]): Promise<number> {
        for (const { object, key, note } of changes) {
            if (await restoreByKey(this.#model[this.#side], object, key)) note();
        }
        return changes.length;
    }
}

function push(changes: Change[], change: Change | undefined): void {
    if (change !== undefined) changes.push(change);
}
