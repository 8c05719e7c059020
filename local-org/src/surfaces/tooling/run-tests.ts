import { invalidInput, notSupportedLocally } from '../../http/api-error.ts';
import { json } from '../../http/responses.ts';
import { jsonObject } from '../rest/record-json.ts';
import { testRunsOf, type TestRun } from './test-runs.ts';
import type { TestRequest } from '../../apex/engine.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { WireResponse } from '../../http/types.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { SessionContext } from '../surface.ts';

/** POST /tooling/runTestsAsynchronous: a bare JSON string, the id of a job. It has ended when the answer comes. */
export function runTestsAsynchronous(
    request: HttpRequest,
    _parameters: unknown,
    context: SessionContext
): WireResponse {
    return json(200, runTests(request, context).jobId);
}

/** POST /tooling/runTestsSynchronous */
export function runTestsSynchronous(request: HttpRequest, _parameters: unknown, context: SessionContext): WireResponse {
    const run = runTests(request, context);
    const rows = run.classes.flatMap((item) => item.results).filter((row) => !row.isSetup || row.outcome !== 'Pass');
    const passed = rows.filter(({ outcome }) => outcome === 'Pass');
    const failed = rows.filter(({ outcome }) => outcome === 'Fail' || outcome === 'CompileFail');
    const common = ({ className, methodName, runTimeMs }: (typeof rows)[number]): Record<string, unknown> => ({
        id: context.org.metadata.get('ApexClass', className)?.id ?? null,
        methodName,
        name: className,
        namespace: null,
        seeAllData: false,
        time: Math.round(runTimeMs)
    });
    return json(200, {
        apexLogId: null,
        codeCoverage: [],
        codeCoverageWarnings: [],
        failures: failed.map((row) => ({
            ...common(row),
            message: row.message,
            packageName: row.className,
            stackTrace: row.stackTrace,
            type: 'Class'
        })),
        numFailures: failed.length,
        numTestsRun: rows.length,
        successes: passed.map(common),
        totalTime: Math.round(run.totalTimeMs)
    });
}

function runTests(request: HttpRequest, { org, session }: SessionContext): TestRun {
    const wanted = readTestRequest(jsonObject(request.json()), org);
    const startedAt = org.clock.now();
    const result = org.apex.runTests(wanted, session.userId);
    return testRunsOf(org).add(result, { userId: session.userId, startedAt, isAllTests: wanted.tests === undefined });
}

function readTestRequest(body: Readonly<Record<string, unknown>>, org: LocalOrg): TestRequest {
    for (const unsupported of ['suiteNames', 'suiteids']) {
        if (body[unsupported] !== undefined) {
            throw notSupportedLocally(`test suites (${unsupported})`);
        }
    }
    const coverage = body['skipCodeCoverage'] !== true;
    const { tests, classNames, classids } = body;
    if (Array.isArray(tests)) {
        return { coverage, tests: tests.map((test) => readTest(jsonObject(test), org)) };
    }
    if (typeof classNames === 'string') {
        return { coverage, tests: namesIn(classNames).map((className) => ({ className })) };
    }
    if (typeof classids === 'string') {
        return { coverage, tests: namesIn(classids).map((id) => ({ className: classOfId(id, org) })) };
    }
    const level = body['testLevel'];
    if (level === 'RunLocalTests' || level === 'RunAllTestsInOrg') {
        return { coverage };
    }
    throw invalidInput('Name the tests to run in tests, classNames or classids, or give a testLevel for all of them.');
}

function readTest(
    { className, classId, testMethods }: Readonly<Record<string, unknown>>,
    org: LocalOrg
): NonNullable<TestRequest['tests']>[number] {
    const name = typeof className === 'string' ? className : classOfId(String(classId), org);
    return Array.isArray(testMethods) ? { className: name, methods: testMethods.map(String) } : { className: name };
}

function classOfId(id: string, org: LocalOrg): string {
    const component = org.metadata.list('ApexClass').find((item) => item.id.slice(0, 15) === id.slice(0, 15));
    if (component === undefined) {
        throw invalidInput(`There is no Apex class with the id ${id}.`);
    }
    return component.fullName;
}

function namesIn(list: string): string[] {
    return list
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
}
