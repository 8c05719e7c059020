import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ApexRestCall, ApexSource } from '../../src/apex/engine.ts';
import type { LocalOrg } from '../../src/org/local-org.ts';
import { apexClass, newApexOrg } from './support/apex.ts';

function orgWith(...sources: readonly (string | ApexSource)[]): LocalOrg {
    const org = newApexOrg();
    const { problems, program } = org.apex.compile(
        sources.map((source) => (typeof source === 'string' ? apexClass(source) : source))
    );
    assert.deepEqual(problems, []);
    org.apex.install(program);
    return org;
}

describe('anonymous code', () => {
    test('that ran before is compiled against what is there now', () => {
        const code = "Box one = new Box(); System.debug(one.size + ' ' + [SELECT COUNT() FROM Account]);";
        const logs = ['Integer size = 1', "String size = 'two'", 'Integer other'].map((member) => {
            const org = orgWith(`public class Box { public ${member}; }`);
            org.apex.executeAnonymous("insert new Account(Name = 'One');", org.admin.userId);
            const { debugLog, compileProblem } = org.apex.executeAnonymous(code, org.admin.userId);
            return compileProblem ?? debugLog;
        });
        assert.deepEqual(logs, ['USER_DEBUG|DEBUG|1 1', 'USER_DEBUG|DEBUG|two 1', 'Variable does not exist: size']);
    });
});

describe('the test runner', () => {
    const tests = `@IsTest
private class DemoTest {
    @TestSetup static void setup() { insert new Account(Name = 'from setup'); }
    @IsTest static void seesSetup() {
        Assert.areEqual(1, [SELECT COUNT() FROM Account]);
        insert new Account(Name = 'gone later');
        Demo.n++;
    }
    @IsTest static void startsAfresh() {
        Assert.areEqual(1, [SELECT COUNT() FROM Account]);
        Assert.areEqual(1, Demo.n);
    }
    @IsTest static void fails() {
        System.assertEquals(1, 2, 'why');
    }
    @IsTest static void throwsOne() {
        Demo.half(0);
    }
    static testMethod void old() { Test.startTest(); Assert.areEqual(0, Limits.getQueries()); Test.stopTest(); }
}`;
    const demo = `public class Demo {
    public static Integer n = 1;
    public static Integer half(Integer i) {
        if (i == 0) {
            return 1 / i;
        }
        return i / 2;
    }
}`;

    test('isolates methods, applies setup to each, and reports as the platform does', () => {
        const org = orgWith(demo, tests);
        org.apex.executeAnonymous("insert new Account(Name = 'org data');", org.admin.userId);
        const { results } = org.apex.runTests({ coverage: false }, org.admin.userId);
        assert.deepEqual(
            results.map(({ methodName, outcome, message, stackTrace }) => [methodName, outcome, message, stackTrace]),
            [
                ['setup', 'Pass', null, null],
                ['seesSetup', 'Pass', null, null],
                ['startsAfresh', 'Pass', null, null],
                [
                    'fails',
                    'Fail',
                    'System.AssertException: Assertion Failed: why: Expected: 1, Actual: 2',
                    'Class.DemoTest.fails: line 14, column 1'
                ],
                [
                    'throwsOne',
                    'Fail',
                    'System.MathException: Divide by 0',
                    'Class.Demo.half: line 5, column 1\nClass.DemoTest.throwsOne: line 17, column 1'
                ],
                ['old', 'Pass', null, null]
            ]
        );
        const left = org.database.query('SELECT Name FROM Account', {
            access: { userId: org.admin.userId, mode: 'system', sharing: false }
        });
        assert.deepEqual(
            left.records.map((record) => record.get('Name')),
            ['org data']
        );
    });

    test('measures the lines of classes that are no tests', () => {
        const org = orgWith(demo, tests);
        const { coverage, results } = org.apex.runTests(
            { coverage: true, tests: [{ className: 'DemoTest', methods: ['throwsOne'] }] },
            org.admin.userId
        );
        assert.deepEqual(coverage, [{ kind: 'class', name: 'Demo', coveredLines: [2, 4, 5], uncoveredLines: [7] }]);
        assert.deepEqual(
            results.map(({ methodName, isSetup, coverage: own }) => [methodName, isSetup, own]),
            [
                ['setup', true, []],
                ['throwsOne', false, coverage]
            ]
        );
    });

    test('measures each method by itself', () => {
        const body = `@IsTest private class TwoTest {
    @IsTest static void whole() { Assert.areEqual(2, Demo.half(4)); }
    @IsTest static void nothing() { Assert.areEqual(1, 1); }
}`;
        const org = orgWith(demo, body);
        const { coverage, results } = org.apex.runTests({ coverage: true }, org.admin.userId);
        assert.deepEqual(
            results.map((result) => result.coverage?.map((item) => item.coveredLines)),
            [[[2, 4, 7]], []]
        );
        assert.deepEqual(coverage[0]?.coveredLines, [2, 4, 7]);
    });

    test('tells of a class that does not exist', () => {
        const org = orgWith();
        const { results } = org.apex.runTests({ coverage: false, tests: [{ className: 'Nope' }] }, org.admin.userId);
        assert.deepEqual(
            results.map(({ className, outcome }) => [className, outcome]),
            [['Nope', 'CompileFail']]
        );
    });
});

