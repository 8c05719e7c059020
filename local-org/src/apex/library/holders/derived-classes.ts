import { platformTypes } from '../../../platform/signatures.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { connectApiClass } from '../connect-api/connect-api.ts';
import { nativeClass, type NativeClass, type NativeMethod } from '../native.ts';
import { builtInException } from '../system/exception.ts';
import { holderClass } from './holder-classes.ts';

/**
 * The implementation that follows from the signature alone; undefined when there is more to it. Exceptions differ only
 * in their constructors, interfaces and open classes pass calls to the object behind them, holders hold values.
 */
export function derivedClass(className: string): NativeClass | undefined {
    return (
        connectApiClass(className) ??
        builtInException(className) ??
        holderClass(className) ??
        forwardingClass(className)
    );
}

function forwardingClass(className: string): NativeClass | undefined {
    const info = platformTypes().type(className);
    if (info === undefined || (info.kind !== 'interface' && info.isOpen !== true)) return undefined;
    const methods = info.methods
        .filter(({ isStatic, isAbstract }) => isAbstract && !isStatic)
        .map(({ name, parameters }): [string, NativeMethod] => [`${name}/${parameters.length}`, forward(name)]);
    return methods.length === 0 ? undefined : nativeClass({ name: info.name, methods: Object.fromEntries(methods) });
}

function forward(name: string): NativeMethod {
    return (rt: Runtime, self: object, ...args: unknown[]) => rt.invoke(self, name, args);
}
