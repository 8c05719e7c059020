import assert from 'node:assert/strict';
import type { ApexSource, CompileProblem, TestMethodResult } from '../../src/apex/engine.ts';
import { fixedClock } from '../../src/org/clock.ts';
import { createOrg } from '../../src/org/create-org.ts';
import type { LocalOrg } from '../../src/org/local-org.ts';

export interface SourceOptions {
    readonly apiVersion?: number;
}

/** A fresh org without anything deployed. */
export function newOrg(): LocalOrg {
    return createOrg({
        name: 'test',
        baseUrl: 'http://localhost:7700',
        apiVersion: '67.0',
        adminUsername: 'admin@test.example',
        clock: fixedClock('2026-11-22T10:00:00Z'),
        callouts: { send: () => assert.fail('this test calls nobody') }
    }).org;
}

/** Classes by their text; names are read from the keys. A key that ends in `.trigger` is a trigger. */
export function sourcesOf(
    files: Readonly<Record<string, string>>,
    { apiVersion = 67 }: SourceOptions = {}
): ApexSource[] {
    return Object.entries(files).map(([key, body]) => {
        const isTrigger = key.endsWith('.trigger');
        const name = isTrigger ? key.slice(0, -'.trigger'.length) : key;
        const fileName = isTrigger ? `triggers/${key}` : `classes/${name}.cls`;
        return { kind: isTrigger ? 'trigger' : 'class', name, body, apiVersion, fileName };
    });
}

/** Compiles and installs; fails the test when something does not compile. */
export function install(org: LocalOrg, files: Readonly<Record<string, string>>, options: SourceOptions = {}): void {
    const { problems, program } = org.apex.compile(sourcesOf(files, options));
    assert.deepEqual(problems.map(describeProblem), []);
    org.apex.install(program);
}

/** `Foo 3:7 Variable does not exist: x` of each problem. */
export function problemsOf(files: Readonly<Record<string, string>>, options: SourceOptions = {}): string[] {
    return newOrg().apex.compile(sourcesOf(files, options)).problems.map(describeProblem);
}

export function describeProblem({ name, line, column, message }: CompileProblem): string {
    return `${name} ${line}:${column} ${message}`;
}

/**
 * Runs anonymous code and gives what it printed with `System.debug`, a line each. An exception that leaves the code is the
 * last line, with `!` in front.
 */
export function run(org: LocalOrg, code: string): string[] {
    const result = org.apex.executeAnonymous(code, org.admin.userId);
    assert.equal(result.compileProblem, null, `${result.line}:${result.column} ${result.compileProblem}`);
    const printed = result.debugLog === '' ? [] : result.debugLog.split('\nUSER_DEBUG|DEBUG|').map(withoutMark);
    return result.exceptionMessage === null ? printed : [...printed, `!${result.exceptionMessage}`];
}

function withoutMark(line: string): string {
    const mark = 'USER_DEBUG|DEBUG|';
    return line.startsWith(mark) ? line.slice(mark.length) : line;
}

/** What anonymous code prints in a fresh org, next to the given classes. */
export function printed(code: string, files: Readonly<Record<string, string>> = {}): string[] {
    const org = newOrg();
    install(org, files);
    return run(org, code);
}

/** Runs all test methods of the classes: `Foo.bar Pass`, or `Foo.bar Fail text`. */
export function testOutcomes(files: Readonly<Record<string, string>>, options: SourceOptions = {}): string[] {
    const org = newOrg();
    install(org, files, options);
    return org.apex.runTests({ coverage: false }, org.admin.userId).results.map(describeOutcome);
}

function describeOutcome({ className, methodName, outcome, message }: TestMethodResult): string {
    return `${className}.${methodName} ${outcome}${message === null ? '' : ` ${message}`}`;
}
