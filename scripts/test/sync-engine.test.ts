import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually } from '../../local-org/test/support/eventually.ts';
import { soqlString, type BridgeOrg } from '../lib/org-connection.ts';
import { ACCOUNTS_ASK, withMapping } from './support/sync-metadata.ts';
import { create, record, rows, run, settled, twinOf, until } from './support/sync-records.ts';
import { apart, startSyncedPair, type SyncedPair } from './synced-pair.ts';

/** One pair for all: each test works on records of its own. */
describe('the sync engine on the local pair', () => {
    let orgs: SyncedPair | undefined;
    let source: BridgeOrg;
    let target: BridgeOrg;

    before(async () => {
        orgs = await startSyncedPair();
        ({ source, target } = orgs);
    });

    after(() => orgs?.stop());

    test('an Account travels to the other org and changes travel in both directions, without an echo', async () => {
        const id = await create(source, 'Account', { Name: 'Acme', Phone: '1', NumberOfEmployees: 5 });
        const twin = await twinOf(source, id);
        const row = await record(target, 'Name, Phone, NumberOfEmployees', 'Account', twin);
        assert.deepEqual([row['Name'], row['Phone'], row['NumberOfEmployees']], ['Acme', '1', 5]);
        await target.connection.sobject('Account').update({ Id: twin, Phone: '2' });
        await until(source, 'Phone', 'Account', id, (found) => found['Phone'] === '2');
        await settled(orgs as SyncedPair);
        await source.connection.sobject('Account').update({ Id: id, Phone: '3' });
        await until(target, 'Phone', 'Account', twin, (found) => found['Phone'] === '3');
        await settled(orgs as SyncedPair);
        const versions = 'SELECT Id, Local_Version__c, Remote_Version__c FROM Sync_Link__c WHERE Local_Id__c = ';
        const [here] = await rows(source, versions + soqlString(id));
        const [there] = await rows(target, versions + soqlString(twin));
        assert.deepEqual([here?.['Local_Version__c'], here?.['Remote_Version__c']], [2, 1]);
        assert.deepEqual([there?.['Local_Version__c'], there?.['Remote_Version__c']], [1, 2]);
    });

    test('both histories tell a change under one correlation id', async () => {
        const id = await create(source, 'Account', { Name: 'Traced' });
        await twinOf(source, id);
        await settled(orgs as SyncedPair);
        const [sent] = await rows(
            source,
            `SELECT Id, Correlation_Id__c, Outcome__c FROM Sync_Log__c WHERE Local_Id__c = ${soqlString(id)}`
        );
        const received = await rows(
            target,
            `SELECT Id, Outcome__c FROM Sync_Log__c WHERE Correlation_Id__c = ${soqlString(String(sent?.['Correlation_Id__c']))}`
        );
        assert.deepEqual(
            received.map((row) => row['Outcome__c']),
            ['Applied']
        );
    });

    test('lookups travel as links, children with their parents, comments with their case', async () => {
        const account = await create(source, 'Account', { Name: 'Parent' });
        const child = await create(source, 'Account', { Name: 'Child', ParentId: account });
        const contact = await create(source, 'Contact', { LastName: 'Doe', AccountId: account });
        const support = await create(source, 'Case', { Subject: 'Help', AccountId: account, ContactId: contact });
        const project = await create(source, 'Project__c', {
            Name: 'P',
            Account__c: account,
            Due_At__c: '2026-12-24T10:00:00.000Z',
            Budget__c: 100.5
        });
        const task = await create(source, 'Project_Task__c', { Name: 'T', Project__c: project, Billable__c: true });
        const twin = await twinOf(source, account);
        const childTwin = await record(target, 'ParentId', 'Account', await twinOf(source, child));
        assert.equal(childTwin['ParentId'], twin);
        const caseTwin = await twinOf(source, support);
        const found = await record(target, 'AccountId, ContactId', 'Case', caseTwin);
        assert.deepEqual([found['AccountId'], found['ContactId']], [twin, await twinOf(source, contact)]);
        const projectTwin = await twinOf(source, project);
        const there = await record(target, 'Account__c, Due_At__c, Budget__c', 'Project__c', projectTwin);
        assert.deepEqual(
            [there['Account__c'], there['Due_At__c'], there['Budget__c']],
            [twin, '2026-12-24T10:00:00.000+0000', 100.5]
        );
        const taskThere = await record(
            target,
            'Project__c, Billable__c',
            'Project_Task__c',
            await twinOf(source, task)
        );
        assert.deepEqual([taskThere['Project__c'], taskThere['Billable__c']], [projectTwin, true]);
        const comment = await create(target, 'CaseComment', { ParentId: caseTwin, CommentBody: 'On it' });
        const answer = await record(source, 'ParentId, CommentBody', 'CaseComment', await twinOf(target, comment));
        assert.deepEqual([answer['ParentId'], answer['CommentBody']], [support, 'On it']);
    });

    test('deletes, undeletes and merges travel', async () => {
        const stays = await create(source, 'Account', { Name: 'Stays' });
        const goes = await create(source, 'Account', { Name: 'Goes' });
        const twin = await twinOf(source, goes);
        await source.connection.sobject('Account').delete(goes);
        await eventually(
            () => rows(target, `SELECT Id FROM Account WHERE Id = ${soqlString(twin)}`),
            (found) => found.length === 0
        );
        await run(source, `undelete new Account(Id = '${goes}');`);
        await until(target, 'Name', 'Account', twin, (found) => found['Name'] === 'Goes');
        const contact = await create(target, 'Contact', { LastName: 'Moves', AccountId: twin });
        await twinOf(target, contact);
        await settled(orgs as SyncedPair);
        await run(source, `merge new Account(Id = '${stays}') new Account(Id = '${goes}');`);
        const staysTwin = await twinOf(source, stays);
        await until(target, 'AccountId', 'Contact', contact, (found) => found['AccountId'] === staysTwin);
        await settled(orgs as SyncedPair);
    });

    test('a converted lead is converted onto the twins of what it became', async () => {
        const lead = await create(source, 'Lead', { LastName: 'Lee', Company: 'LeeCo' });
        const twin = await twinOf(source, lead);
        await run(
            source,
            `Database.LeadConvert conversion = new Database.LeadConvert();
            conversion.setLeadId('${lead}');
            conversion.setConvertedStatus('Closed - Converted');
            Database.convertLead(conversion);`
        );
        const converted = await until(
            target,
            'IsConverted, ConvertedAccountId',
            'Lead',
            twin,
            (found) => found['IsConverted'] === true
        );
        const here = await record(source, 'ConvertedAccountId', 'Lead', lead);
        assert.equal(converted['ConvertedAccountId'], await twinOf(source, String(here['ConvertedAccountId'])));
        assert.equal((await rows(target, "SELECT Id FROM Account WHERE Name = 'LeeCo'")).length, 1);
    });

    test('what both orgs change at once is merged field by field, and both orgs agree', async () => {
        const id = await create(source, 'Account', { Name: 'Both', Phone: 'old', Website: 'old.example' });
        const twin = await twinOf(source, id);
        await settled(orgs as SyncedPair);
        await apart(orgs as SyncedPair, async () => {
            await source.connection.sobject('Account').update({ Id: id, Phone: 'from source' });
            await target.connection.sobject('Account').update({ Id: twin, Website: 'target.example' });
        });
        for (const [org, recordId] of [
            [source, id],
            [target, twin]
        ] as const) {
            await until(
                org,
                'Phone, Website',
                'Account',
                recordId,
                (found) => found['Phone'] === 'from source' && found['Website'] === 'target.example'
            );
        }
        await settled(orgs as SyncedPair);
    });

    test('a conflict is decided in the target, and both orgs take the decision', async () => {
        await withMapping([source, target], ACCOUNTS_ASK, async () => {
            const id = await create(source, 'Account', { Name: 'Disputed', Phone: 'agreed' });
            const twin = await twinOf(source, id);
            await settled(orgs as SyncedPair);
            await apart(orgs as SyncedPair, async () => {
                await source.connection.sobject('Account').update({ Id: id, Phone: 'source' });
                await target.connection.sobject('Account').update({ Id: twin, Phone: 'target' });
            });
            const open = (recordId: string): string =>
                `SELECT Id, Fields__c FROM Sync_Conflict__c WHERE Local_Id__c = ${soqlString(recordId)} AND Status__c = 'Open'`;
            const [mirror] = await eventually(
                () => rows(target, open(twin)),
                ([found]) => found !== undefined
            );
            assert.deepEqual(JSON.parse(String(mirror['Fields__c'])), {
                Phone: { base: 'agreed', local: 'target', remote: 'source' }
            });
            await run(target, `SyncConflicts.resolve('${mirror.Id}', new Map<String, String>{ 'Phone' => 'Local' });`);
            await until(source, 'Phone', 'Account', id, (found) => found['Phone'] === 'target');
            await settled(orgs as SyncedPair);
            assert.deepEqual(await rows(source, open(id)), []);
            assert.deepEqual(await rows(target, open(twin)), []);
            assert.equal((await record(target, 'Phone', 'Account', twin))['Phone'], 'target');
        });
    });

    test('the sweep finds a change whose event was lost', async () => {
        const { control, laboratory } = (orgs as SyncedPair).pair;
        const id = await create(source, 'Account', { Name: 'Missed', Phone: 'before' });
        const twin = await twinOf(source, id);
        await settled(orgs as SyncedPair);
        await run(source, 'SyncSweep.run();');
        await control.source.holdJobs(true);
        await laboratory.use({ seed: 'lost', rates: { 'event-lost': 1 } });
        // Nothing is left for the outbox, as after a large load: the change travels on an event.
        await run(
            source,
            `List<Sync_Log__c> logs = new List<Sync_Log__c>();
            for (Integer i = Limits.getDmlRows(); i < Limits.getLimitDmlRows() - 2; i++) {
                logs.add(new Sync_Log__c());
            }
            insert logs;
            update new Account(Id = '${id}', Phone = 'missed');`
        );
        // Now the event goes, and is lost.
        await control.source.runJobs();
        assert.ok((await laboratory.report()).struck.length > 0, 'no event was lost');
        await laboratory.use(undefined);
        await control.source.holdJobs(false);
        assert.deepEqual(await rows(source, 'SELECT Id FROM Sync_Outbox__c'), []);
        assert.equal((await record(target, 'Phone', 'Account', twin))['Phone'], 'before');
        for (const org of [control.source, control.target]) await org.advanceClock(10 * 60_000);
        await run(source, 'SyncSweep.run();');
        await until(target, 'Phone', 'Account', twin, (found) => found['Phone'] === 'missed');
    });
});
