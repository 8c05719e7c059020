import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allPass, apexOrg } from './apex-org.ts';

test('a session id opens the org for the running user and is not logged', () => {
    const apex = apexOrg();
    const [shown, same, length] = apex.run(`
        String id = UserInfo.getSessionId();
        System.debug('Bearer ' + id);
        System.debug(id == UserInfo.getSessionId());
        System.debug(id.length() > 50);
    `);
    assert.deepEqual([shown, same, length], ['Bearer SESSION_ID_REMOVED', 'true', 'true']);
});

test('asynchronous code has no session', () => {
    const apex = apexOrg();
    apex.install(`public class Job implements Queueable {
        public void execute(QueueableContext context) {
            insert new Account(Name = UserInfo.getSessionId() == null ? 'none' : 'some');
        }
    }`);
    apex.run('System.enqueueJob(new Job());');
    assert.deepEqual(apex.run('System.debug([SELECT Name FROM Account].Name);'), ['none']);
});

test('a test has a session in name only, and results of deploys have lists', () => {
    const apex = apexOrg();
    apex.install(`@IsTest private class SessionTest {
        @IsTest static void session() {
            System.assert(UserInfo.getSessionId().endsWith('!ApexTestSession'));
            System.assertEquals(0, new Metadata.DeployDetails().componentSuccesses.size());
        }
    }`);
    allPass(apex.test());
});

test('versions are compared part by part, and copies of lists keep what they are asked to', () => {
    const lines = apexOrg().run(`
        System.debug(new Version(1, 2).compareTo(new Version(1, 10)) + ' ' + new Version(1, 2, 3).compareTo(new Version(1, 2)));
        System.debug(new Version(2, 0, 1).major() + ' ' + new Version(2, 0).patch());
        Account a = new Account(Name = 'x');
        insert a;
        List<Account> copies = new List<Account>{ a }.deepClone(true, true, true);
        System.debug((copies[0].Id == a.Id) + ' ' + new List<Account>{ a }.deepClone()[0].Id);
    `);
    assert.deepEqual(lines, ['-1 0', '2 null', 'true null']);
});
