import type { FieldFacts } from './object-facts.ts';

/** How the values of a picklist travel: as they are, by a map, or not. */
export type PicklistPlan =
    | { readonly kind: 'same' }
    | { readonly kind: 'map'; readonly value: string }
    | { readonly kind: 'none'; readonly reason: string };

export interface Sending {
    readonly toTarget: boolean;
    readonly toSource: boolean;
}

interface Value {
    readonly value: string;
    readonly label: string;
}

/** A value that is not in the list of a restricted picklist is refused, so each has to have a counterpart. */
export function planPicklist(source: FieldFacts, target: FieldFacts, sending: Sending): PicklistPlan {
    const here = activeValues(source);
    const there = activeValues(target);
    const strangers = [
        ...(sending.toTarget && isRestricted(target) ? missing(here, there) : []),
        ...(sending.toSource && isRestricted(source) ? missing(there, here) : [])
    ];
    if (strangers.length === 0) return { kind: 'same' };
    if (source.type === 'multipicklist' || target.type === 'multipicklist') {
        return { kind: 'none', reason: `only one org has the value ${list(strangers)}; add it to the other picklist` };
    }
    return mapByLabel(here, there, sending);
}

function mapByLabel(here: readonly Value[], there: readonly Value[], sending: Sending): PicklistPlan {
    const pairs = pairUp(here, there);
    const paired = new Set(pairs.values());
    const lost = [
        ...(sending.toTarget ? here.filter(({ value }) => !pairs.has(value)) : []),
        ...(sending.toSource ? there.filter(({ value }) => !paired.has(value)) : [])
    ].map(({ value }) => value);
    if (lost.length > 0) {
        const reason =
            `${list(lost)} has no counterpart in the other org's restricted picklist; add it there, ` +
            'or write the Sync Field with a Picklist map';
        return { kind: 'none', reason };
    }
    const odd = [...pairs].flat().find((value) => /[;=]|^\s|\s$/.test(value));
    if (odd !== undefined) {
        return { kind: 'none', reason: `the value ${list([odd])} cannot stand in a map; rename it in one org` };
    }
    return { kind: 'map', value: [...pairs].map(([from, to]) => `${from}=${to}`).join(';') };
}

/** Pairs by value, then by label, then by letters and digits alone; each value of either side at most once. */
function pairUp(here: readonly Value[], there: readonly Value[]): Map<string, string> {
    const pairs = new Map<string, string>();
    const taken = new Set<string>();
    const likenesses: readonly ((value: Value) => string)[] = [
        ({ value }) => value,
        ({ label }) => label.toLowerCase(),
        ({ value }) => normal(value),
        ({ label }) => normal(label)
    ];
    for (const likeness of likenesses) {
        for (const one of here.filter(({ value }) => !pairs.has(value))) {
            const like = there.filter((other) => !taken.has(other.value) && likeness(other) === likeness(one));
            if (like.length === 1 && likeness(one) !== '') {
                pairs.set(one.value, like[0].value);
                taken.add(like[0].value);
            }
        }
    }
    // In the order of the source, so that a map reads as the picklist does.
    return new Map(here.flatMap(({ value }) => (pairs.has(value) ? [[value, pairs.get(value) as string]] : [])));
}

function normal(text: string): string {
    return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function activeValues(field: FieldFacts): Value[] {
    const values = (field.picklistValues ?? []) as readonly (Value & { readonly active: boolean })[];
    return values.filter(({ active }) => active).map(({ value, label }) => ({ value, label }));
}

function isRestricted(field: FieldFacts): boolean {
    return field.restrictedPicklist;
}

function missing(from: readonly Value[], known: readonly Value[]): string[] {
    const names = new Set(known.map(({ value }) => value));
    return from.map(({ value }) => value).filter((value) => !names.has(value));
}

function list(values: readonly string[]): string {
    const shown = values.slice(0, 5).map((value) => `"${value}"`);
    return shown.join(', ') + (values.length > shown.length ? ` and ${values.length - shown.length} more` : '');
}
