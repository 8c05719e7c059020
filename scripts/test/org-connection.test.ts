import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { startOrgPair, type OrgPair } from '../../local-org/src/index.ts';
import { evaluateApex } from '../lib/anonymous-apex.ts';
import { SECRET_ACCESS } from '../lib/app-credentials.ts';
import { openLocalOrgs, type LinkedOrgs } from '../lib/context.ts';
import { linkPlan } from '../lib/link-plan.ts';
import { sessionsOf } from '../lib/local-pair.ts';
import { readBooleanSetting, writeBooleanSetting } from '../lib/metadata-settings.ts';
import { METADATA_WAIT_MS, queryAll, type BridgeOrg } from '../lib/org-connection.ts';
import { fetchToken, tokenRefusal } from '../lib/token-probe.ts';
import { readTokenUse } from '../lib/token-use.ts';
import { proveRevoked } from '../revocation/proofs.ts';
import { revokeRefreshTokens } from '../revocation/target-access.ts';
import { readMappings } from '../sync/mappings.ts';
import { OrgApi } from '../sync/org-api.ts';
import { describeStatus, readSyncStatus } from '../sync/status.ts';
import { answering, answeringInTurn, refusing, retrieving } from './support/faults.ts';

/** More than one page of the REST API, which has 2,000 rows. */
const ROWS = 2100;

