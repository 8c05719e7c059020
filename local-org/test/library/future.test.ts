import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allPass, apexOrg } from './apex-org.ts';

const WORKER = `public class Worker {
    @future public static void rename(Id id, List<String> names) {
        System.assert(System.isFuture());
        update new Account(Id = id, Name = names[0]);
    }
    @future public static void twice() { Worker.rename(null, null); }
}`;

test('a future method runs after the transaction, with its arguments as they were', () => {
    const apex = apexOrg();
    apex.install(WORKER);
    const lines = apex.run(`
        Account a = new Account(Name = 'before');
        insert a;
        List<String> names = new List<String>{ 'after' };
        Worker.rename(a.Id, names);
        names[0] = 'changed';
        System.debug([SELECT Name FROM Account].Name + ' ' + Limits.getFutureCalls());
    `);
    assert.deepEqual(lines, ['before 1']);
    assert.deepEqual(apex.run('System.debug([SELECT Name FROM Account].Name);'), ['after']);
});

test('a test runs its future calls at stopTest, and a future method may not call another', () => {
    const apex = apexOrg();
    apex.install(
        WORKER,
        `@IsTest class WorkerTest {
            @IsTest static void runsAtStop() {
                Account a = new Account(Name = 'before');
                insert a;
                Test.startTest();
                Worker.rename(a.Id, new List<String>{ 'after' });
                Assert.areEqual('before', [SELECT Name FROM Account].Name);
                Test.stopTest();
                Assert.areEqual('after', [SELECT Name FROM Account].Name);
            }
            @IsTest static void refusesChains() {
                try {
                    Test.startTest();
                    Worker.twice();
                    Test.stopTest();
                    Assert.fail('no exception');
                } catch (AsyncException e) {
                    Assert.isTrue(e.getMessage().startsWith('Future method cannot be called from a future or batch'));
                }
            }
        }`
    );
    allPass(apex.test());
});
