import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fixedClock } from '../../src/org/clock.ts';
import { createOrg, type CreateOrgOptions } from '../../src/org/create-org.ts';
import { readSnapshot, writeSnapshot } from '../../src/org/snapshot.ts';

const OPTIONS: CreateOrgOptions = {
    name: 'kept',
    baseUrl: 'http://localhost:7700',
    apiVersion: '67.0',
    adminUsername: 'admin@kept.local',
    clock: fixedClock('2026-11-22T10:00:00Z'),
    callouts: { send: () => ({ ok: false, reason: 'unreachable', detail: 'ECONNREFUSED' }) }
};

const folder = mkdtempSync(join(tmpdir(), 'kept-'));
after(() => rmSync(folder, { recursive: true }));

test('a data file has neither sessions nor refresh tokens, nor what revokes them', () => {
    const { org, snapshot } = createOrg(OPTIONS);
    const rows = (from: typeof org, object: string, fields: string): string[] =>
        from.database
            .query(`SELECT ${fields} FROM ${object}`, {
                access: { userId: from.admin.userId, mode: 'system', sharing: false }
            })
            .records.map((record) => String(record.get(fields)));
    const consent = { userId: org.admin.userId, scopes: new Set(['api']), consumerKey: 'a-key' };
    const grantId = org.oauthGrants.newGrantId();
    const refresh = org.oauthGrants.issueRefreshToken(consent, grantId, { kind: 'infinite' });
    const session = org.sessions.open({ ...consent, grantId });
    org.principalCredentials.put(
        { externalCredential: 'Peer', principalName: 'Main', principalType: 'NamedPrincipal' },
        new Map([['clientSecret', { value: 'canary-credential-4c1d', encrypted: true }]])
    );
    org.providerSecrets.put('AuthProvider', 'Peer', new Map([['clientSecret', 'canary-provider-9e2a']]));
    const secrets = [
        session.token,
        refresh.token,
        'canary-credential-4c1d',
        'canary-provider-9e2a',
        ...rows(org, 'OauthToken', 'DeleteToken'),
        ...rows(org, 'AuthSession', 'Id')
    ];
    assert.equal(secrets.length, 6);
    assert.deepEqual(rows(org, 'LoginHistory', 'Application'), ['a-key'], 'no app has that key, so no label');

    const file = join(folder, 'org.json');
    writeSnapshot(file, snapshot());
    assert.deepEqual(readdirSync(folder), ['org.json']);
    const text = readFileSync(file, 'utf8');
    assert.match(text, /admin@kept\.local/);
    for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} is in the data file`);

    const { org: again } = createOrg({ ...OPTIONS, restored: readSnapshot(file) });
    assert.deepEqual([rows(again, 'OauthToken', 'Id'), rows(again, 'AuthSession', 'Id')], [[], []]);
    assert.equal(rows(again, 'LoginHistory', 'Id').length, 1);
});
