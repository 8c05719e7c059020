import type { BoundExpression } from '../semantics/bound.ts';
import { isSafeModulo } from './nullness.ts';

type NativeCall = Extract<BoundExpression, { kind: 'nativeCall' }>;
/** Gives the call of a method whose receiver and arguments are written already. */
type Intrinsic = (target: string, args: readonly string[], call: NativeCall) => string | undefined;

/** The calls that hot loops are made of, written out instead of called through the library. */
const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
    ['System.List.size()', (target) => `${target}.items.length`],
    ['System.List.isEmpty()', (target) => `(${target}.items.length === 0)`],
    ['System.List.get(Integer)', (target, [index]) => `S.at(R, ${target}, ${index})`],
    ['System.List.add(T)', (target, [element]) => `S.append(${target}, ${element})`],
    ['System.Map.get(K)', (target, [key]) => `${target}.get(R, ${key})`],
    ['System.Map.containsKey(K)', (target, [key]) => `${target}.has(R, ${key})`],
    ['System.Map.put(K,V)', (target, [key, value]) => `${target}.put(R, ${key}, ${value})`],
    ['System.String.length()', (target) => `${target}.length`],
    [
        'System.Math.mod(Integer,Integer)',
        (_target, [dividend, divisor], call) => (isSafeModulo(call) ? `(${dividend} % ${divisor} | 0)` : undefined)
    ]
]);

export function emitIntrinsic(call: NativeCall, target: string, args: readonly string[]): string | undefined {
    const intrinsic = call.key === undefined ? undefined : INTRINSICS.get(`${call.className}.${call.key}`);
    return intrinsic?.(target, args, call);
}
