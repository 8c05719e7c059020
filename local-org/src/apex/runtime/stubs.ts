import type { ApexType, UserType } from '../types/types.ts';
import { bindRuntimeClass, UserObject, type RuntimeClass, type RuntimeMethod } from './runtime-class.ts';
import type { Runtime, StubHandler } from './runtime.ts';

/**
 * An object whose methods all go to a handler (Apex Developer Guide, "Build a Mocking Framework with the Stub API"). Its
 * constructors and initialisers do not run.
 */
export function createStub(
    rt: Runtime,
    type: ApexType,
    target: RuntimeClass | undefined,
    stubType: UserType,
    handle: StubHandler
): object {
    if (target === undefined || target.symbol.kind === 'enum') {
        return rt.throwNew('System.TypeException', `Cannot create a stub of ${type.name}`);
    }
    const base = target.constructor_ ?? UserObject;
    const prototype = Object.create(base.prototype as object) as Record<string, unknown>;
    for (const method of [...target.methods.values()].flat()) {
        if (!method.symbol.isStatic) prototype[method.key] = stubMethod(method, handle);
    }
    bindRuntimeClass(prototype, { ...target, type: stubType });
    return Object.setPrototypeOf(new base(), prototype) as object;
}

function stubMethod({ symbol, parameters }: RuntimeMethod, handle: StubHandler): unknown {
    const method = {
        name: symbol.name,
        returnType: symbol.returns,
        parameterTypes: parameters,
        parameterNames: symbol.parameters.map((parameter) => parameter.name)
    };
    return function stubbed(this: object, ...args: unknown[]): unknown {
        return handle(this, method, args) ?? null;
    };
}
