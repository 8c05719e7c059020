import type { TestMethodResult, TestRequest, TestRunResult } from '../engine.ts';
import { runCollected, TestState } from '../library/test/test-state.ts';
import { methodName } from '../emit/names.ts';
import { annotation, type ClassSymbol, type MethodSymbol } from '../semantics/symbols.ts';
import { createCoverageMeter } from './coverage.ts';
import type { EngineState } from './engine-state.ts';
import { failureOf, type Failure } from './failures.ts';

/**
 * Runs Apex tests. Each method is a transaction of its own that starts from what @TestSetup left and is undone
 * afterwards; rows of the org are out of sight (Apex Developer Guide, "Isolation of Test Data from Organization Data").
 */
export function runTests(state: EngineState, request: TestRequest, userId: string): TestRunResult {
    const started = performance.now();
    const meter = request.coverage ? createCoverageMeter(state.linker) : undefined;
    const results: TestMethodResult[] = [];
    const add = (outcome: TestMethodResult): void => {
        const result = meter === undefined ? outcome : { ...outcome, coverage: meter.take() };
        results.push(result);
        request.onResult?.(result);
    };
    for (const { symbol, methods } of selectTests(state, request, add)) {
        runTestClass(state, symbol, methods, userId, add);
    }
    return {
        results,
        coverage: meter?.total() ?? [],
        totalTimeMs: Math.round(performance.now() - started)
    };
}

interface SelectedClass {
    readonly symbol: ClassSymbol;
    readonly methods: readonly MethodSymbol[];
}

function selectTests(
    { linker }: EngineState,
    request: TestRequest,
    add: (result: TestMethodResult) => void
): SelectedClass[] {
    if (request.tests === undefined) {
        const roots = linker.units.flatMap(({ compiled }) => compiled.unit.root ?? []);
        return roots.filter(({ unit }) => unit.kind === 'class').flatMap((symbol) => selected(symbol, undefined));
    }
    return request.tests.flatMap(({ className, methods }) => {
        const symbol = linker.world.class(className.toLowerCase());
        if (symbol !== undefined && linker.classes.has(symbol.key)) return selected(symbol, methods);
        add(compileFailure(className));
        return [];
    });
}

function selected(symbol: ClassSymbol, names: readonly string[] | undefined): SelectedClass[] {
    const wanted = names === undefined ? undefined : new Set(names.map((name) => name.toLowerCase()));
    const methods = [...symbol.methods.values()]
        .flat()
        .filter((method) => method.isTest && !isSetup(method))
        .filter((method) => wanted === undefined || wanted.has(method.name.toLowerCase()));
    return methods.length === 0 ? [] : [{ symbol, methods }];
}

function isSetup(method: MethodSymbol): boolean {
    return annotation(method.annotations, 'testsetup') !== undefined;
}

function compileFailure(className: string): TestMethodResult {
    return {
        className,
        methodName: '<compile>',
        outcome: 'CompileFail',
        message: `Class ${className} does not exist or does not compile`,
        stackTrace: null,
        runTimeMs: 0,
        isSetup: false
    };
}

function runTestClass(
    state: EngineState,
    symbol: ClassSymbol,
    methods: readonly MethodSymbol[],
    userId: string,
    add: (result: TestMethodResult) => void
): void {
    const isolated = methods.filter((method) => !seesAllData(symbol, method));
    undone(state, () => {
        if (isolated.length === 0) return;
        state.org.database.hideOrgData();
        const failure = runSetup(state, symbol, userId, add);
        if (failure !== undefined) return;
        isolated.forEach((method) => undone(state, () => add(runMethod(state, symbol, method, userId, false))));
    });
    const others = methods.filter((method) => seesAllData(symbol, method));
    others.forEach((method) => {
        undone(state, () => add(runMethod(state, symbol, method, userId, false)));
    });
}

function seesAllData(symbol: ClassSymbol, method: MethodSymbol): boolean {
    return hasSeeAllData(symbol) || hasSeeAllData(method);
}

function hasSeeAllData({ annotations }: ClassSymbol | MethodSymbol): boolean {
    return annotation(annotations, 'istest')?.values.seealldata === true;
}

/** Runs work and takes back everything it wrote. */
function undone(state: EngineState, work: () => void): void {
    const { database } = state.org;
    const point = database.savepoint();
    try {
        work();
    } finally {
        database.rollback(point);
        database.release(point);
    }
}

/** Setup methods in text order; the first that fails fails the class. */
function runSetup(
    state: EngineState,
    symbol: ClassSymbol,
    userId: string,
    add: (result: TestMethodResult) => void
): TestMethodResult | undefined {
    for (const method of [...symbol.methods.values()].flat().filter(isSetup)) {
        const result = runMethod(state, symbol, method, userId, true);
        add(result);
        if (result.outcome === 'Fail') return result;
    }
    return undefined;
}

function runMethod(
    state: EngineState,
    symbol: ClassSymbol,
    method: MethodSymbol,
    userId: string,
    setup: boolean
): TestMethodResult {
    const started = performance.now();
    const failure = callTest(state, symbol, method, userId);
    return {
        className: symbol.name,
        methodName: method.name,
        outcome: failure === undefined ? 'Pass' : 'Fail',
        message: failure?.text ?? null,
        stackTrace: failure?.stackTrace ?? null,
        runTimeMs: Math.round(performance.now() - started),
        isSetup: setup
    };
}

function callTest(
    { runtime, linker }: EngineState,
    symbol: ClassSymbol,
    method: MethodSymbol,
    userId: string
): Failure | undefined {
    try {
        runtime.transaction({ userId, isTest: true }, (tx) => {
            tx.state(TestState).seesAllData = seesAllData(symbol, method);
            linker.callStatic(symbol, methodName(method), []);
            // Work that was put off outside startTest and stopTest runs when the method has ended.
            const state = tx.state(TestState);
            state.phase = 'ended';
            runCollected(state);
            state.chained.splice(0).forEach((job) => job());
        });
        return undefined;
    } catch (error) {
        return failureOf(error);
    }
}
