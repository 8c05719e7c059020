import type { NativeMethod, NativeProperty } from '../native.ts';

/** How a describe result tells one property: `getLabel()` or `isCustom()`, and the property of the same name. */
export type Readers = Readonly<Record<string, NativeMethod>>;

/** Methods and properties of a describe class. `flags` are read with `is…`, `values` with `get…`. */
export function describeMembers(
    values: Readers,
    flags: Readers
): { methods: Record<string, NativeMethod>; properties: Record<string, NativeProperty> } {
    const methods: Record<string, NativeMethod> = {};
    const properties: Record<string, NativeProperty> = {};
    for (const [readers, prefix] of [
        [values, 'get'],
        [flags, 'is']
    ] as const) {
        for (const [name, read] of Object.entries(readers)) {
            methods[`${prefix}${name}()`] = read;
            properties[name] = { get: read };
        }
    }
    return { methods, properties };
}