describe('Apex REST', () => {
    const things = `@RestResource(urlMapping='/things/*')
global with sharing class Things {
    global class Answer { public Integer n; public String s; }
    @HttpGet global static void read() {
        RestContext.response.statusCode = 203;
        RestContext.response.addHeader('X-Test', RestContext.request.requestURI);
        RestContext.response.responseBody = Blob.valueOf('{"q":"' + RestContext.request.params.get('q') + '"}');
    }
    @HttpPost global static Answer create(Integer n, List<String> names) {
        Answer a = new Answer();
        a.n = n + names.size();
        a.s = names[0];
        return a;
    }
    @HttpDelete global static void fail() {
        insert new Account(Name = 'rest');
        throw new IllegalArgumentException('no');
    }
}`;
    const exact = `@RestResource(urlMapping='/things/exact')
global class ExactThing { @HttpGet global static String read() { return 'exact'; } }`;
    const org = orgWith(things, exact);

    function call(method: string, path: string, body = '', query: Record<string, string> = {}) {
        const request: ApexRestCall = {
            method,
            path,
            query: new Map(Object.entries(query)),
            headers: new Map(),
            body: Buffer.from(body),
            remoteAddress: '127.0.0.1',
            resourceUri: `/services/apexrest${path}`
        };
        const answer = org.apex.rest(request, org.admin.userId);
        return 'errorCode' in answer ? answer : { ...answer, body: Buffer.from(answer.body).toString() };
    }

    test('gives the request to the method and the response back', () => {
        const answer = call('GET', '/things/1', '', { q: 'x' });
        assert.ok('body' in answer);
        assert.deepEqual([answer.status, answer.body, answer.headers.get('X-Test')], [203, '{"q":"x"}', '/things/1']);
    });

    test('reads parameters from the body and serialises what is returned', () => {
        const answer = call('POST', '/things', '{"n":1,"names":["a","b"]}');
        assert.ok('body' in answer);
        assert.deepEqual([answer.status, JSON.parse(answer.body)], [200, { n: 3, s: 'a' }]);
    });

    test('prefers an exact mapping to a wildcard', () => {
        const answer = call('GET', '/things/exact');
        assert.ok('body' in answer);
        assert.equal(answer.body, '"exact"');
    });

    test('refuses in the platform’s words', () => {
        assert.deepEqual(call('GET', '/nothing'), {
            status: 404,
            errorCode: 'NOT_FOUND',
            message: 'Could not find a match for URL'
        });
        assert.deepEqual(call('PUT', '/things/1'), {
            status: 405,
            errorCode: 'METHOD_NOT_ALLOWED',
            message: "HTTP Method 'PUT' not allowed. Allowed are GET,POST,DELETE"
        });
        const malformed = call('POST', '/things', '{');
        assert.deepEqual(
            [malformed.status, 'errorCode' in malformed && malformed.errorCode],
            [400, 'JSON_PARSER_ERROR']
        );
        const unknown = call('POST', '/things', '{"zzz":1}');
        assert.equal(unknown.status, 400);
    });

    test('an uncaught exception undoes everything and names its place', () => {
        assert.deepEqual(call('DELETE', '/things/1'), {
            status: 500,
            errorCode: 'APEX_ERROR',
            message: 'System.IllegalArgumentException: no\n\nClass.Things.fail: line 17, column 1'
        });
        const { totalSize } = org.database.query("SELECT Id FROM Account WHERE Name = 'rest'", {
            access: { userId: org.admin.userId, mode: 'system', sharing: false }
        });
        assert.equal(totalSize, 0);
    });
});

