import type { ApexType } from '../types/types.ts';
import type { BoundExpression } from './bound.ts';
import { argumentDistance } from './conversions.ts';
import { elementOfQuery } from './query-values.ts';
import type { World } from './world.ts';

export type OverloadChoice<T> =
    { readonly kind: 'found'; readonly candidate: T } | { readonly kind: 'ambiguous' } | { readonly kind: 'none' };

/**
 * The overload that fits the static types of the arguments best: no other fits any argument better. Between overloads
 * that are each better somewhere the nearest in sum wins, and a tie is ambiguous.
 */
export function chooseOverload<T>(
    world: World,
    candidates: readonly T[],
    parametersOf: (candidate: T) => readonly ApexType[],
    args: readonly BoundExpression[]
): OverloadChoice<T> {
    let best: { candidate: T; distance: number } | undefined;
    let isTie = false;
    for (const candidate of candidates) {
        const distance = totalDistance(world, parametersOf(candidate), args);
        if (distance === undefined) continue;
        if (best === undefined || distance < best.distance) {
            best = { candidate, distance };
            isTie = false;
        } else if (distance === best.distance && distance > 0) {
            isTie = true;
        }
    }
    if (best === undefined) return { kind: 'none' };
    // Only null fits several unrelated parameters equally well; the platform takes the first then, unless types clash.
    return isTie && !hasNull(args) ? { kind: 'ambiguous' } : { kind: 'found', candidate: best.candidate };
}

function hasNull(args: readonly BoundExpression[]): boolean {
    return args.some((arg) => arg.type.name === 'null' || arg.kind === 'error');
}

function totalDistance(
    world: World,
    parameters: readonly ApexType[],
    args: readonly BoundExpression[]
): number | undefined {
    if (parameters.length !== args.length) return undefined;
    let total = 0;
    for (const [index, arg] of args.entries()) {
        const distance = distanceOf(world, arg, parameters[index]);
        if (distance === undefined) return undefined;
        total += distance;
    }
    return total;
}

function distanceOf(world: World, arg: BoundExpression, parameter: ApexType): number | undefined {
    const direct = argumentDistance(world, arg.type, parameter);
    if (direct !== undefined) return direct;
    const element = elementOfQuery(arg);
    const single = element === undefined ? undefined : argumentDistance(world, element, parameter);
    return single === undefined ? undefined : single + 3;
}
