import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Runtime } from '../../src/apex/runtime/runtime.ts';
import { HttpRequestObject } from '../../src/apex/library/http/http-request.ts';
import { HttpResponseObject } from '../../src/apex/library/http/http-response.ts';
import { typeObject } from '../../src/apex/library/system/type.ts';
import { platformType } from '../../src/apex/types/apex-types.ts';
import { CalloutFailure, type ApexCallout } from '../../src/callout/types.ts';
import { call, callStatic, FakeObject, fakeRuntime, thrownBy } from './fake-runtime.ts';
import { apexOrg } from './apex-org.ts';

function request(): HttpRequestObject {
    const object = new HttpRequestObject();
    object.endpoint = 'callout:TargetOrg_NC/services/apexrest/Account';
    object.method = 'GET';
    object.headers.set('X-Trace', '1');
    return object;
}

function send(rt: Runtime, object: HttpRequestObject = request()): HttpResponseObject {
    return call(rt, 'System.Http', 'send(Object)', null, object) as HttpResponseObject;
}

function setMock(rt: Runtime, mock: object): void {
    callStatic(rt, 'System.Test', 'setMock(Type,Object)', typeObject(platformType('System.HttpCalloutMock')), mock);
}

const answering = new FakeObject(
    'Mock',
    {},
    {
        respond: (received: HttpRequestObject) => {
            const response = new HttpResponseObject();
            response.statusCode = received.method === 'GET' ? 200 : 405;
            return response;
        }
    }
);

test('in a test the mock answers and nothing else does', () => {
    const rt = fakeRuntime();
    assert.equal(
        thrownBy(() => send(rt)),
        'System.TypeException: Methods defined as TestMethod do not support Web service callouts'
    );
    setMock(rt, answering);
    assert.equal(send(rt).statusCode, 200);
    assert.equal(rt.tx.limits.callouts, 2);
});

test('uncommitted work refuses callouts until startTest', () => {
    const rt = fakeRuntime();
    setMock(rt, answering);
    rt.tx.uncommittedWork = true;
    assert.equal(
        thrownBy(() => send(rt)),
        'System.CalloutException: You have uncommitted work pending. Please commit or rollback before calling out'
    );
    callStatic(rt, 'System.Test', 'startTest()');
    assert.equal(rt.tx.limits.callouts, 0);
    assert.equal(send(rt).statusCode, 200);
    callStatic(rt, 'System.Test', 'stopTest()');
    assert.equal(rt.tx.limits.callouts, 1, 'the counters of the method come back');
    assert.match(
        thrownBy(() => callStatic(rt, 'System.Test', 'startTest()')),
        /^System\.FinalException/
    );
});

test('outside tests the gateway sends', () => {
    const sent: ApexCallout[] = [];
    const rt = fakeRuntime({
        calloutGateway: {
            forgetTokens: () => undefined,
            send(callout) {
                sent.push(callout);
                const headers = [['Content-Type', 'application/json']] as const;
                return { status: 201, statusText: 'Created', headers, body: new TextEncoder().encode('é') };
            },
            refresh: () => undefined
        }
    });
    Object.assign(rt.tx, { isTest: false });
    const response = send(rt);
    assert.equal(sent[0]?.endpoint, 'callout:TargetOrg_NC/services/apexrest/Account');
    assert.deepEqual(sent[0]?.headers, [['X-Trace', '1']]);
    assert.equal(call(rt, 'System.HttpResponse', 'getBody()', response), 'é');
    assert.equal(call(rt, 'System.HttpResponse', 'getHeader(String)', response, 'content-type'), 'application/json');
    assert.equal(rt.toText(response), 'System.HttpResponse[Status=Created, StatusCode=201]');
});

test('failures of the gateway are CalloutExceptions', () => {
    const rt = fakeRuntime({
        calloutGateway: {
            forgetTokens: () => undefined,
            send() {
                throw new CalloutFailure('Read timed out');
            },
            refresh: () => undefined
        }
    });
    Object.assign(rt.tx, { isTest: false });
    assert.equal(
        thrownBy(() => send(rt)),
        'System.CalloutException: Read timed out'
    );
});

test('timeouts stay within two minutes', () => {
    const rt = fakeRuntime();
    const set = (timeout: number): string =>
        thrownBy(() => call(rt, 'System.HttpRequest', 'setTimeout(Integer)', request(), timeout));
    assert.equal(set(120_000), 'nothing');
    assert.match(set(120_001), /^System\.CalloutException/);
    assert.match(set(0), /^System\.CalloutException/);
});

test('the 101st callout is over the limit', () => {
    const rt = fakeRuntime();
    setMock(rt, answering);
    for (let count = 0; count < 100; count++) {
        send(rt);
    }
    assert.equal(
        thrownBy(() => send(rt)),
        'System.LimitException: Too many callouts: 101'
    );
});

test('savepoints are released before a callout, and work after them is rolled back', () => {
    const code = (between: string): string => `
        Savepoint point = Database.setSavepoint();
        ${between}
        HttpRequest request = new HttpRequest();
        request.setEndpoint('http://peer');
        request.setMethod('GET');
        new Http().send(request);`;
    const outcome = (between: string): string => apexOrg().failure(code(between));
    const allowed = /Unauthorized endpoint/;
    assert.match(outcome(''), /CalloutException: All active Savepoints must be released before making callouts\.$/);
    assert.match(outcome('Database.releaseSavepoint(point);'), allowed);
    const insertion = "insert new Account(Name = 'One');";
    assert.match(outcome(`${insertion} Database.releaseSavepoint(point);`), /You have uncommitted work pending/);
    assert.match(outcome(`${insertion} Database.rollback(point);`), /All active Savepoints must be released/);
    assert.match(outcome(`${insertion} Database.rollback(point); Database.releaseSavepoint(point);`), allowed);
    assert.match(
        apexOrg().failure(`${insertion} ${code('Database.rollback(point); Database.releaseSavepoint(point);')}`),
        /You have uncommitted work pending/
    );
});
