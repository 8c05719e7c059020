import assert from 'node:assert/strict';
import { fixedClock, type MovableClock } from '../../src/org/clock.ts';
import { createOrg } from '../../src/org/create-org.ts';
import type { ApexSource, TestMethodResult } from '../../src/apex/engine.ts';
import type { CalloutTransport } from '../../src/http/types.ts';
import type { LocalOrg } from '../../src/org/local-org.ts';
import type { MetadataDocument } from '../../src/org/metadata-registry.ts';

const UNREACHABLE: CalloutTransport = { send: () => ({ ok: false, reason: 'unreachable', detail: 'ECONNREFUSED' }) };

export interface ApexOrg {
    readonly org: LocalOrg;
    readonly clock: MovableClock;
    /** Metadata that schema and library derive from; before `install`. */
    deploy(type: string, fullName: string, document: MetadataDocument, files?: Readonly<Record<string, string>>): void;
    /** Compiles classes and triggers, told apart by their first word, and puts them in place; fails on a problem. */
    install(...bodies: readonly string[]): void;
    /** Problems of classes that are not expected to compile, as `line: message`. */
    problems(...bodies: readonly string[]): string[];
    /** Runs code as the administrator and gives its debug lines, without level; fails when it throws. */
    run(code: string): string[];
    /** Message of the exception that the code ends with. */
    failure(code: string): string;
    /** Runs every test of the org and gives the results. */
    test(): TestMethodResult[];
}

/** An org without threads and sockets, whose clock stands at 2026-11-22, 10:00 GMT. */
export function apexOrg(apiVersion = 62): ApexOrg {
    const clock = fixedClock('2026-11-22T10:00:00Z');
    const { org } = createOrg({
        name: 'apex',
        baseUrl: 'http://localhost:7700',
        apiVersion: '67.0',
        adminUsername: 'admin@apex.local',
        clock,
        callouts: UNREACHABLE
    });
    const sources = (bodies: readonly string[]): ApexSource[] => bodies.map((body) => source(body, apiVersion));
    return {
        org,
        clock,
        deploy(type, fullName, document, files = {}) {
            const bytes = Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)] as const);
            org.metadata.put({ type, fullName, files: new Map(bytes), document });
        },
        install(...bodies) {
            const { problems, program } = org.apex.compile(sources(bodies));
            assert.deepEqual(problems.map(describe), []);
            org.apex.install(program);
        },
        problems: (...bodies) => org.apex.compile(sources(bodies)).problems.map(describe),
        run: (code) => linesOf(org, code),
        failure: (code) => failureOf(org, code),
        test: () => [...org.apex.runTests({ coverage: false }, org.admin.userId).results]
    };
}

function execute(org: LocalOrg, code: string): ReturnType<LocalOrg['apex']['executeAnonymous']> {
    const result = org.apex.executeAnonymous(code, org.admin.userId);
    assert.equal(result.compileProblem, null);
    return result;
}

/** Runs code as the administrator; answers what it writes with System.debug. Fails with the exception that ends it. */
export function linesOf(org: LocalOrg, code: string): string[] {
    const { exceptionMessage, exceptionStackTrace, debugLog } = execute(org, code);
    assert.equal(exceptionMessage, null, exceptionStackTrace ?? '');
    return debugLog === '' ? [] : debugLog.split('\n').map((line) => line.split('|').slice(2).join('|'));
}

/** Runs code as the administrator; answers the message of the exception that ends it, or `nothing`. */
export function failureOf(org: LocalOrg, code: string): string {
    return execute(org, code).exceptionMessage ?? 'nothing';
}

/** Fails with the messages of the tests that did not pass. */
export function allPass(results: readonly TestMethodResult[]): void {
    const failed = results.filter(({ outcome }) => outcome !== 'Pass');
    assert.deepEqual(
        failed.map(({ methodName, message, stackTrace }) => `${methodName}: ${message}\n${stackTrace}`),
        []
    );
    assert.notEqual(results.length, 0);
}

function describe({ name, line, message }: { name: string; line: number; message: string }): string {
    return `${name}:${line} ${message}`;
}

/** Modifiers and annotations may stand in front of the word that tells what it is. */
function source(body: string, apiVersion: number): ApexSource {
    const words = body.split(/[\s{(]+/);
    const at = words.findIndex((word) => ['class', 'interface', 'enum', 'trigger'].includes(word));
    const kind = words[at] === 'trigger' ? 'trigger' : 'class';
    const name = words[at + 1] ?? '';
    return { kind, name, body, apiVersion, fileName: `${name}.cls` };
}
