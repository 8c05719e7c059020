/** What should be in both orgs, in plain maps. It knows nothing of the engine but its promise. */

export type Side = 'source' | 'target';
export const SIDES: readonly Side[] = ['source', 'target'];

/** Objects of the model: fields that are written, and the one that names the parent. */
export const OBJECTS = {
    Account: { fields: ['Phone', 'Description'], parent: undefined },
    Project__c: { fields: ['Budget__c'], parent: { field: 'Account__c', object: 'Account' } },
    Project_Task__c: { fields: ['Hours__c'], parent: { field: 'Project__c', object: 'Project__c' } }
} as const;
/** The object that has details, and the field by which they name it. */
const MASTER = { object: 'Project__c', field: 'Project__c' } as const;
export type ObjectName = keyof typeof OBJECTS;
export const OBJECT_NAMES = Object.keys(OBJECTS) as ObjectName[];

export type Value = string | number | null;

/** A record as an org holds it, its parent by key. */
export interface Held {
    readonly id: string;
    readonly values: Readonly<Record<string, Value>>;
}

/** Records of an org by key; several under one key are duplicates. */
export type Holdings = ReadonlyMap<string, readonly Held[]>;

interface Write {
    readonly side: Side;
    readonly order: number;
    readonly value: Value;
}

interface Entry {
    readonly object: ObjectName;
    /** As both orgs agreed when they were last in step. */
    readonly agreed: Record<string, Value>;
    isAlive: boolean;
    /** Since then. */
    readonly writes: Map<string, Write[]>;
    readonly deletes: { readonly side: Side; readonly order: number; readonly sawAll: boolean }[];
    wasRestored: boolean;
    wasCreated: boolean;
    /** It may have come back with its master, as far as it was deleted with it. */
    mayReturn: boolean;
    /** Key of the record with which the platform deletes and restores this one. */
    readonly master: Value | undefined;
}

export class Oracle {
    readonly records = new Map<string, Entry>();
    #order = 0;

    create(side: Side, object: ObjectName, key: string, values: Readonly<Record<string, Value>>): void {
        const entry: Entry = {
            object,
            agreed: {},
            isAlive: true,
            writes: new Map(),
            deletes: [],
            wasRestored: false,
            wasCreated: true,
            mayReturn: false,
            master: values[MASTER.field]
        };
        this.records.set(key, entry);
        for (const [field, value] of Object.entries(values)) this.write(side, key, field, value);
    }

