import type { Runtime } from '../runtime/runtime.ts';

/** What the platform does and the local org does not: an exception that names it, as in `Type.SObjectType of String`. */
export function notImplemented(rt: Runtime, what: string): never {
    return rt.throwNew('System.UnsupportedOperationException', `Not implemented in the local org: ${what}`);
}
