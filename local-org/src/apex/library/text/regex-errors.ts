import type { Runtime } from '../../runtime/runtime.ts';
import { ReplacementError } from './java-matching.ts';
import { PatternSyntaxError } from './java-pattern.ts';

/** Runs pattern work; a bad pattern or replacement is a System.StringException. */
export function withPatternErrors<T>(rt: Runtime, work: () => T): T {
    try {
        return work();
    } catch (error) {
        if (error instanceof PatternSyntaxError) {
            return rt.throwNew('System.StringException', `Invalid regex: ${error.message}`);
        }
        if (error instanceof ReplacementError) {
            return rt.throwNew('System.StringException', error.message);
        }
        throw error;
    }
}
