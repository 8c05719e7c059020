import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { list, text, type Json } from './support/json.ts';
import { DATA, newTestOrg, type Answer, type TestOrg } from './support/test-org.ts';
import type { TestRequest, TestRunResult } from '../../src/apex/engine.ts';

const TOOLING = `${DATA}/tooling`;

const RUN: TestRunResult = {
    totalTimeMs: 30,
    results: [
        result('prepare', 'Pass', { isSetup: true }),
        result('works', 'Pass', {
            coverage: [{ kind: 'class', name: 'Core', coveredLines: [2], uncoveredLines: [3, 5, 7] }]
        }),
        result('fails', 'Fail', { message: 'System.AssertException: no', stackTrace: 'Class.CoreTest.fails: line 3' })
    ],
    coverage: [{ kind: 'class', name: 'Core', coveredLines: [2, 3, 5], uncoveredLines: [7] }]
};

function result(methodName: string, outcome: 'Pass' | 'Fail', more = {}): TestRunResult['results'][number] {
    const base = { message: null, stackTrace: null, runTimeMs: 10, isSetup: false };
    return { className: 'CoreTest', methodName, outcome, ...base, ...more };
}

let org: TestOrg;
let requests: TestRequest[];

beforeEach(() => {
    org = newTestOrg();
    requests = [];
    for (const name of ['Core', 'CoreTest']) {
        org.org.metadata.put({
            type: 'ApexClass',
            fullName: name,
            files: new Map([[`classes/${name}.cls`, new TextEncoder().encode(`public class ${name} {}`)]]),
            document: { apiVersion: '67.0', status: 'Active' }
        });
    }
    Object.assign(org.org.apex, {
        runTests(request: TestRequest) {
            requests.push(request);
            return RUN;
        }
    });
});

function query(soql: string): Answer['body'] {
    const { status, body } = org.call('GET', `${TOOLING}/query?q=${encodeURIComponent(soql)}`);
    assert.equal(status, 200, JSON.stringify(body));
    return body;
}

