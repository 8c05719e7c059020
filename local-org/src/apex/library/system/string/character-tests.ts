import type { NativeMethod } from '../../native.ts';
import { isWhitespaceText } from '../../text/characters.ts';

function matches(pattern: RegExp): NativeMethod {
    return (_rt, self: string) => pattern.test(self);
}

/** Tests of all characters; the empty text passes where commons-lang 3 lets it pass. */
export const characterTests: Readonly<Record<string, NativeMethod>> = {
    'isAllLowerCase()': matches(/^\p{Lowercase}+$/u),
    'isAllUpperCase()': matches(/^\p{Uppercase}+$/u),
    'isAlpha()': matches(/^\p{L}+$/u),
    'isAlphaSpace()': matches(/^[\p{L} ]*$/u),
    'isAlphanumeric()': matches(/^[\p{L}\p{Nd}]+$/u),
    'isAlphanumericSpace()': matches(/^[\p{L}\p{Nd} ]*$/u),
    'isAsciiPrintable()': matches(/^[ -~]*$/),
    'isNumeric()': matches(/^\p{Nd}+$/u),
    'isNumericSpace()': matches(/^[\p{Nd} ]*$/u),
    'isWhitespace()': (_rt, self: string) => isWhitespaceText(self)
};
