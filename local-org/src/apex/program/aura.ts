import type { AuraOutcome } from '../engine.ts';
import { methodName } from '../emit/names.ts';
import { clientMessageOf } from '../library/system/aura-handled-exception.ts';
import { annotation, type ClassSymbol, type MethodSymbol } from '../semantics/symbols.ts';
import { auraValue } from './aura-values.ts';
import type { EngineState } from './engine-state.ts';
import { failureOf } from './failures.ts';
import { InvalidArguments, namedArguments } from './json-arguments.ts';
import { runTransaction } from './run-transaction.ts';

/** Calls an @AuraEnabled method as a Lightning component does. */
export function callAura(
    state: EngineState,
    className: string,
    name: string,
    args: Readonly<Record<string, unknown>>,
    userId: string
): AuraOutcome {
    const symbol = state.linker.world.class(className.toLowerCase());
    const method = symbol === undefined || !state.linker.classes.has(symbol.key) ? undefined : auraMethod(symbol, name);
    if (symbol === undefined || method === undefined) {
        return refused(`Unable to find action '${name}' on the controller of ${className}`);
    }
    if (!state.org.access.classAllowed(userId, symbol.name)) {
        return refused(`You do not have access to the Apex class named '${symbol.name}'.`);
    }
    try {
        return runTransaction(state, { userId }, () => {
            const values = namedArguments(state.runtime, method, args);
            const result = state.linker.callStatic(symbol, methodName(method), values);
            return { ok: true, returnValue: auraValue(state.runtime, result) };
        });
    } catch (error) {
        if (error instanceof InvalidArguments) return refused(error.message);
        const { typeName, message, stackTrace, exception } = failureOf(error);
        const text = exception === undefined ? message : clientMessageOf(exception);
        return { ok: false, message: text ?? '', exceptionType: typeName, stackTrace };
    }
}

function refused(message: string): AuraOutcome {
    return { ok: false, message, exceptionType: '', stackTrace: '' };
}

function auraMethod(symbol: ClassSymbol, name: string): MethodSymbol | undefined {
    const methods = symbol.methods.get(name.toLowerCase()) ?? [];
    return methods.find((method) => method.isStatic && annotation(method.annotations, 'auraenabled') !== undefined);
}