describe('a test run', () => {
    test('answers at once when it is synchronous', () => {
        const body = { tests: [{ className: 'CoreTest' }], testLevel: 'RunSpecifiedTests', skipCodeCoverage: false };
        const { status, body: run } = org.call('POST', `${TOOLING}/runTestsSynchronous`, { body });
        assert.equal(status, 200);
        assert.deepEqual(requests, [{ coverage: true, tests: [{ className: 'CoreTest' }] }]);
        assert.equal(run.numTestsRun, 2);
        assert.equal(run.numFailures, 1);
        assert.equal(run.failures[0].message, 'System.AssertException: no');
        assert.equal(run.successes[0].methodName, 'works');
        assert.match(text(run.successes[0].id), /^01p/);
    });

    test('is found under its id when it is asynchronous', () => {
        const body = { testLevel: 'RunLocalTests', skipCodeCoverage: true };
        const jobId = text(org.call('POST', `${TOOLING}/runTestsAsynchronous`, { body }).body);
        assert.match(jobId, /^707/);
        assert.deepEqual(requests, [{ coverage: false }]);
        const [run] = list(
            query(`SELECT Status, MethodsEnqueued, MethodsFailed, TestTime, TestSetupTime
            FROM ApexTestRunResult WHERE AsyncApexJobId = '${jobId}'`).records
        );
        assert.deepEqual(
            [run?.Status, run?.MethodsEnqueued, run?.MethodsFailed, run?.TestTime, run?.TestSetupTime],
            ['Failed', 2, 1, 20, 10]
        );
        const [item] = list(
            query(`SELECT Id, Status, ApexClassId FROM ApexTestQueueItem WHERE ParentJobId = '${jobId}'`).records
        );
        assert.equal(item?.Status, 'Completed');
        const { records } = query(`SELECT MethodName, Outcome, IsTestSetup, ApexClass.Name FROM ApexTestResult
            WHERE QueueItemId IN ('${text(item?.Id)}') ORDER BY MethodName`);
        assert.deepEqual(
            list(records).map((row) => [row.MethodName, row.Outcome, row.IsTestSetup, row.ApexClass?.Name]),
            [
                ['fails', 'Fail', false, 'CoreTest'],
                ['prepare', 'Pass', true, 'CoreTest'],
                ['works', 'Pass', false, 'CoreTest']
            ]
        );
    });

    test('leaves its coverage', () => {
        org.call('POST', `${TOOLING}/runTestsSynchronous`, { body: { classNames: 'CoreTest' } });
        const [row] = list(
            query('SELECT ApexClassOrTrigger.Name, NumLinesCovered, Coverage FROM ApexCodeCoverageAggregate').records
        );
        assert.equal(row?.ApexClassOrTrigger?.Name, 'Core');
        assert.deepEqual(row?.Coverage, { coveredLines: [2, 3, 5], uncoveredLines: [7] });
        assert.equal(query('SELECT PercentCovered FROM ApexOrgWideCoverage').records[0].PercentCovered, 75);
    });

    test('leaves the coverage of each method', () => {
        org.call('POST', `${TOOLING}/runTestsSynchronous`, { body: { classNames: 'CoreTest' } });
        const { records } = query(`SELECT ApexTestClassId, TestMethodName, ApexClassOrTrigger.Id,
            NumLinesCovered, NumLinesUncovered, Coverage FROM ApexCodeCoverage`);
        const idOf = (name: string): string | undefined => org.org.metadata.get('ApexClass', name)?.id;
        assert.equal(list(records).length, 1);
        assert.equal(records[0].ApexTestClassId, idOf('CoreTest'));
        assert.equal(records[0].TestMethodName, 'works');
        assert.equal(records[0].ApexClassOrTrigger.Id, idOf('Core'));
        assert.deepEqual([records[0].NumLinesCovered, records[0].NumLinesUncovered], [1, 3]);
        assert.deepEqual(records[0].Coverage, { coveredLines: [2], uncoveredLines: [3, 5, 7] });
    });

    test('names what it should run', () => {
        const { status } = org.call('POST', `${TOOLING}/runTestsSynchronous`, { body: {} });
        assert.equal(status, 400);
        assert.equal(org.call('POST', `${TOOLING}/runTestsSynchronous`, { body: { suiteNames: 'x' } }).status, 501);
    });
});

describe('tooling queries', () => {
    test('find Apex classes by name, whatever the case of the query', () => {
        const { records, totalSize } = query("select id, name, ApiVersion from apexclass where NAME = 'Core'");
        assert.equal(totalSize, 1);
        assert.equal(records[0].Id, org.org.metadata.get('ApexClass', 'Core')?.id);
        assert.equal(records[0].ApiVersion, 67);
    });

    test('reach objects of the data API too', () => {
        assert.equal(query('SELECT Username FROM User').records[0].Username, 'admin@target.local');
    });

    test('on objects that the org has not are refused', () => {
        const soql = encodeURIComponent('SELECT Id FROM SourceMember');
        assert.equal(org.call('GET', `${TOOLING}/query?q=${soql}`).status, 400);
        assert.equal(org.call('GET', `${TOOLING}/sobjects/SourceMember/describe`).status, 404);
    });
});