    /** `held` is the value that the org held just before: a save that changes nothing is none. */
    write(side: Side, key: string, field: string, value: Value, held?: Value): void {
        const { writes } = this.entry(key);
        if (value === held) return;
        this.#order += 1;
        writes.set(field, [...(writes.get(field) ?? []), { side, order: this.#order, value }]);
    }

    /** `holdings` is what the org held just before. What the platform deletes along is deleted too. */
    delete(side: Side, key: string, holdings: Holdings): void {
        this.#order += 1;
        for (const gone of [key, ...detailsOf(key, holdings)]) this.#delete(side, gone, holdings);
    }

    #delete(side: Side, key: string, holdings: Holdings): void {
        const entry = this.entry(key);
        const [held] = holdings.get(key) as readonly Held[];
        const sawAll = [...entry.writes].every(([field, writes]) => {
            const last = (isMine: boolean): Write | undefined =>
                writes.filter((write) => (write.side === side) === isMine).at(-1);
            const theirs = last(false);
            // Its own value may have won over theirs, which it has seen then.
            return theirs === undefined || [theirs.value, last(true)?.value].includes(held.values[field]);
        });
        entry.deletes.push({ side, order: this.#order, sawAll });
    }

    restore(key: string): void {
        const entry = this.entry(key);
        entry.isAlive = true;
        entry.wasRestored = true;
        for (const detail of this.records.values()) {
            if (detail.master === key && !detail.isAlive) detail.mayReturn = detail.wasRestored = true;
        }
    }

    entry(key: string): Entry {
        const entry = this.records.get(key);
        if (entry === undefined) throw new Error(`The oracle does not know ${key}`);
        return entry;
    }

    isTouched(key: string): boolean {
        const { writes, deletes, wasRestored, wasCreated } = this.entry(key);
        return writes.size > 0 || deletes.length > 0 || wasRestored || wasCreated;
    }

    /**
     * What is wrong with two orgs that are at rest; empty when nothing is. `clocksAgree`: the newest of two concurrent
     * changes can be told.
     */
    check(orgs: Readonly<Record<Side, Holdings>>, clocksAgree: boolean): string[] {
        const problems: string[] = [];
        for (const [key, entry] of this.records) {
            const found = SIDES.map((side) => orgs[side].get(key) ?? []);
            const counts = found.map((records) => records.length);
            if (counts.some((count) => count > 1)) {
                problems.push(`duplicated: ${key} is there ${counts.join(' and ')} times`);
            } else if (counts[0] !== counts[1]) {
                problems.push(`not equal: ${key} is in the ${counts[0] > 0 ? 'source' : 'target'} only`);
            } else {
                problems.push(...this.#checkLife(key, entry, found[0][0]));
                if (counts[0] === 1) problems.push(...this.#checkValues(key, entry, found, clocksAgree));
            }
        }
        for (const side of SIDES) {
            for (const key of orgs[side].keys()) {
                if (!this.records.has(key)) problems.push(`invented: ${key} in the ${side}`);
            }
        }
        return problems;
    }

    #checkLife(key: string, entry: Entry, held: Held | undefined): string[] {
        const life = this.#expectedLife(key, entry);
        if (life === undefined || life === (held !== undefined)) return [];
        if (held === undefined) return [`lost: ${key} is in neither org`];
        // A lookup that was filled in again is a change, which the deleting org may not have seen.
        const lookup = OBJECTS[entry.object].parent?.field;
        if (lookup !== undefined && this.#wasGone(held.values[lookup] ?? null)) return [];
        return [`lost: the delete of ${key}`];
    }

    #checkValues(
        key: string,
        entry: Entry,
        [[source], [target]]: readonly (readonly Held[])[],
        clocksAgree: boolean
    ): string[] {
        const { fields, parent } = OBJECTS[entry.object];
        const names: readonly string[] = parent === undefined ? fields : [...fields, parent.field];
        return names.flatMap((field) => {
            const [mine, theirs] = [source.values[field] ?? null, target.values[field] ?? null];
            if (mine !== theirs) {
                return [`not equal: ${key}.${field} is ${mine} in the source and ${theirs} in the target`];
            }
            if (entry.wasRestored && !(field in entry.agreed)) return [];
            const allowed = allowedValues(entry, field, clocksAgree);
            // The platform clears a lookup to a deleted record, and fills it in again when that record comes back.
            const isLookup = field === parent?.field;
            if (isLookup && allowed.some((value) => this.#wasGone(value))) allowed.push(null);
            if (isLookup && mine !== null && this.#wasGone(mine)) allowed.push(mine);
            if (allowed.includes(mine)) return [];
            const wasWritten = (entry.writes.get(field) ?? []).some((write) => write.value === mine);
            return [`${wasWritten ? 'out of order' : 'lost'}: ${key}.${field} is ${mine}, not ${allowed.join(' or ')}`];
        });
    }

    /** Whether the record was deleted, or came back, since the orgs last agreed. */
    #wasGone(key: Value): boolean {
        const entry = typeof key === 'string' ? this.records.get(key) : undefined;
        return entry !== undefined && (entry.deletes.length > 0 || entry.wasRestored || !entry.isAlive);
    }

    /** Whether the record should be there; undefined when both answers keep the promise. */
    #expectedLife(key: string, entry: Entry): boolean | undefined {
        const own = ownLife(entry);
        const tree = this.#treeOf(key, entry).map(([, member]) => ownLife(member));
        if (entry.mayReturn) return undefined;
        // A change that the deleting org had not seen keeps its record, with what it belongs to.
        if (own === true || entry.deletes.length === 0) return own;
        if (entry.object === MASTER.object && tree.includes(true)) return true;
        // What was deleted with it may come back with it.
        return tree.some((life) => life !== false) ? undefined : own;
    }

    /** The other records that the platform deletes and restores together with this one. */
    #treeOf(key: string, { master }: Entry): [string, Entry][] {
        const root = master ?? key;
        return [...this.records].filter(
            ([other, member]) => other !== key && (other === root || member.master === root)
        );
    }

    /** Takes what both orgs hold as the new common ground. */
    agree(holdings: Holdings): void {
        for (const [key, entry] of this.records) {
            const held = holdings.get(key)?.[0];
            entry.isAlive = held !== undefined;
            if (held !== undefined) Object.assign(entry.agreed, held.values);
            // What a record holds that is gone in both orgs can not be seen; it may come back with any of its values, and
            // its lookups follow what becomes of the records that they name.
            else {
                const lookup = OBJECTS[entry.object].parent?.field ?? '';
                for (const field of [lookup, ...entry.writes.keys()]) delete entry.agreed[field];
            }
            entry.writes.clear();
            entry.deletes.length = 0;
            entry.wasRestored = entry.mayReturn = false;
            entry.wasCreated = false;
        }
    }
}

/** Whether the record should be there by what was done to it alone. */
function ownLife({ isAlive, deletes, writes }: Entry): boolean | undefined {
    if (deletes.length === 0) return isAlive;
    const sides = new Set(deletes.map(({ side }) => side));
    if (sides.size === 2) return undefined;
    const [{ side, order, sawAll }] = deletes;
    const theirs = [...writes.values()].flat().filter((write) => write.side !== side);
    if (theirs.length === 0) return false;
    // A change that the deleting org had not seen beats the delete.
    if (!sawAll || theirs.some((write) => write.order > order)) return true;
    return undefined;
}

/** What the platform deletes together with a record. */
function detailsOf(key: string, holdings: Holdings): string[] {
    return [...holdings].filter(([, [held]]) => held?.values[MASTER.field] === key).map(([detail]) => detail);
}

function allowedValues({ writes, agreed, deletes }: Entry, field: string, clocksAgree: boolean): Value[] {
    const all = writes.get(field) ?? [];
    const last = SIDES.map((side) => all.filter((write) => write.side === side).at(-1)).filter((w) => w !== undefined);
    const before = agreed[field] ?? null;
    if (last.length === 0) return [before];
    // A record that came back from a delete may have lost what the deleting org had written.
    if (deletes.length > 0) {
        const kept = last.filter((write) => !deletes.some(({ side }) => side === write.side));
        return (kept.length > 0 ? last : [...last, { value: before }]).map(({ value }) => value);
    }
    if (last.length === 1 || !clocksAgree) return last.map(({ value }) => value);
    return [last[0].order > last[1].order ? last[0].value : last[1].value];
}
