import type { Runtime } from '../../runtime/runtime.ts';
import { JsonSyntaxError } from './json-reader.ts';

/** Runs JSON work; a bad text is a System.JSONException. */
export function withJsonErrors<T>(rt: Runtime, work: () => T): T {
    try {
        return work();
    } catch (error) {
        if (error instanceof JsonSyntaxError) {
            return rt.throwNew('System.JSONException', error.message);
        }
        throw error;
    }
}