describe('debug logs', () => {
    const run = (): void => {
        const { status } = org.call('GET', `${TOOLING}/executeAnonymous?anonymousBody=System.debug('hi')%3B`);
        assert.equal(status, 200);
    };
    const create = (object: string, body: Record<string, unknown>): string => {
        const answer = org.call('POST', `${TOOLING}/sobjects/${object}`, { body });
        assert.equal(answer.status, 201, answer.text);
        return text(answer.body.id);
    };
    const logs = (): readonly Json[] =>
        list(query('SELECT Id, LogUser.Name, LogLength, Status FROM ApexLog ORDER BY StartTime DESC').records);

    test('are kept while a trace flag of the user is on', () => {
        run();
        assert.deepEqual(logs(), []);
        const level = create('DebugLevel', { DeveloperName: 'Fine', MasterLabel: 'Fine', ApexCode: 'FINEST' });
        const flag = create('TraceFlag', {
            TracedEntityId: org.org.admin.userId,
            DebugLevelId: level,
            LogType: 'DEVELOPER_LOG',
            ExpirationDate: '2026-11-22T11:00:00.000+0000'
        });
        const [found] = list(query('SELECT Id, StartDate, DebugLevel.ApexCode FROM TraceFlag').records);
        assert.deepEqual(
            [found?.Id, found?.StartDate, found?.DebugLevel?.ApexCode],
            [flag, '2026-11-22T10:00:00.000+0000', 'FINEST']
        );
        run();
        const [log] = logs();
        assert.deepEqual([log?.LogUser?.Name, log?.Status], ['Local Admin', 'Success']);
        const { text: body } = org.call('GET', `${TOOLING}/sobjects/ApexLog/${text(log?.Id)}/Body`);
        assert.equal(body, "67.0 APEX_CODE,FINEST\nExecute Anonymous: System.debug('hi');\nUSER_DEBUG|DEBUG|hi\n");
        assert.equal(log?.LogLength, body.length);
        org.clock.advance(3_600_000);
        run();
        assert.equal(logs().length, 1);
    });

    test('need flags that are whole, and of this API', () => {
        const { status, body } = org.call('POST', `${TOOLING}/sobjects/TraceFlag`, { body: { LogType: 'USER_DEBUG' } });
        assert.deepEqual([status, body[0].errorCode], [400, 'REQUIRED_FIELD_MISSING']);
        assert.equal(org.call('POST', `${TOOLING}/sobjects/DebugLevel`, { body: { Nope: 1 } }).status, 400);
        assert.equal(org.call('POST', `${TOOLING}/sobjects/ApexClass`, { body: {} }).status, 405);
    });

    test('have levels that can be changed and deleted', () => {
        const id = create('DebugLevel', { DeveloperName: 'Fine', MasterLabel: 'Fine' });
        const path = `${TOOLING}/sobjects/DebugLevel/${id}`;
        assert.equal(org.call('PATCH', path, { body: { ApexCode: 'INFO' } }).status, 204);
        assert.equal(org.call('GET', path).body.ApexCode, 'INFO');
        assert.equal(org.call('DELETE', path).status, 204);
        assert.equal(org.call('GET', path).status, 404);
    });
});

describe('tooling objects', () => {
    test('are described', () => {
        const { sobjects } = org.call('GET', `${TOOLING}/sobjects`).body;
        assert.ok(list(sobjects).some(({ name }) => text(name) === 'ApexTestResult'));
        const { body } = org.call('GET', `${TOOLING}/sobjects/apexclass/describe`);
        assert.equal(body.keyPrefix, '01p');
        assert.ok(list(body.fields).some(({ name }) => text(name) === 'Body'));
    });

    test('are read by id', () => {
        const id = org.org.metadata.get('ApexClass', 'Core')?.id ?? '';
        assert.equal(org.call('GET', `${TOOLING}/sobjects/ApexClass/${id}`).body.Body, 'public class Core {}');
        assert.equal(org.call('GET', `${TOOLING}/sobjects/ApexClass/01p000000000001AAA`).status, 404);
    });
});

test('anonymous Apex answers what the engine says', () => {
    const outcome = {
        compiled: true,
        compileProblem: null,
        success: true,
        exceptionMessage: null,
        exceptionStackTrace: null,
        line: -1,
        column: -1
    };
    Object.assign(org.org.apex, { executeAnonymous: () => ({ ...outcome, debugLog: '' }) });
    const { body } = org.call('GET', `${TOOLING}/executeAnonymous?anonymousBody=Integer%20i%3B`);
    assert.deepEqual(body, outcome);
});
