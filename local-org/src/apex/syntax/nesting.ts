import type { SyntaxProblem } from './parse.ts';

/** Code is read and compiled by functions that call themselves for each level of it. */
export function isStackOverflow(error: unknown): boolean {
    return error instanceof RangeError && error.message === 'Maximum call stack size exceeded';
}

/** Code with more levels than can be compiled. */
export function tooDeep(line: number, column: number): SyntaxProblem {
    return { line, column, message: 'Code is nested too deeply, or an expression has too many parts.' };
}
