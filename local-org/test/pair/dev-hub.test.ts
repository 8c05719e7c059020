import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { startOrg, type OrgInfo, type RunningOrg } from '../../src/index.ts';

const APP = { ConnectedAppConsumerKey: 'PlatformCLI', ConnectedAppCallbackUrl: 'http://localhost:1717/OauthRedirect' };
const REQUEST = {
    ...APP,
    OrgName: 'Org Bridge',
    Edition: 'Developer',
    AdminEmail: 'admin@example.com',
    DurationDays: 3
};

interface ScratchOrgInfo {
    readonly Id: string;
    readonly Status: string;
    readonly ErrorCode: string | null;
    readonly AuthCode: string;
    readonly LoginUrl: string;
    readonly ScratchOrg: string;
    readonly SignupUsername: string;
    readonly SignupInstance: string;
    readonly ExpirationDate: string;
}

interface Reply {
    readonly status: number;
    readonly body: never;
}

async function call(url: string, token: string, method: string, path: string, body?: unknown): Promise<Reply> {
    const response = await fetch(`${url}/services/data/v67.0${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) })
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as never };
}

/** Sign-ups as the command line tools ask for them. Source: Salesforce DX Developer Guide; Object Reference. */
describe('a stand-in Dev Hub', () => {
    let org: RunningOrg;
    let hub: OrgInfo;

    before(async () => {
        org = await startOrg('devhub', { devHub: true }, { page: false, log: (text) => assert.fail(text) });
        hub = org.info();
    });

    after(() => org?.stop());

    const onHub = (method: string, path: string, body?: unknown): Promise<Reply> =>
        call(hub.url, hub.admin.accessToken, method, path, body);

    async function query<T>(soql: string): Promise<T[]> {
        const reply = await onHub('GET', `/query?q=${encodeURIComponent(soql)}`);
        assert.equal(reply.status, 200, JSON.stringify(reply.body));
        return (reply.body as { records: T[] }).records;
    }

    async function signUp(fields: object): Promise<ScratchOrgInfo> {
        const created = await onHub('POST', '/sobjects/ScratchOrgInfo', fields);
        assert.equal(created.status, 201, JSON.stringify(created.body));
        const { id } = created.body as { id: string };
        for (;;) {
            const info = (await onHub('GET', `/sobjects/ScratchOrgInfo/${id}`)).body as ScratchOrgInfo;
            if (info.Status !== 'New' && info.Status !== 'Creating') {
                return info;
            }
            await setTimeout(50);
        }
    }

    function redeem(info: ScratchOrgInfo, code: string): Promise<Response> {
        const form = { grant_type: 'authorization_code', code, client_id: 'PlatformCLI' };
        const body = new URLSearchParams({ ...form, redirect_uri: APP.ConnectedAppCallbackUrl });
        return fetch(`${info.LoginUrl}/services/oauth2/token`, { method: 'POST', body });
    }

    test('a request becomes an org of its own, whose first login is the code', async () => {
        const info = await signUp(REQUEST);
        assert.equal(info.Status, 'Active');
        assert.match(info.SignupInstance, /s$/i);
        const answer = await redeem(info, info.AuthCode);
        const login = (await answer.json()) as { access_token: string; instance_url: string; id: string };
        assert.equal(login.instance_url, info.LoginUrl);
        assert.ok(login.id.includes(`/id/${info.ScratchOrg}`));
        const soql = 'SELECT Name, IsSandbox, OrganizationType, TrialExpirationDate FROM Organization';
        const found = await call(info.LoginUrl, login.access_token, 'GET', `/query?q=${encodeURIComponent(soql)}`);
        const [about] = (found.body as { records: Record<string, unknown>[] }).records;
        assert.equal(about['Name'], 'Org Bridge');
        assert.equal(about['IsSandbox'], true);
        assert.equal(about['OrganizationType'], 'Developer Edition');
        assert.equal(String(about['TrialExpirationDate']).slice(0, 10), info.ExpirationDate);
        const probe = await call(info.LoginUrl, login.access_token, 'GET', '/query?q=SELECT+Id+FROM+ScratchOrgInfo');
        assert.equal(probe.status, 400, 'a scratch org is no hub');
        assert.equal((await redeem(info, info.AuthCode)).status, 400, 'the code is good once');
    });

    test('orgs are created side by side and have nothing in common', async () => {
        const infos = await Promise.all([signUp(REQUEST), signUp({ ...REQUEST, Edition: 'Enterprise' })]);
        assert.equal(new Set(infos.map((info) => info.ScratchOrg)).size, 2);
        assert.equal(new Set(infos.map((info) => info.LoginUrl)).size, 2);
        assert.equal(new Set(infos.map((info) => info.SignupUsername)).size, 2);
    });

    test('deleting the active scratch org, or its request, ends the org', async () => {
        for (const object of ['ActiveScratchOrg', 'ScratchOrgInfo']) {
            const info = await signUp(REQUEST);
            const [active] = await query<{ Id: string; SignupUsername: string }>(
                `SELECT Id, SignupUsername FROM ActiveScratchOrg WHERE ScratchOrgInfoId = '${info.Id}'`
            );
            assert.equal(active.SignupUsername, info.SignupUsername);
            const id = object === 'ActiveScratchOrg' ? active.Id : info.Id;
            assert.equal((await onHub('DELETE', `/sobjects/${object}/${id}`)).status, 204);
            await assert.rejects(async () => {
                for (;;) await fetch(`${info.LoginUrl}/services/data`);
            });
            const left = await query<{ Status: string }>(`SELECT Status FROM ScratchOrgInfo WHERE Id = '${info.Id}'`);
            assert.deepEqual(
                left.map((row) => row.Status),
                object === 'ActiveScratchOrg' ? ['Deleted'] : []
            );
            const actives = await query(`SELECT Id FROM ActiveScratchOrg WHERE ScratchOrgInfoId = '${info.Id}'`);
            assert.equal(actives.length, 0);
        }
    });

    test('what a sign-up cannot do fails with the code of the platform, or by its name', async () => {
        const refused: Readonly<Record<string, object>> = {
            'C-1016': { ConnectedAppConsumerKey: 'unknown' },
            'C-1027': { Edition: 'Imaginary' },
            'S-9999': { DurationDays: 31 },
            'NOT_SUPPORTED_LOCALLY (feature ServiceCloud)': { Features: 'API;ServiceCloud' },
            'NOT_SUPPORTED_LOCALLY (Snapshot)': { Snapshot: '0Oo000000000000' },
            'NOT_SUPPORTED_LOCALLY (HasSampleData)': { HasSampleData: true }
        };
        for (const [code, change] of Object.entries(refused)) {
            const info = await signUp({ ...REQUEST, ...change });
            assert.deepEqual([info.Status, info.ErrorCode], ['Error', code]);
        }
        const first = await signUp({ ...REQUEST, Username: 'me@bridge.example' });
        assert.equal(first.SignupUsername, 'me@bridge.example');
        assert.equal((await signUp({ ...REQUEST, Username: 'ME@bridge.example' })).ErrorCode, 'C-1007');
        const callback = await signUp({ ...REQUEST, ConnectedAppCallbackUrl: 'http://localhost:1718/OauthRedirect' });
        assert.equal(callback.ErrorCode, 'C-1016');
    });

    test('nobody writes what the sign-up writes', async () => {
        const reply = await onHub('POST', '/sobjects/ScratchOrgInfo', { ...REQUEST, Status: 'Active' });
        assert.equal(reply.status, 400);
        assert.equal((await onHub('POST', '/sobjects/ActiveScratchOrg', { OrgName: 'x' })).status, 400);
    });
});
