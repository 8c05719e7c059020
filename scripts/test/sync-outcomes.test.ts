import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually } from '../../local-org/test/support/eventually.ts';
import { soqlString, type BridgeOrg } from '../lib/org-connection.ts';
import { deployField, forbidCalls, setEditable } from './support/sync-metadata.ts';
import { create, record, rows, run, settled, twinOf, until, type Row } from './support/sync-records.ts';
import { startSyncedPair, type SyncedPair } from './synced-pair.ts';

const LETTER = 'Status__c, Error_Code__c, Reason__c, Remedy__c';

/** The table "Outcomes of special changes" of docs/sync.md, as far as it takes metadata of both orgs. */
describe('the outcome of special changes', () => {
    let orgs: SyncedPair;
    let source: BridgeOrg;
    let target: BridgeOrg;

    before(async () => {
        orgs = await startSyncedPair();
        ({ source, target } = orgs);
    });

    after(() => orgs?.stop());

    /** The dead letter of a record of the source. */
    async function letterOf(id: string): Promise<Row> {
        const [letter] = await eventually(
            () => rows(source, `SELECT Id, ${LETTER} FROM Sync_Outbox__c WHERE Local_Id__c = ${soqlString(id)}`),
            ([found]) => found?.['Status__c'] === 'Dead Letter'
        );
        return letter;
    }

    const replay = (letter: Row): Promise<void> =>
        run(source, `SyncDeadLetters.replay(new Set<Id>{ '${letter.Id}' });`);
    const recordTypeOf = async (org: BridgeOrg, id: string): Promise<unknown> => {
        const [row] = await rows(org, `SELECT Id, RecordType.DeveloperName FROM Project__c WHERE Id = '${id}'`);
        return (row?.['RecordType'] as Record<string, unknown> | null)?.['DeveloperName'];
    };
    const recordTypes = async (org: BridgeOrg): Promise<Record<string, string>> => {
        const found = await rows(org, "SELECT Id, DeveloperName FROM RecordType WHERE SobjectType = 'Project__c'");
        return Object.fromEntries(found.map((row) => [String(row['DeveloperName']), row.Id]));
    };

    test('a record type travels by its developer name, in both directions', async () => {
        const [here, there] = [await recordTypes(source), await recordTypes(target)];
        assert.notEqual(here['Customer'], there['Customer'], 'the ids say nothing to the other org');
        const id = await create(source, 'Project__c', { Name: 'Typed', RecordTypeId: here['Customer'] });
        const twin = await twinOf(source, id);
        assert.equal(await recordTypeOf(target, twin), 'Customer');
        await settled(orgs);
        await target.connection.sobject('Project__c').update({ Id: twin, RecordTypeId: there['Internal'] });
        await until(source, 'RecordTypeId', 'Project__c', id, (found) => found['RecordTypeId'] === here['Internal']);
        await settled(orgs);
    });

    test('a queue owns where the other org has one of that name; else the owner stays', async () => {
        await deployField([source, target], { mapping: 'Case', field: 'OwnerId', transform: 'Owner' });
        const queue = async (org: BridgeOrg, name: string): Promise<string> => {
            const id = await create(org, 'Group', { Type: 'Queue', Name: name, DeveloperName: name });
            await create(org, 'QueueSobject', { QueueId: id, SobjectType: 'Case' });
            return id;
        };
        const elsewhere = await queue(source, 'Only_Here');
        const [here, there] = [await queue(source, 'Support_Team'), await queue(target, 'Support_Team')];
        assert.notEqual(here, there, 'the ids say nothing to the other org');
        const id = await create(source, 'Case', { Subject: 'Queued', OwnerId: here });
        const twin = await twinOf(source, id);
        assert.equal((await record(target, 'OwnerId', 'Case', twin))['OwnerId'], there);
        await source.connection.sobject('Case').update({ Id: id, OwnerId: elsewhere, Subject: 'Moved' });
        const moved = await until(target, 'Subject, OwnerId', 'Case', twin, (found) => found['Subject'] === 'Moved');
        assert.equal(moved['OwnerId'], there);
        await settled(orgs);
        assert.equal((await record(source, 'OwnerId', 'Case', id))['OwnerId'], elsewhere, 'no echo moves it back');
    });

    test('what a validation rule refuses is a dead letter; sent again it arrives once the rule is gone', async () => {
        const id = await create(source, 'Case', { Subject: 'Ruled', Origin: 'Web' });
        const twin = await twinOf(source, id);
        await settled(orgs);
        await forbidCalls(target, true);
        await source.connection.sobject('Case').update({ Id: id, Origin: 'Phone' });
        const letter = await letterOf(id);
        assert.equal(letter['Error_Code__c'], 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
        assert.match(String(letter['Reason__c']), /Calls are kept elsewhere\./);
        assert.match(String(letter['Remedy__c']), /Correct the record or the validation rule of the other org/);
        assert.equal((await record(target, 'Origin', 'Case', twin))['Origin'], 'Web');
        await replay(letter);
        assert.equal((await letterOf(id))['Error_Code__c'], letter['Error_Code__c'], 'the rule is still there');
        await forbidCalls(target, false);
        await replay(letter);
        await until(target, 'Origin', 'Case', twin, (found) => found['Origin'] === 'Phone');
        await settled(orgs);
    });

    test('a field that the user of the other org may not edit is a dead letter that names it', async () => {
        await setEditable(target, 'Case.Reason', false);
        const free = await create(source, 'Case', { Subject: 'Free' });
        const freeTwin = await twinOf(source, free);
        const refused = await create(source, 'Case', { Subject: 'New', Reason: 'Other' });
        assert.equal((await letterOf(refused))['Error_Code__c'], 'INVALID_FIELD_FOR_INSERT_UPDATE');
        await source.connection.sobject('Case').update({ Id: free, Subject: 'Still free' });
        await until(target, 'Subject', 'Case', freeTwin, (found) => found['Subject'] === 'Still free');

        await source.connection.sobject('Case').update({ Id: free, Subject: 'Whole', Reason: 'Other' });
        const letter = await letterOf(free);
        assert.equal(letter['Error_Code__c'], 'INVALID_FIELD_FOR_INSERT_UPDATE');
        assert.match(String(letter['Reason__c']), /Reason/);
        assert.match(String(letter['Remedy__c']), /access to the field/);
        const kept = await record(target, 'Subject, Reason', 'Case', freeTwin);
        assert.deepEqual(
            [kept['Subject'], kept['Reason']],
            ['Still free', null],
            'a change arrives whole or not at all'
        );

        await setEditable(target, 'Case.Reason', true);
        await replay(letter);
        await replay(await letterOf(refused));
        await until(target, 'Subject, Reason', 'Case', freeTwin, (found) => found['Reason'] === 'Other');
        await until(target, 'Reason', 'Case', await twinOf(source, refused), (found) => found['Reason'] === 'Other');
        await settled(orgs);
    });
});
