import assert from 'node:assert/strict';
import { list, text } from './json.ts';
import { DATA, type TestOrg } from './test-org.ts';

/** Creates a user with a profile by REST; answers the id. */
export function createUser(org: TestOrg, username: string, profileName: string): string {
    const soql = `SELECT Id FROM Profile WHERE Name = '${profileName}'`;
    const [profile] = list(org.call('GET', `${DATA}/query?q=${encodeURIComponent(soql)}`).body.records);
    const user = {
        Username: username,
        LastName: username,
        Alias: 'test',
        Email: username,
        ProfileId: profile?.Id,
        TimeZoneSidKey: 'GMT',
        LocaleSidKey: 'en_US',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8'
    };
    const created = org.call('POST', `${DATA}/sobjects/User`, { body: user });
    assert.equal(created.status, 201, created.text);
    return text(created.body.id);
}

/** As `createUser`; answers a session of the user, with the scope of the APIs. */
export function tokenOfNewUser(org: TestOrg, username: string, profileName: string): string {
    const userId = createUser(org, username, profileName);
    return org.org.sessions.open({ userId, scopes: new Set(['api']) }).token;
}
