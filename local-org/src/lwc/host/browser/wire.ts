/** What LWC hands to a wire adapter and what it calls on it (lwc.dev, "Wire Adapters"). */
export interface Provision<Value> {
    readonly data: Value | undefined;
    readonly error: unknown;
}

export type DataCallback<Value> = (provision: Provision<Value>) => void;

export interface WireAdapter<Config> {
    update(config: Config): void;
    connect(): void;
    disconnect(): void;
}

/** A key for a configuration: the same parameters give the same text, in whatever order they were written. */
export function stableKey(value: unknown): string {
    return JSON.stringify(value, (_name, part: unknown) =>
        typeof part === 'object' && part !== null && !Array.isArray(part)
            ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
            : part
    );
}

/** Wires provision read-only data: a component that changes it fails here as it does on the platform. */
export function deepFreeze<Value>(value: Value): Value {
    if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
        Object.freeze(value);
        Object.values(value).forEach(deepFreeze);
    }
    return value;
}
