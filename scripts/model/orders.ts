import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkMappings, dismissLetters, pauseSync, replayLetters, resumeSync } from '../sync/orders.ts';
import { readSyncStatus } from '../sync/status.ts';
import { apex, settle, type ModelPair } from './model-pair.ts';

/** Tests of what `bridge sync` orders, on a pair that other tests use too. */
export function testOrders(modelOf: () => ModelPair): void {
    void test('finds that the mappings fit both orgs', async () => {
        assert.deepEqual(await checkMappings(modelOf()), []);
    });

    void test('pauses and resumes delivery, with the reason', async () => {
        await pauseSync(modelOf(), 'a test');
        assert.deepEqual(
            (await readSyncStatus(modelOf())).map(({ pausedReason }) => pausedReason),
            ['a test', 'a test']
        );
        await resumeSync(modelOf());
        assert.equal((await readSyncStatus(modelOf()))[0].paused, false);
    });

    void test('shows, replays and refuses dead letters', async () => {
        await apex(
            modelOf().source,
            `insert new Account(Name = 'Dead');
            Sync_Outbox__c row = [SELECT Id FROM Sync_Outbox__c LIMIT 1];
            row.Status__c = 'Dead Letter';
            row.Reason__c = 'made by the test';
            update row;`
        );
        const [{ deadLetters }] = await readSyncStatus(modelOf());
        assert.equal(deadLetters[0]?.reason, 'made by the test');
        const choice = { ids: [deadLetters[0].id], all: false };
        assert.equal(await replayLetters(modelOf(), choice), 1);
        await assert.rejects(dismissLetters(modelOf(), choice, 'gone'), { code: 'NO_SUCH_DEAD_LETTER' });
        await assert.rejects(replayLetters(modelOf(), { ids: ['x'], all: false }), { code: 'NOT_AN_ID' });
        assert.equal(await settle(modelOf()), undefined);
    });
}
