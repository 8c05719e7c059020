import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withCleanUp } from '../lib/clean-up.ts';
import { BridgeError } from '../lib/errors.ts';

describe('work with a clean-up', () => {
    const first = new BridgeError('user', 'FIRST', 'The first.', ['Do one.']);
    const second = new BridgeError('org', 'SECOND', 'The second.', ['Do two.']);
    const fail = (error: Error) => (): Promise<never> => Promise.reject(error);

    test('cleans up once, whether the work is done or fails', async () => {
        let cleaned = 0;
        const cleanUp = (): Promise<void> => {
            cleaned += 1;
            return Promise.resolve();
        };
        assert.equal(await withCleanUp(() => Promise.resolve('done'), cleanUp), 'done');
        assert.equal(cleaned, 1);
        await assert.rejects(withCleanUp(fail(first), cleanUp), (thrown) => thrown === first);
        assert.equal(cleaned, 2);
    });

    test('throws what the clean-up fails with', async () => {
        await assert.rejects(
            withCleanUp(() => Promise.resolve('done'), fail(second)),
            (thrown) => thrown === second
        );
    });

    test('tells both failures, the first one first', async () => {
        await assert.rejects(withCleanUp(fail(first), fail(second)), {
            kind: 'user',
            code: 'FIRST',
            message: 'The first. What was to be put back after it was not: The second.',
            actions: ['Do one.', 'Do two.'],
            cause: first
        });
    });
});
