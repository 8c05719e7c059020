import { SObject } from '../../values/index.ts';
import { OBJECT } from '../types/apex-types.ts';
import { qualifiedName } from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import type { ApexRuntime } from './create-runtime.ts';
import { NativeObject } from './native-object.ts';
import { runtimeClassOf, type RuntimeMethod } from './runtime-class.ts';

/** Calls that go by name: the library calling the org's code, REST and Aura dispatch, `Type.newInstance()`. */

export function invoke(rt: ApexRuntime, target: object, name: string, args: readonly unknown[]): unknown {
    const candidates = methodsOf(target, name, args.length);
    const [only] = candidates;
    if (only === undefined) return invokeNative(rt, target, name, args);
    const method = candidates.length === 1 ? only : (candidates.find((candidate) => fits(rt, candidate, args)) ?? only);
    return callMethod(rt, target, method, args);
}

/** Calls a method of the org with dynamic values, each converted to its parameter. */
export function callMethod(
    rt: ApexRuntime,
    target: object,
    { key, parameters, symbol }: RuntimeMethod,
    args: readonly unknown[]
): unknown {
    const converted = args.map((arg, index) => {
        const type = parameters[index];
        return type.kind === 'primitive' && type !== OBJECT ? rt.cast(arg, type) : arg;
    });
    const owner = symbol.isStatic ? target.constructor : target;
    const method = (owner as unknown as Record<string, (...values: unknown[]) => unknown>)[key];
    if (method === undefined) throw new Error(`Generated class lacks ${key}.`);
    return method.apply(owner, converted) ?? null;
}

export function hasMethod(target: object, name: string, count: number): boolean {
    return methodsOf(target, name, count).length > 0;
}

function methodsOf(target: object, name: string, count: number): readonly RuntimeMethod[] {
    return runtimeClassOf(target)?.methods.get(`${name.toLowerCase()}/${count}`) ?? [];
}

function fits(rt: ApexRuntime, method: RuntimeMethod, args: readonly unknown[]): boolean {
    return method.parameters.every((type, index) => args[index] === null || rt.isInstance(args[index], type));
}

function invokeNative(rt: ApexRuntime, target: object, name: string, args: readonly unknown[]): unknown {
    const type = rt.typeOf(target);
    const className =
        target instanceof NativeObject ? target.className : type.kind === 'platform' ? qualifiedName(type) : '';
    const methods = rt.library.find(className)?.methods ?? {};
    const prefix = name.toLowerCase();
    const key = Object.keys(methods).find((candidate) => {
        const lower = candidate.toLowerCase();
        return lower.startsWith(`${prefix}(`) || lower === `${prefix}/${args.length}`;
    });
    const native = key === undefined ? undefined : methods[key];
    if (native === undefined) throw new Error(`${type.name} has no method ${name} with ${args.length} parameters.`);
    return native(rt, target, ...args);
}

/** A new object through the constructor without parameters. */
export function instantiate(rt: ApexRuntime, type: ApexType): unknown {
    switch (type.kind) {
        case 'sobject':
            return new SObject(type.name);
        case 'user': {
            const construct = rt.classOf(type)?.construct;
            return construct === undefined ? notConstructable(rt, type) : construct();
        }
        case 'platform': {
            const native = rt.library.find(qualifiedName(type))?.constructors?.['()'];
            return native === undefined ? notConstructable(rt, type) : native(rt, type);
        }
        case 'primitive':
            return notConstructable(rt, type);
    }
}

function notConstructable(rt: ApexRuntime, type: ApexType): never {
    return rt.throwNew('System.TypeException', `Type cannot be constructed: ${type.name}`);
}
