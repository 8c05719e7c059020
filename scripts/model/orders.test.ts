import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { checkMappings, dismissLetters, pauseSync, replayLetters, resumeSync } from '../sync/orders.ts';
import { readSyncStatus } from '../sync/status.ts';
import { apex, settle, startModelPair, type ModelPair } from './model-pair.ts';

describe('bridge sync', () => {
    let model: ModelPair;

    before(async () => {
        model = await startModelPair();
    });

    after(() => model?.pair.stop());

    test('finds that the mappings fit both orgs', async () => {
        assert.deepEqual(await checkMappings(model), []);
    });

    test('pauses and resumes delivery, with the reason', async () => {
        await pauseSync(model, 'a test');
        assert.deepEqual(
            (await readSyncStatus(model)).map(({ pausedReason }) => pausedReason),
            ['a test', 'a test']
        );
        await resumeSync(model);
        assert.equal((await readSyncStatus(model))[0].paused, false);
    });

    test('shows, replays and refuses dead letters', async () => {
        await apex(
            model.source,
            `insert new Account(Name = 'Dead');
            Sync_Outbox__c row = [SELECT Id FROM Sync_Outbox__c LIMIT 1];
            row.Status__c = 'Dead Letter';
            row.Reason__c = 'made by the test';
            update row;`
        );
        const [{ deadLetters }] = await readSyncStatus(model);
        assert.equal(deadLetters[0]?.reason, 'made by the test');
        const choice = { ids: [deadLetters[0].id], all: false };
        assert.equal(await replayLetters(model, choice), 1);
        await assert.rejects(dismissLetters(model, choice, 'gone'), { code: 'NO_SUCH_DEAD_LETTER' });
        await assert.rejects(replayLetters(model, { ids: ['x'], all: false }), { code: 'NOT_AN_ID' });
        assert.equal(await settle(model), undefined);
    });
});
