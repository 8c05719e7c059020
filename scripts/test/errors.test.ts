import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { BridgeError, errorReport, toBridgeError } from '../lib/errors.ts';

test('an error of the platform keeps its code and counts as an org error', () => {
    const thrown = Object.assign(new Error('Session expired or invalid'), { errorCode: 'INVALID_SESSION_ID' });
    const error = toBridgeError(thrown);
    assert.deepEqual(errorReport(error), {
        status: 'error',
        kind: 'org',
        code: 'INVALID_SESSION_ID',
        message: 'Session expired or invalid',
        actions: []
    });
    assert.equal(error.cause, thrown);
});

test('a named client error keeps its actions', () => {
    const thrown = Object.assign(new Error('No such org'), {
        name: 'NamedOrgNotFoundError',
        actions: ['Run: sf org list']
    });
    const error = toBridgeError(thrown);
    assert.equal(error.kind, 'org');
    assert.equal(error.code, 'NamedOrgNotFoundError');
    assert.deepEqual(error.actions, ['Run: sf org list']);
});

test('an org that cannot be reached counts as an org error', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, 'localhost', done));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    const thrown = await fetch(`http://localhost:${port}`).then(
        () => assert.fail('something answers there'),
        (error: unknown) => error
    );
    const { kind, code, message, actions } = toBridgeError(thrown);
    assert.deepEqual([kind, code], ['org', 'ECONNREFUSED']);
    assert.match(message, /An org could not be reached: .*ECONNREFUSED/);
    assert.equal(actions.length, 1);
});

test('a defect counts as internal', () => {
    assert.equal(toBridgeError(new TypeError('x is not a function')).kind, 'internal');
    assert.equal(toBridgeError(new TypeError('x', { cause: new Error('y') })).kind, 'internal');
    assert.equal(toBridgeError('thrown text').kind, 'internal');
});

test('a BridgeError passes unchanged', () => {
    const error = new BridgeError('user', 'SAME_ORG', 'The same org twice.', ['Name two orgs.']);
    assert.equal(toBridgeError(error), error);
});
