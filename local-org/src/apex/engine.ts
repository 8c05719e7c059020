import type { TriggerDispatch } from '../org/database.ts';

export interface ApexSource {
    readonly kind: 'class' | 'trigger';
    readonly name: string;
    readonly body: string;
    /** From the -meta.xml; decides user mode and sharing defaults. */
    readonly apiVersion: number;
    /** Path in the package, `classes/X.cls`, for messages and source maps. */
    readonly fileName: string;
}

export interface CompileProblem {
    readonly kind: 'class' | 'trigger' | 'anonymous';
    readonly name: string;
    readonly fileName: string;
    /** 1-based, as the platform reports them. */
    readonly line: number;
    readonly column: number;
    readonly message: string;
}

/** A linked program, opaque outside apex/. */
export interface CompiledProgram {
    readonly names: readonly string[];
}

/** What happens to code that uses a member of the platform that the local org lacks. */
export type UnsupportedApex = 'refuse' | 'throw';

export interface CompileOutcome {
    readonly problems: readonly CompileProblem[];
    /** Members that compiled though the local org lacks them: they throw when they are reached. */
    readonly unsupported: readonly CompileProblem[];
    /** Holds every source without a problem of its own or in what it depends on. */
    readonly program: CompiledProgram;
    /** Names of the files that were checked and emitted; results of the others are those of an earlier time. */
    readonly compiled?: readonly string[];
}

export interface ExecuteAnonymousResult {
    readonly compiled: boolean;
    readonly compileProblem: string | null;
    readonly success: boolean;
    readonly exceptionMessage: string | null;
    readonly exceptionStackTrace: string | null;
    /** -1 when there is none. */
    readonly line: number;
    readonly column: number;
    readonly debugLog: string;
}

export interface TestRequest {
    /** All test classes of the org when absent. */
    readonly tests?: readonly { readonly className: string; readonly methods?: readonly string[] }[];
    readonly coverage: boolean;
    readonly onResult?: (result: TestMethodResult) => void;
}

export interface TestMethodResult {
    readonly className: string;
    readonly methodName: string;
    readonly outcome: 'Pass' | 'Fail' | 'CompileFail' | 'Skip';
    readonly message: string | null;
    readonly stackTrace: string | null;
    readonly runTimeMs: number;
    readonly isSetup: boolean;
    /** What the method alone covered, of the classes and triggers it touched; absent in a run without coverage. */
    readonly coverage?: readonly ClassCoverage[];
}

export interface ClassCoverage {
    readonly kind: 'class' | 'trigger';
    readonly name: string;
    readonly coveredLines: readonly number[];
    readonly uncoveredLines: readonly number[];
}

export interface TestRunResult {
    readonly results: readonly TestMethodResult[];
    readonly coverage: readonly ClassCoverage[];
    readonly totalTimeMs: number;
}

export interface ApexRestCall {
    readonly method: string;
    /** Path behind `/services/apexrest`, with its leading slash. */
    readonly path: string;
    readonly query: ReadonlyMap<string, string>;
    readonly headers: ReadonlyMap<string, string>;
    readonly body: Uint8Array;
    readonly remoteAddress: string;
    readonly resourceUri: string;
}

export interface ApexRestAnswer {
    readonly status: number;
    readonly headers: ReadonlyMap<string, string>;
    readonly body: Uint8Array;
    readonly contentType: string;
}

/** Why a REST call did not reach or did not finish its method, in the platform's terms. */
export interface ApexRestRefusal {
    readonly status: number;
    readonly errorCode: string;
    readonly message: string;
}

export type AuraOutcome =
    /** `cacheable`: whether the method is `@AuraEnabled(cacheable=true)`; undefined when the engine does not say. */
    | { readonly ok: true; readonly returnValue: unknown; readonly cacheable?: boolean }
    | { readonly ok: false; readonly message: string; readonly exceptionType: string; readonly stackTrace: string };

/** What a debugger of Apex needs of the program and of a run of tests. */
export interface ApexDebugging {
    /** URL of the source behind a file of a package, `classes/X.cls`. */
    sourceUrl(fileName: string): string;
    /** Holds a run of tests until a debugger is there. */
    beforeTests(): void;
}

/** The Apex of one org: compile, link, run. */
export interface ApexEngine {
    compile(sources: readonly ApexSource[]): CompileOutcome;
    install(program: CompiledProgram): void;
    executeAnonymous(code: string, userId: string): ExecuteAnonymousResult;
    runTests(request: TestRequest, userId: string): TestRunResult;
    rest(call: ApexRestCall, userId: string): ApexRestAnswer | ApexRestRefusal;
    /** An @AuraEnabled method with JSON arguments by name; the answer is plain JSON. */
    aura(className: string, methodName: string, args: Readonly<Record<string, unknown>>, userId: string): AuraOutcome;
    /** After a restart or a crash: schedules go on, and jobs that were in memory are told to have failed. */
    resumeJobs(): void;
    readonly triggers: TriggerDispatch;
}
