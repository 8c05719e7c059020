import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOrg, type RunningOrg } from '../../src/index.ts';
import type { Connection } from '@salesforce/core';

/** Salesforce's own client library against a running org, over HTTP, as the tooling uses it. */
describe('the stock client', () => {
    let home: string;
    let org: RunningOrg;
    let connection: Connection;

    before(async () => {
        home = mkdtempSync(join(tmpdir(), 'local-org-'));
        Object.assign(process.env, { HOME: home, SF_DISABLE_LOG_FILE: 'true', SF_DISABLE_TELEMETRY: 'true' });
        org = await startOrg('stock', {}, { log: (text) => assert.fail(text) });
        const { AuthInfo, Connection } = await import('@salesforce/core');
        const { url, admin } = org.info();
        const authInfo = await AuthInfo.create({
            username: admin.accessToken,
            accessTokenOptions: { accessToken: admin.accessToken, instanceUrl: url, loginUrl: url }
        });
        connection = await Connection.create({
            authInfo,
            // The two packages that declare these options disagree on their optional members.
            connectionOptions: { ...authInfo.getConnectionOptions(), version: '67.0' } as never
        });
    });

    after(async () => {
        await org?.stop();
        rmSync(home, { recursive: true });
    });

    test('learns who it is', async () => {
        const identity = await connection.request<Record<string, string>>('/services/oauth2/userinfo');
        assert.equal(identity['user_id'], org.info().admin.userId);
        assert.equal(identity['organization_id'], org.info().id);
    });

    test('creates, finds, changes and deletes a record', async () => {
        const accounts = connection.sobject('Account');
        const { id } = await accounts.create({ Name: 'Stock' });
        const found = await connection.query<{ Id: string; Name: string }>(
            "SELECT Id, Name FROM Account WHERE Name = 'Stock'"
        );
        assert.deepEqual(
            found.records.map((record) => record.Id),
            [id]
        );
        await accounts.update({ Id: id as string, Phone: '123' });
        assert.equal((await accounts.retrieve(id as string))['Phone'], '123');
        await accounts.destroy(id as string);
        await assert.rejects(accounts.retrieve(id as string), { errorCode: 'ENTITY_IS_DELETED' });
    });

    test('sees the code of an error', async () => {
        await assert.rejects(connection.sobject('Account').create({}), { errorCode: 'REQUIRED_FIELD_MISSING' });
        await assert.rejects(async () => connection.query('SELECT Nope FROM Account'), { errorCode: 'INVALID_FIELD' });
        await assert.rejects(connection.requestGet(`${connection.baseUrl()}/search?q=x`), {
            errorCode: 'NOT_SUPPORTED_LOCALLY'
        });
    });

    test('saves more than 200 records in slices', async () => {
        const records = Array.from({ length: 450 }, (_, index) => ({ Name: `Bulk ${index}` }));
        const results = await connection.create('Account', records, { allowRecursive: true });
        assert.equal(results.filter(({ success }) => success).length, 450);
        const { totalSize } = await connection.query("SELECT COUNT() FROM Account WHERE Name LIKE 'Bulk %'");
        assert.equal(totalSize, 450);
    });

    test('finds the releases of the org', async () => {
        assert.equal(await connection.retrieveMaxApiVersion(), '67.0');
    });
});
