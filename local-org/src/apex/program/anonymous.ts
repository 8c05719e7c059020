import type { ExecuteAnonymousResult } from '../engine.ts';
import { compileAnonymous } from './compile.ts';
import type { EngineState } from './engine-state.ts';
import { failureOf } from './failures.ts';
import { runTransaction } from './run-transaction.ts';

/** Compiles code against the installed program and runs it as one transaction, whose work stays when it succeeds. */
export function executeAnonymous(state: EngineState, code: string, userId: string): ExecuteAnonymousResult {
    const { linker, org } = state;
    const draft = compileAnonymous(linker.world, code, Number(org.apiVersion));
    const { problems, compiled } = draft;
    try {
        const [problem] = problems;
        if (compiled === undefined || problem !== undefined) {
            return {
                ...NOTHING_RAN,
                compiled: false,
                compileProblem: problem?.message ?? null,
                line: problem?.line ?? -1,
                column: problem?.column ?? -1
            };
        }
        const [unit] = linker.link([compiled]);
        try {
            return runAnonymous(state, userId, unit?.run);
        } finally {
            linker.unlink(compiled);
        }
    } finally {
        draft.release();
    }
}

const NOTHING_RAN: ExecuteAnonymousResult = {
    compiled: true,
    compileProblem: null,
    success: false,
    exceptionMessage: null,
    exceptionStackTrace: null,
    line: -1,
    column: -1,
    debugLog: ''
};

function runAnonymous(state: EngineState, userId: string, run: (() => void) | undefined): ExecuteAnonymousResult {
    let log: readonly string[] = [];
    try {
        runTransaction(state, { userId }, (tx) => {
            log = tx.debugLog;
            run?.();
        });
        return { ...NOTHING_RAN, success: true, debugLog: log.join('\n') };
    } catch (error) {
        const failure = failureOf(error);
        return {
            ...NOTHING_RAN,
            exceptionMessage: failure.text,
            exceptionStackTrace: failure.stackTrace,
            line: failure.line,
            column: 1,
            debugLog: log.join('\n')
        };
    }
}
