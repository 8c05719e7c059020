import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { BridgeSandbox } from './bridge-process.ts';
import { logInTo } from './support/consent.ts';

interface Started {
    readonly status: string;
    readonly source: { readonly url: string };
    readonly target: { readonly url: string };
    readonly devHub: { readonly url: string; readonly username: string };
}

const CALLBACK = 'http://localhost:1717/OauthRedirect';

/** As `sf org login web --instance-url` does. */
async function logIn({ url, username }: Started['devHub']): Promise<string> {
    const client = { client_id: 'PlatformCLI', redirect_uri: CALLBACK };
    const address = `${url}/services/oauth2/authorize?${new URLSearchParams({ ...client, response_type: 'code' })}`;
    const code = new URL(await logInTo(address, username)).searchParams.get('code') ?? '';
    const body = new URLSearchParams({ ...client, grant_type: 'authorization_code', code });
    const response = await fetch(`${url}/services/oauth2/token`, { method: 'POST', body });
    return ((await response.json()) as { access_token: string }).access_token;
}

describe('bridge local start --dev-hub', () => {
    const sandbox = new BridgeSandbox();

    after(() => sandbox.dispose());

    test('starts a Dev Hub beside the pair, to which people log in', async () => {
        const start = sandbox.start('local', 'start', '--dev-hub', '--json');
        const { status, source, target, devHub } = JSON.parse(await start.firstLine) as Started;
        assert.equal(status, 'running');
        assert.equal(new Set([source.url, target.url, devHub.url]).size, 3);
        const authorization = `Bearer ${await logIn(devHub)}`;
        const query = `${devHub.url}/services/data/v67.0/query?q=SELECT+Id+FROM+ActiveScratchOrg`;
        const answer = await fetch(query, { headers: { authorization } });
        assert.equal(answer.status, 200, await answer.clone().text());
        assert.equal(((await answer.json()) as { totalSize: number }).totalSize, 0);
        assert.equal((await sandbox.run('local', 'stop', '--json')).json<{ status: string }>().status, 'stopped');
        assert.equal((await start.finished).code, 0);
        const refused = await sandbox.run('local', 'refresh', 'target', '--json');
        assert.equal(refused.code, 2);
        assert.equal(refused.json<{ code: string }>().code, 'NO_LOCAL_PAIR');
    });
});