describe('Aura methods', () => {
    const controller = `public with sharing class Panel {
    public class Row { @AuraEnabled public Integer n; public String hidden = 'h'; @AuraEnabled public List<Row> rows; }
    @AuraEnabled public static Row find(Integer n, Row row, List<Id> ids) {
        Row found = new Row();
        found.n = n + (row == null ? 0 : row.n) + ids.size();
        found.rows = new List<Row>{ new Row() };
        return found;
    }
    @AuraEnabled(cacheable=true) public static Account record() { return new Account(Name = 'x', AnnualRevenue = 2.5); }
    @AuraEnabled public static void fail() {
        AuraHandledException e = new AuraHandledException('for the user');
        e.setMessage('for Apex');
        throw e;
    }
    public static void plain() {}
}`;
    const org = orgWith(controller);
    const aura = (method: string, args = {}) => org.apex.aura('Panel', method, args, org.admin.userId);

    test('take JSON and give JSON with the enabled members', () => {
        assert.deepEqual(aura('find', { n: 1, row: { n: 5 }, ids: ['001000000000001'] }), {
            ok: true,
            returnValue: { n: 7, rows: [{ n: null, rows: null }] }
        });
        assert.deepEqual(aura('record'), { ok: true, returnValue: { Name: 'x', AnnualRevenue: 2.5 } });
    });

    test('tell handled failures to the user', () => {
        const outcome = aura('fail');
        assert.ok(!outcome.ok);
        assert.deepEqual([outcome.message, outcome.exceptionType], ['for the user', 'System.AuraHandledException']);
    });

    test('are only those with the annotation', () => {
        assert.equal(aura('plain').ok, false);
    });
});

describe('API versions', () => {
    const writer = "public class Writer { public static void write() { insert new Account(Name = 'w'); } }";
    const test67 = `@IsTest private class ModeTest {
    static User minimum() {
        User u = new User(LastName = 'M', Alias = 'm', Email = 'm@test.example', Username = 'm@version.example',
            ProfileId = [SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'].Id, TimeZoneSidKey = 'GMT',
            LocaleSidKey = 'en_US', EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US');
        insert u;
        return u;
    }
    @IsTest static void oldClass() { System.runAs(minimum()) { Writer.write(); } }
    @IsTest static void newClass() { System.runAs(minimum()) { NewWriter.write(); } }
}`;

    test('a class runs in the mode of its own version, whoever calls it', () => {
        const org = orgWith(apexClass(writer, 66), apexClass(writer.replace('Writer', 'NewWriter'), 67), test67);
        const { results } = org.apex.runTests({ coverage: false }, org.admin.userId);
        assert.deepEqual(
            results.map(({ methodName, outcome }) => [methodName, outcome]),
            [
                ['oldClass', 'Pass'],
                ['newClass', 'Fail']
            ]
        );
        assert.equal(results[1]?.message, "System.SecurityException: Access to entity 'Account' denied");
    });
});
