import type { Runtime } from '../../runtime/runtime.ts';

/** Characters that a String can have. */
const MAXIMUM_LENGTH = 6_000_000;

/** Throws System.LimitException for a text of more than 6,000,000 characters. Takes the length, before it is made. */
export function checkTextLength(rt: Runtime, length: number): void {
    if (length > MAXIMUM_LENGTH) {
        rt.throwNew('System.LimitException', `String length exceeds maximum: ${MAXIMUM_LENGTH}`);
    }
}

/** A text that was put together. */
export function joined(rt: Runtime, text: string): string {
    if (text.length > MAXIMUM_LENGTH) checkTextLength(rt, text.length);
    return text;
}
