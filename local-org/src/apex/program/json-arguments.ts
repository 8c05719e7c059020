import { deserializeJson } from '../library/json/json.ts';
import { ApexException } from '../runtime/apex-exception.ts';
import type { ApexRuntime } from '../runtime/create-runtime.ts';
import type { MethodSymbol } from '../semantics/symbols.ts';

/** Arguments that do not fit the parameters; the caller's fault. */
export class InvalidArguments extends Error {}

/** Arguments of an Apex REST method: a JSON object with a member for each parameter. */
export function readArguments(runtime: ApexRuntime, method: MethodSymbol, body: Uint8Array): unknown[] {
    const text = Buffer.from(body).toString('utf8').trim();
    const values = text === '' ? {} : parseObject(text);
    const known = new Set(method.parameters.map(({ name }) => name.toLowerCase()));
    const unknown = Object.keys(values).find((name) => !known.has(name.toLowerCase()));
    if (unknown !== undefined) {
        throw new InvalidArguments(`Unexpected parameter encountered during deserialization: ${unknown}`);
    }
    return namedArguments(runtime, method, values);
}

/** Values by parameter name, in any case, as typed Apex values; null for those that are missing. */
export function namedArguments(
    runtime: ApexRuntime,
    method: MethodSymbol,
    values: Readonly<Record<string, unknown>>
): unknown[] {
    const byName = new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
    return method.parameters.map(({ name, type }) => {
        const value = byName.get(name.toLowerCase());
        if (value === undefined || value === null) return null;
        try {
            return deserializeJson(runtime, JSON.stringify(value), type, false);
        } catch (error) {
            if (error instanceof ApexException) throw new InvalidArguments(error.message ?? error.typeName);
            throw error;
        }
    });
}

function parseObject(text: string): Record<string, unknown> {
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch (error) {
        throw new InvalidArguments(error instanceof Error ? error.message : String(error));
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw new InvalidArguments('Expected an object with the parameters of the method');
    }
    return value as Record<string, unknown>;
}
