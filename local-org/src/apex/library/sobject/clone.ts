import type { Id, SObject } from '../../../values/index.ts';
import type { CloneOptions } from '../../../values/sobject.ts';
import type { Runtime } from '../../runtime/runtime.ts';

/** `clone(preserveId, isDeepClone, preserveReadonlyTimestamps, preserveAutonumber)`. */
export function cloneRecord(
    rt: Runtime,
    self: SObject,
    preserveId: boolean | null = false,
    deep: boolean | null = false,
    timestamps: boolean | null = false,
    autoNumber: boolean | null = false
): SObject {
    const fields = [...(rt.org.schema.object(self.type)?.fields.values() ?? [])];
    const settings: CloneOptions = {
        preserveId: preserveId === true,
        deep: deep === true,
        preserveReadonlyTimestamps: timestamps === true,
        drop: autoNumber === true ? [] : fields.filter((field) => field.autoNumber).map((field) => field.name)
    };
    const copy = self.clone(settings);
    clones.set(copy, self.id);
    return copy;
}

/** Copies made by `clone`, with the id of what they are copies of. */
const clones = new WeakMap<SObject, Id | null>();

/** The record it is a copy of, if that had an id. */
export function cloneSource(record: SObject): Id | null {
    return clones.get(record) ?? null;
}

export function isClone(record: SObject): boolean {
    return clones.has(record);
}
