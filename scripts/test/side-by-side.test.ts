import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sideBySide } from '../lib/side-by-side.ts';

describe('work in several orgs', () => {
    test('answers in the order of the list', async () => {
        assert.deepEqual(await sideBySide([later('slow'), Promise.resolve(1)]), ['slow', 1]);
    });

    test('throws the failure of the first one listed, though another came before it', async () => {
        const slow = later('source').then(refuse);
        await assert.rejects(sideBySide([slow, refuse('target')]), /source/);
    });

    test('waits for what still runs before it throws', async () => {
        let ended = false;
        const slow = later('slow').then(() => {
            ended = true;
        });
        await assert.rejects(sideBySide([refuse('target'), slow]), /target/);
        assert.ok(ended);
    });
});

async function later(text: string): Promise<string> {
    for (let turn = 0; turn < 3; turn++) await nextTurn();
    return text;
}

function refuse(text: string): Promise<never> {
    return Promise.reject(new Error(text));
}
