import type { BoundExpression } from '../semantics/bound.ts';
import type { BodyWriter } from './body-writer.ts';
import { emitExpression, emitNonNull } from './emit-expressions.ts';
import { isSafeModulo } from './nullness.ts';

type NativeCall = Extract<BoundExpression, { kind: 'nativeCall' }>;
type Intrinsic = (writer: BodyWriter, call: NativeCall, target: () => string) => string | undefined;

/** The calls that hot loops are made of, written out instead of called through the library. */
const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
    ['System.List.size()', (_writer, _call, target) => `${target()}.items.length`],
    ['System.List.isEmpty()', (_writer, _call, target) => `(${target()}.items.length === 0)`],
    ['System.List.get(Integer)', (writer, call, target) => `S.at(R, ${target()}, ${argument(writer, call, 0)})`],
    ['System.List.add(T)', (writer, call, target) => `S.append(R, ${target()}, ${argument(writer, call, 0)})`],
    ['System.Map.get(K)', (writer, call, target) => `${target()}.get(R, ${argument(writer, call, 0)})`],
    ['System.Map.containsKey(K)', (writer, call, target) => `${target()}.has(R, ${argument(writer, call, 0)})`],
    [
        'System.Map.put(K,V)',
        (writer, call, target) => `${target()}.put(R, ${argument(writer, call, 0)}, ${argument(writer, call, 1)})`
    ],
    ['System.String.length()', (_writer, _call, target) => `${target()}.length`],
    ['System.Math.mod(Integer,Integer)', modulo]
]);

export function emitIntrinsic(writer: BodyWriter, call: NativeCall): string | undefined {
    const intrinsic = call.key === undefined ? undefined : INTRINSICS.get(`${call.className}.${call.key}`);
    return intrinsic?.(writer, call, () => emitNonNull(writer, call.target as BoundExpression));
}

function argument(writer: BodyWriter, call: NativeCall, index: number): string {
    return emitExpression(writer, call.args[index]);
}

function modulo(writer: BodyWriter, call: NativeCall): string | undefined {
    return isSafeModulo(call) ? `(${argument(writer, call, 0)} % ${argument(writer, call, 1)} | 0)` : undefined;
}
