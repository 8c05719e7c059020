import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually } from '../../local-org/test/support/eventually.ts';
import { soqlString, type BridgeOrg } from '../lib/org-connection.ts';
import { deployMapping } from './support/sync-metadata.ts';
import { create, record, rows, run, settled, twinOf, until } from './support/sync-records.ts';
import { startSyncedPair, type SyncedPair } from './synced-pair.ts';

const ENTRY = 'Title__c, Url__c, Size__c, Status__c, Local_File_Id__c';

describe('files of records in step', () => {
    let orgs: SyncedPair;
    let source: BridgeOrg;
    let target: BridgeOrg;

    before(async () => {
        orgs = await startSyncedPair();
        ({ source, target } = orgs);
        // Accounts get references, as the project ships them; cases get copies.
        await deployMapping([source, target], { record: 'Sync_Object.Case', field: 'Files__c', value: 'Copy' });
    });

    after(() => orgs?.stop());

    async function entryOf(org: BridgeOrg, recordId: string, status: string): Promise<Record<string, unknown>> {
        const [entry] = await eventually(
            () =>
                rows(
                    org,
                    `SELECT Id, ${ENTRY}, Reason__c FROM Sync_File__c WHERE Record_Id__c = ${soqlString(recordId)}`
                ),
            ([found]) => found?.['Status__c'] === status
        );
        return entry;
    }

    async function contentOf(org: BridgeOrg, recordId: string): Promise<string> {
        const [link] = await rows(
            org,
            `SELECT Id, ContentDocumentId FROM ContentDocumentLink WHERE LinkedEntityId = ${soqlString(recordId)}`
        );
        const [version] = await rows(
            org,
            `SELECT Id FROM ContentVersion WHERE ContentDocumentId = ${soqlString(String(link?.['ContentDocumentId']))} AND IsLatest = TRUE`
        );
        const url = `${org.connection.instanceUrl}/services/data/v67.0/sobjects/ContentVersion/${version?.Id}/VersionData`;
        const answer = await fetch(url, { headers: { authorization: `Bearer ${org.connection.accessToken}` } });
        return answer.text();
    }

    function upload(org: BridgeOrg, name: string, content: string, where: object): Promise<string> {
        return create(org, 'ContentVersion', {
            Title: name,
            PathOnClient: name,
            VersionData: Buffer.from(content).toString('base64'),
            ...where
        });
    }

    test('a reference stands at the twin, follows new versions and goes with the file', async () => {
        const account = await create(source, 'Account', { Name: 'With a file' });
        const twin = await twinOf(source, account);
        const version = await upload(source, 'plan.txt', 'first', { FirstPublishLocationId: account });
        const entry = await entryOf(target, twin, 'Reference');
        const { ContentDocumentId: file } = await record(source, 'ContentDocumentId', 'ContentVersion', version);
        assert.deepEqual([entry['Title__c'], entry['Size__c'], entry['Local_File_Id__c']], ['plan.txt', 5, null]);
        assert.equal(
            entry['Url__c'],
            `${source.connection.instanceUrl}/lightning/r/ContentDocument/${String(file)}/view`
        );
        await upload(source, 'plan.txt', 'longer', { ContentDocumentId: file });
        await until(target, 'Size__c', 'Sync_File__c', String(entry['Id']), (found) => found['Size__c'] === 6);
        await settled(orgs);
        assert.equal((await rows(target, 'SELECT Id FROM ContentVersion')).length, 0);
        await source.connection.sobject('ContentDocument').delete(String(file));
        await eventually(
            () => rows(target, `SELECT Id FROM Sync_File__c WHERE Record_Id__c = ${soqlString(twin)}`),
            (found) => found.length === 0
        );
    });

    test('a copy has the content, follows versions of both orgs and makes no echo', async () => {
        const supported = await create(source, 'Case', { Subject: 'With a file' });
        const twin = await twinOf(source, supported);
        await upload(source, 'log.txt', 'from the source', { FirstPublishLocationId: supported });
        const copy = await entryOf(target, twin, 'Copied');
        assert.equal(await contentOf(target, twin), 'from the source');
        await upload(target, 'log.txt', 'from the target', { ContentDocumentId: copy['Local_File_Id__c'] });
        await eventually(
            () => contentOf(source, supported),
            (content) => content === 'from the target'
        );
        await settled(orgs);
        for (const org of [source, target]) {
            const versions = await rows(org, "SELECT Id FROM ContentVersion WHERE Title = 'log.txt'");
            assert.equal(versions.length, 2, `${org.role}: one version for each change`);
        }
    });

    test('an attachment is copied, changed and deleted', async () => {
        const supported = await create(source, 'Case', { Subject: 'With an attachment' });
        const twin = await twinOf(source, supported);
        await run(
            source,
            `insert new Attachment(ParentId = '${supported}', Name = 'old.txt', Body = Blob.valueOf('body'));`
        );
        await entryOf(target, twin, 'Copied');
        const where = `FROM Attachment WHERE ParentId = ${soqlString(twin)}`;
        assert.deepEqual(
            (await rows(target, `SELECT Id, Name, BodyLength ${where}`)).map(({ Name }) => Name),
            ['old.txt']
        );
        await run(source, `delete [SELECT Id FROM Attachment WHERE ParentId = '${supported}'];`);
        await eventually(
            () => rows(target, `SELECT Id ${where}`),
            (found) => found.length === 0
        );
        await settled(orgs);
    });

    test('what is too big to be copied stays a reference that says why', async () => {
        const supported = await create(source, 'Case', { Subject: 'With a film' });
        const twin = await twinOf(source, supported);
        await upload(source, 'film.txt', 'x'.repeat(5_000_001), { FirstPublishLocationId: supported });
        const entry = await entryOf(target, twin, 'Reference');
        assert.match(String(entry['Reason__c']), /5,000,001 bytes, files up to 5,000,000 bytes are copied/);
    });
});
