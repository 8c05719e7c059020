import { list, text } from '../../surfaces/support/json.ts';
import { DATA, type TestOrg } from '../../surfaces/support/test-org.ts';

/** A session of a user who may do nothing. */
export function strangerToken(org: TestOrg): string {
    const query = "SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'";
    const [profile] = list(org.call('GET', `${DATA}/query?q=${encodeURIComponent(query)}`).body.records);
    const user = {
        Username: 'stranger@target.local',
        LastName: 'Stranger',
        Email: 'stranger@target.local',
        Alias: 'strange',
        ProfileId: profile?.Id,
        TimeZoneSidKey: 'GMT',
        LocaleSidKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
        LanguageLocaleKey: 'en_US'
    };
    const userId = text(org.call('POST', `${DATA}/sobjects/User`, { body: user }).body.id);
    return org.org.sessions.open({ userId, scopes: new Set(['api']) }).token;
}
