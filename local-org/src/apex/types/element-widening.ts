import { DATE, DATETIME, DECIMAL, DOUBLE, listElement, mapEntry, numericRank } from './apex-types.ts';
import type { ApexType } from './types.ts';

/**
 * Whether a collection stands for one of another type because its elements widen: a List<Integer> is a List<Decimal> and an
 * Iterable<Decimal>, a Map<String, Date> a Map<String, Datetime>. Sets are of exactly one type.
 */
export function widensElements(from: ApexType, to: ApexType): boolean {
    const element = listElement(from);
    const wanted = listElement(to) ?? iterated(to);
    if (element !== undefined && wanted !== undefined) return widens(element, wanted);
    const entry = mapEntry(from);
    const wantedEntry = mapEntry(to);
    if (entry === undefined || wantedEntry === undefined) return false;
    return entry[0] === wantedEntry[0] && widens(entry[1], wantedEntry[1]);
}

function widens(from: ApexType, to: ApexType): boolean {
    if (from === to) return false;
    if (from === DATE) return to === DATETIME;
    const rank = numericRank(from);
    if (rank > 0) return rank < numericRank(to) || (from === DECIMAL && to === DOUBLE);
    return widensElements(from, to);
}

/** Element type of an Iterable, else undefined. */
export function iterated(type: ApexType): ApexType | undefined {
    return type.kind === 'platform' && type.key === 'system.iterable' ? type.args[0] : undefined;
}