/** Two bare orgs: what commands read of an org, and what they say when it answers otherwise. */
describe('the connection to an org', () => {
    let pair: OrgPair;
    let orgs: LinkedOrgs;
    let server: Server;
    let answer = { status: 200, body: '' };
    let url = '';

    before(async () => {
        pair = await startOrgPair({ page: false });
        orgs = await openLocalOrgs(sessionsOf(pair));
        server = createServer((_request, response) => response.writeHead(answer.status).end(answer.body));
        await new Promise<void>((done) => server.listen(0, 'localhost', done));
        url = `http://localhost:${(server.address() as AddressInfo).port}`;
    });

    after(async () => {
        await pair?.stop();
        server?.close();
    });

    test('deploys and retrieves may take an hour', () => {
        for (const { connection } of [orgs.source, orgs.target]) {
            assert.equal(connection.metadata.pollTimeout, METADATA_WAIT_MS);
        }
        assert.equal(METADATA_WAIT_MS, 60 * 60 * 1000);
    });

    test('a query of all records reads beyond the first page', async () => {
        const code = `List<Account> made = new List<Account>();
            for (Integer i = 0; i < ${ROWS}; i++) {
                made.add(new Account(Name = 'Row ' + i));
            }
            insert made;`;
        await evaluateApex<string>(orgs.source, code, `'done'`);
        const soql = `SELECT Id FROM Account WHERE Name LIKE 'Row %'`;
        assert.equal((await queryAll(orgs.source, soql)).length, ROWS);
    });

    test('only an org without the objects of the engine lacks it', async () => {
        await assert.rejects(readMappings(orgs.source), { code: 'SYNC_MISSING' });
        const failing = refusing(orgs.source, 'query', /FROM Sync_Object__mdt/);
        await assert.rejects(readMappings(failing), { errorCode: 'SERVER_UNAVAILABLE' });
    });

    test('a setting that could not be read is not taken for one that is off', async () => {
        const failing = retrieving(orgs.target, { success: false, errorMessage: 'seeded' });
        await assert.rejects(readBooleanSetting(failing, SECRET_ACCESS), { code: 'RETRIEVE_FAILED' });
        for (const value of [true, false]) {
            await writeBooleanSetting(orgs.target, SECRET_ACCESS, value);
            assert.equal(await readBooleanSetting(orgs.target, SECRET_ACCESS), value);
        }
    });

    test('sessions and refresh tokens are counted, not listed', async () => {
        const used = '2026-01-01T00:00:00.000+0000';
        const row = { LastModifiedDate: used, LastUsedDate: used };
        // What a query lists ends before what there is.
        const listing = answering(orgs.target, /FROM (AuthSession|OauthToken)/, [row], 2500);
        const target = answering(listing, /^SELECT COUNT\(\) FROM (AuthSession|OauthToken)/, [], 4321);
        assert.deepEqual(await readTokenUse(target, orgs.target.userId, 'Any'), {
            sessions: 4321,
            sessionLastUsed: used,
            refreshTokens: 4321,
            refreshTokenLastUsed: used
        });
    });

    test('the status of the sync counts all dead letters and says that it lists the first', async () => {
        const counted = (org: BridgeOrg): BridgeOrg => answering(org, /^SELECT COUNT\(\) FROM Sync_/, [], 1234);
        const rows = (org: BridgeOrg): BridgeOrg => answering(org, /FROM Sync_/, [{ Id: 'a00000000000001' }]);
        const [status] = await readSyncStatus({
            source: counted(rows(orgs.source)),
            target: counted(rows(orgs.target))
        });
        assert.equal(status.deadLetterCount, 1234);
        const lines = describeStatus(status).join('\n');
        assert.match(lines, /1234 dead letters/);
        assert.match(lines, /the first 1 of them/);
    });

    test('a refresh token that the org does not end is an error', async () => {
        const target = {
            ...answering(orgs.target, /FROM OauthToken/, [{ DeleteToken: 'one' }, { DeleteToken: 'two' }]),
            url
        };
        answer = { status: 503, body: '<html>busy</html>' };
        await assert.rejects(revokeRefreshTokens(target, linkPlan()), {
            code: 'TOKENS_NOT_REVOKED',
            message: 'The target org did not end 2 of 2 refresh tokens: HTTP 503.'
        });
        answer = { status: 200, body: '' };
        assert.equal(await revokeRefreshTokens(target, linkPlan()), 2);
        const pages = [[{ DeleteToken: 'one' }], [{ DeleteToken: 'two' }], [{ DeleteToken: 'three' }], []];
        const many = { ...answeringInTurn(orgs.target, /FROM OauthToken/, pages), url };
        assert.equal(await revokeRefreshTokens(many, linkPlan()), 3, 'a query lists not all at once');
    });

    test('only a refusal of the token endpoint is one: an org that is down proves nothing', async () => {
        const app = { key: 'key', secret: 'secret' };
        const target = { ...orgs.target, url };
        const refusal = { error: 'invalid_client_id', error_description: 'client identifier invalid' };
        const neither = [
            { status: 503, body: '<html>busy</html>' },
            { status: 502, body: '{}' },
            { status: 500, body: JSON.stringify({ error: 'server_error' }) },
            { status: 200, body: '<html>maintenance</html>' }
        ];
        for (const one of neither) {
            answer = one;
            const thrown = { code: 'TOKEN_ENDPOINT', message: new RegExp(`HTTP ${one.status}`) };
            await assert.rejects(tokenRefusal(target, app), thrown);
            await assert.rejects(fetchToken(target, app, assert.fail), thrown);
        }
        answer = { status: 400, body: JSON.stringify(refusal) };
        assert.equal(await tokenRefusal(target, app), 'invalid_client_id (client identifier invalid)');
        answer = { status: 200, body: JSON.stringify({ access_token: 'token' }) };
        assert.equal(await tokenRefusal(target, app), undefined);
    });

    test('only 401 and 403 prove that an old token is refused', async () => {
        const target = { ...orgs.target, url };
        const held = { login: undefined, app: undefined, token: 'old' };
        for (const status of [500, 503, 404]) {
            answer = { status, body: '' };
            await assert.rejects(proveRevoked({ ...orgs, target }, linkPlan(), held), {
                code: 'NOT_PROVEN',
                message: new RegExp(`HTTP ${status} to the old token`)
            });
        }
        answer = { status: 200, body: '' };
        await assert.rejects(proveRevoked({ ...orgs, target }, linkPlan(), held), {
            code: 'NOT_REVOKED',
            message: /the old token/
        });
        answer = { status: 401, body: '' };
        assert.equal((await proveRevoked({ ...orgs, target }, linkPlan(), held)).token, 'HTTP 401');
    });

    test('a page of a proxy is cut in an error', async () => {
        answer = { status: 502, body: '<p>bad gateway</p>'.repeat(1000) };
        const connection = { baseUrl: () => url, accessToken: 'none' };
        const api = new OrgApi({ ...orgs.source, connection } as unknown as BridgeOrg);
        await assert.rejects(Array.fromAsync(api.rows('SELECT Id FROM Account', 10)), (error: Error) => {
            assert.equal((error as Error & { code?: string }).code, 'BULK_REFUSED');
            assert.match(error.message, /bad gateway/);
            return error.message.length < 600;
        });
    });
});
