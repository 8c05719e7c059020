import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newTestOrg } from './support/test-org.ts';

test('a streaming client shakes hands and is told that there is nothing to subscribe to', () => {
    const org = newTestOrg();
    const send = (...body: object[]): unknown => org.call('POST', '/cometd/67.0', { body }).body;
    const handshake = {
        channel: '/meta/handshake',
        version: '1.0',
        supportedConnectionTypes: ['long-polling'],
        id: '1'
    };
    const [shaken] = send(handshake) as [Record<string, unknown>];
    assert.equal(shaken['successful'], true);
    assert.equal(shaken['id'], '1');
    const { clientId } = shaken;
    const [refused] = send({ channel: '/meta/subscribe', clientId, subscription: '/systemTopic/Logging' }) as [object];
    assert.deepEqual(refused, {
        channel: '/meta/subscribe',
        clientId,
        successful: false,
        error: '501::The local org does not support the Streaming API',
        advice: { reconnect: 'none' }
    });
    assert.deepEqual(send({ channel: '/meta/disconnect', clientId }), [
        { channel: '/meta/disconnect', clientId, successful: true }
    ]);
    assert.equal(org.call('POST', '/cometd/67.0', { body: [handshake], token: undefined }).status, 401);
});
