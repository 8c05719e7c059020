import assert from 'node:assert/strict';
import type { ApexSource, AuraOutcome, CompileProblem } from '../../../src/apex/engine.ts';
import { createOrg } from '../../../src/org/create-org.ts';
import { fixedClock } from '../../../src/org/clock.ts';
import type { LocalOrg } from '../../../src/org/local-org.ts';

/** An org for tests of Apex: no network, a clock that stands still. */
export function newApexOrg(): LocalOrg {
    const { org } = createOrg({
        name: 'apex',
        baseUrl: 'http://localhost:1',
        apiVersion: '67.0',
        adminUsername: 'admin@apex.test',
        clock: fixedClock('2026-03-01T12:00:00.000Z'),
        callouts: {
            send: () => {
                throw new Error('No callouts in tests of Apex.');
            }
        }
    });
    return org;
}

export function apexClass(body: string, apiVersion = 67): ApexSource {
    const [, name = ''] = /(?:class|interface|enum)\s+(\w+)/i.exec(body) ?? [];
    return { kind: 'class', name, body, apiVersion, fileName: `classes/${name}.cls` };
}

export function apexTrigger(body: string, apiVersion = 67): ApexSource {
    const [, name = ''] = /trigger\s+(\w+)/i.exec(body) ?? [];
    return { kind: 'trigger', name, body, apiVersion, fileName: `triggers/${name}.trigger` };
}

const shared = newApexOrg();

/**
 * A piece of Apex with what it should do. The statements are the body of a method that may return a value; classes they
 * need are declared with `with`.
 */
export function apex(strings: TemplateStringsArray, ...values: readonly unknown[]): Snippet {
    return new Snippet(String.raw({ raw: strings.raw }, ...values), []);
}

class Snippet {
    readonly #body: string;
    readonly #classes: readonly ApexSource[];

    constructor(body: string, classes: readonly ApexSource[]) {
        this.#body = body;
        this.#classes = classes;
    }

    /** Classes deployed beside it. */
    with(...bodies: readonly (string | ApexSource)[]): Snippet {
        const classes = bodies.map((body) => (typeof body === 'string' ? apexClass(body) : body));
        return new Snippet(this.#body, [...this.#classes, ...classes]);
    }

    /** Compiles, runs, and compares what it returns as JSON. */
    returns(expected: unknown): void {
        const outcome = this.#run();
        assert.ok(outcome.ok, outcome.ok ? '' : `${outcome.exceptionType}: ${outcome.message}\n${outcome.stackTrace}`);
        assert.deepEqual(outcome.returnValue, expected);
    }

    /** Compiles, runs, and ends with that exception. */
    throws(exceptionType: string, message?: string): void {
        const outcome = this.#run();
        assert.ok(!outcome.ok, 'it returned');
        assert.equal(outcome.exceptionType, exceptionType);
        if (message !== undefined) assert.equal(outcome.message, message);
    }

    /** Does not compile; the first problem of the snippet has that message. */
    refuses(message: string, line?: number): void {
        const problem = this.#problems().find(({ name }) => name === 'Snippet');
        assert.equal(problem?.message, message);
        // The method opens on the line before the statements.
        if (line !== undefined) assert.equal(problem.line - 1, line);
    }

    compiles(): void {
        assert.deepEqual(this.#problems(), []);
    }

    #problems(): readonly CompileProblem[] {
        return shared.apex.compile(this.#sources('Object')).problems;
    }

    #sources(returns: string): ApexSource[] {
        const end = this.#body.includes('return ') || this.#body.includes('throw ') ? '' : '\nreturn null;';
        const body = `public class Snippet { @AuraEnabled public static ${returns} run() {\n${this.#body}${end}\n}}`;
        return [...this.#classes, apexClass(body)];
    }

    #run(): AuraOutcome {
        const { problems, program } = shared.apex.compile(this.#sources('Object'));
        assert.deepEqual(problems, []);
        shared.apex.install(program);
        return shared.apex.aura('Snippet', 'run', {}, shared.admin.userId);
    }
}

/** Messages of the problems of some classes, `line:column message`. */
export function problemsOf(...bodies: readonly (string | ApexSource)[]): string[] {
    const sources = bodies.map((body) => (typeof body === 'string' ? apexClass(body) : body));
    return shared.apex.compile(sources).problems.map(({ message }) => message);
}

/** Fails unless the class has exactly these problems. */
export function refuses(body: string, ...messages: readonly string[]): void {
    assert.deepEqual(problemsOf(body), messages, body);
}

/** Fails unless each of the classes compiles. */
export function accepts(...bodies: readonly string[]): void {
    bodies.forEach((body) => refuses(body));
}
