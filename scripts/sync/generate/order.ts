import { BridgeError } from '../../lib/errors.ts';
import type { ObjectPair } from './object-facts.ts';
import type { MappedObject } from './plan-types.ts';

const STEP = 10;

export interface Ordered {
    readonly source: string;
    readonly facts: ObjectPair;
}

/** Entries of files, which are delivered after all records that may hold them. */
const FILE_ENTRY = 'Sync_File__c';

/**
 * Parents before their children. Where objects refer to each other, the one that cannot exist without the other is the
 * child; otherwise they stay in the order in which they were given.
 */
export function parentsFirst<T extends Ordered>(objects: readonly T[]): T[] {
    const byName = new Map(objects.map((object) => [object.source, object]));
    const known = (names: readonly string[]): T[] => names.flatMap((name) => byName.get(name) ?? []);
    const needs = (child: T, parent: T, path: readonly T[] = []): boolean =>
        known(parentsOf(child, true)).some(
            (one) => one === parent || (!path.includes(one) && needs(one, parent, [...path, one]))
        );
    const sorted: T[] = [];
    const visit = (object: T, path: readonly T[]): void => {
        if (sorted.includes(object) || path.includes(object)) return;
        const optional = known(parentsOf(object, false)).filter((parent) => !needs(parent, object));
        for (const parent of [...known(parentsOf(object, true)), ...optional]) visit(parent, [...path, object]);
        sorted.push(object);
    };
    objects.forEach((object) => visit(object, []));
    return sorted;
}

/** Objects to which the object refers, by fields that need a value or by those that do not. */
function parentsOf({ facts }: Ordered, needed: boolean): string[] {
    return facts.source.fields
        .filter(({ type, nillable }) => type === 'reference' && nillable !== needed)
        .flatMap(({ referenceTo }) => referenceTo ?? []);
}

/**
 * Positions in deliveries, behind all mappings of records that exist and before that of files; a mapping that has one keeps
 * it while its parents are before it. Throws ORDERS_USED_UP.
 */
export function positions(
    sorted: readonly (Ordered & { readonly name: string })[],
    others: readonly MappedObject[],
    before: ReadonlyMap<string, number>
): Map<string, number> {
    const found = new Map<string, number>();
    let next = Math.max(0, ...others.filter(({ source }) => source !== FILE_ENTRY).map(({ order }) => order));
    const files = Math.min(...others.filter(({ source }) => source === FILE_ENTRY).map(({ order }) => order));
    let last = 0;
    for (const { name } of sorted) {
        const kept = before.get(name);
        const position = kept !== undefined && kept > last ? kept : Math.max(next, last) + STEP;
        if (position !== kept && position >= files) throw usedUp(name, position, files);
        found.set(name, position);
        last = position;
        next = Math.max(next, position);
    }
    return found;
}

function usedUp(name: string, position: number, files: number): BridgeError {
    return new BridgeError(
        'user',
        'ORDERS_USED_UP',
        `The mapping ${name} would have Order__c ${position}, and files have ${files}: they are delivered after all records ` +
            'that may hold them.',
        [`Give the mapping of ${FILE_ENTRY} a higher Order__c, deploy it, and run the command again.`]
    );
}
