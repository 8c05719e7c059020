import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allPass, apexOrg, type ApexOrg } from './apex-org.ts';

const JOBS = [
    `public class Rename implements Queueable {
        public String name;
        private Integer runs = 0;
        public Rename(String name) { this.name = name; }
        public void execute(QueueableContext context) {
            System.assert(System.isQueueable());
            insert new Account(Name = name, Description = String.valueOf(context.getJobId()));
        }
    }`,
    `public class Failing implements Queueable {
        public void execute(QueueableContext context) {
            System.attachFinalizer(new Note());
            insert new Account(Name = 'undone');
            System.enqueueJob(new Rename('never'));
            throw new IllegalArgumentException('broken');
        }
    }`,
    `public class Note implements Finalizer {
        public void execute(FinalizerContext context) {
            String message = context.getException() == null ? 'none' : context.getException().getMessage();
            insert new Account(Name = context.getResult() + ' ' + message);
            System.enqueueJob(new Rename('from finalizer'));
        }
    }`,
    `public class Chain implements Queueable {
        public void execute(QueueableContext context) {
            Integer depth = AsyncInfo.getCurrentQueueableStackDepth();
            insert new Account(Name = 'depth ' + depth);
            if (depth < 3) System.enqueueJob(new Chain());
        }
    }`,
    `public class Count implements Database.Batchable<SObject>, Database.Stateful {
        public Integer total = 0;
        public Database.QueryLocator start(Database.BatchableContext context) {
            return Database.getQueryLocator('SELECT Id, Name FROM Account ORDER BY Name');
        }
        public void execute(Database.BatchableContext context, List<Account> scope) {
            total += scope.size();
            for (Account a : scope) if (a.Name == 'bad') throw new IllegalArgumentException('bad row');
        }
        public void finish(Database.BatchableContext context) {
            insert new Contact(LastName = 'total ' + total);
            System.enqueueJob(new Rename('after the batch'));
        }
    }`,
    `public class Forgetful implements Database.Batchable<Integer> {
        public Integer total = 0;
        public Iterable<Integer> start(Database.BatchableContext context) { return new List<Integer>{ 1, 2, 3 }; }
        public void execute(Database.BatchableContext context, List<Integer> scope) { total += scope.size(); }
        public void finish(Database.BatchableContext context) { insert new Contact(LastName = 'total ' + total); }
    }`,
    `public class Nightly implements Schedulable {
        public void execute(SchedulableContext context) {
            insert new Account(Name = 'night', Description = String.valueOf(context.getTriggerId()));
        }
    }`
];

const HOUR = 3_600_000;

function withJobs(...more: readonly string[]): ApexOrg {
    const apex = apexOrg();
    JOBS.concat(more).forEach((body) => {
        const [, name = ''] = /class (\w+)/.exec(body) ?? [];
        apex.deploy('ApexClass', name, {}, { [`classes/${name}.cls`]: body });
    });
    apex.install(...JOBS, ...more);
    return apex;
}

const NAMES = `List<String> names = new List<String>();
    for (Account a : [SELECT Name FROM Account ORDER BY Name]) names.add(a.Name);
    System.debug(String.join(names, ','));`;

test('a queueable runs after the transaction, as it was when it was enqueued', () => {
    const apex = withJobs();
    const [status] = apex.run(`
        Rename job = new Rename('queued');
        Id id = System.enqueueJob(job);
        job.name = 'changed later';
        System.debug([SELECT Status FROM AsyncApexJob WHERE Id = :id].Status + Limits.getQueueableJobs());
    `);
    assert.equal(status, 'Queued1');
    const lines = apex.run(`
        AsyncApexJob job = [SELECT Id, Status, JobType, ApexClass.Name, NumberOfErrors FROM AsyncApexJob];
        Account a = [SELECT Name, Description FROM Account];
        System.debug(a.Name + ' ' + (a.Description == job.Id));
        System.debug(job.Status + ' ' + job.JobType + ' ' + job.ApexClass.Name + ' ' + job.NumberOfErrors);
    `);
    assert.deepEqual(lines, ['queued true', 'Completed Queueable Rename 0']);
});

test('a job that fails undoes itself and what it enqueued; its finalizer runs', () => {
    const apex = withJobs();
    apex.run('System.enqueueJob(new Failing());');
    assert.deepEqual(apex.run(NAMES), ['from finalizer,UNHANDLED_EXCEPTION broken']);
    assert.deepEqual(
        apex.run(`AsyncApexJob job = [SELECT Status, ExtendedStatus FROM AsyncApexJob WHERE ApexClass.Name = 'Failing'];
            System.debug(job.Status + ' ' + job.ExtendedStatus);`),
        ['Failed System.IllegalArgumentException: broken']
    );
});

test('a chain of jobs counts its depth and stops at its maximum', () => {
    const apex = withJobs();
    apex.run('System.enqueueJob(new Chain());');
    assert.deepEqual(apex.run(NAMES), ['depth 1,depth 2,depth 3']);
    apex.run(`delete [SELECT Id FROM Account];
        AsyncOptions options = new AsyncOptions();
        options.MaximumQueueableStackDepth = 2;
        System.enqueueJob(new Chain(), options);`);
    // The second job may not enqueue a third, and undoes itself.
    assert.deepEqual(apex.run(NAMES), ['depth 1']);
});

test('a signature keeps a second job like it away', () => {
    const apex = withJobs();
    const enqueue = `AsyncOptions options = new AsyncOptions();
        options.DuplicateSignature = new QueueableDuplicateSignature.Builder().addString('x').addInteger(1).build();
        System.enqueueJob(new Rename('one'), options);`;
    assert.match(apex.failure(enqueue + "System.enqueueJob(new Rename('two'), options);"), /DuplicateMessageException/);
    apex.run(enqueue);
    apex.run(enqueue);
    assert.deepEqual(apex.run(NAMES), ['one,one']);
});

test('a batch runs in parts; one that fails undoes only itself', () => {
    const apex = withJobs();
    apex.run(`insert new List<Account>{ new Account(Name = 'a'), new Account(Name = 'bad'), new Account(Name = 'c') };
        Database.executeBatch(new Count(), 1);`);
    const lines = apex.run(`
        AsyncApexJob job = [SELECT Status, TotalJobItems, JobItemsProcessed, NumberOfErrors FROM AsyncApexJob
            WHERE JobType = 'BatchApex'];
        System.debug(job.Status + ' ' + job.TotalJobItems + ' ' + job.JobItemsProcessed + ' ' + job.NumberOfErrors);
        System.debug([SELECT LastName FROM Contact].LastName);
        System.debug([SELECT COUNT() FROM Account WHERE Name = 'after the batch']);
    `);
    assert.deepEqual(lines, ['Completed 3 3 1', 'total 3', '1']);
    apex.run('delete [SELECT Id FROM Contact]; Database.executeBatch(new Forgetful(), 2);');
    assert.deepEqual(apex.run('System.debug([SELECT LastName FROM Contact].LastName);'), ['total 0']);
});

test('jobs of a test run at stopTest, as the user who asked for them', () => {
    allPass(
        withJobs(`@IsTest class JobTest {
            @IsTest static void waits() {
                Test.startTest();
                Id id = System.enqueueJob(new Rename('at stop'));
                Assert.areEqual(0, [SELECT COUNT() FROM Account]);
                Test.stopTest();
                Assert.areEqual('at stop', [SELECT Name FROM Account].Name);
                Assert.areEqual('Completed', [SELECT Status FROM AsyncApexJob WHERE Id = :id].Status);
            }
            @IsTest static void chainsRunOneRound() {
                Test.startTest();
                System.enqueueJob(new Chain());
                Test.stopTest();
                Assert.areEqual(1, [SELECT COUNT() FROM Account]);
            }
            @IsTest static void failuresComeOut() {
                Test.startTest();
                System.enqueueJob(new Failing());
                try {
                    Test.stopTest();
                    Assert.fail('no exception');
                } catch (IllegalArgumentException e) {
                    Assert.areEqual('broken', e.getMessage());
                }
                List<Account> rows = [SELECT Name FROM Account ORDER BY Name];
                Assert.areEqual(2, rows.size());
                Assert.areEqual('from finalizer', rows[0].Name);
                Assert.areEqual('UNHANDLED_EXCEPTION broken', rows[1].Name);
            }
            @IsTest static void oneExecuteOfABatch() {
                insert new List<Account>{ new Account(Name = 'a'), new Account(Name = 'b') };
                Test.startTest();
                Database.executeBatch(new Count(), 1);
                try {
                    Test.stopTest();
                    Assert.fail('no exception');
                } catch (UnexpectedException e) {
                    Assert.isTrue(e.getMessage().startsWith('No more than one executeBatch can be called'));
                }
            }
            @IsTest static void schedules() {
                Test.startTest();
                String id = System.schedule('Night', '0 0 0 3 9 ? 2042', new Nightly());
                CronTrigger ct = [SELECT CronExpression, TimesTriggered, NextFireTime, State, CronJobDetail.Name
                    FROM CronTrigger WHERE Id = :id];
                Assert.areEqual('0 0 0 3 9 ? 2042', ct.CronExpression);
                Assert.areEqual(0, ct.TimesTriggered);
                Assert.areEqual('2042-09-03 00:00:00', String.valueOf(ct.NextFireTime));
                Assert.areEqual('Night WAITING', ct.CronJobDetail.Name + ' ' + ct.State);
                try {
                    System.schedule('Night', '0 0 0 3 9 ? 2042', new Nightly());
                    Assert.fail('no exception');
                } catch (AsyncException e) {
                    Assert.areEqual('The Apex job named "Night" is already scheduled for execution.', e.getMessage());
                }
                Test.stopTest();
                Assert.areEqual(id, [SELECT Description FROM Account].Description);
            }
            @IsTest static void abortedJobsNeverRun() {
                Test.startTest();
                Id job = System.enqueueJob(new Rename('x'));
                String schedule = System.schedule('Night', '0 0 0 3 9 ? 2042', new Nightly());
                System.abortJob(job);
                System.abortJob(schedule);
                Test.stopTest();
                Assert.areEqual(0, [SELECT COUNT() FROM Account]);
                Assert.areEqual(0, [SELECT COUNT() FROM CronTrigger WHERE Id = :schedule]);
            }
        }`).test()
    );
});

test('a schedule outside tests waits for its time, until it is aborted', () => {
    const apex = withJobs();
    const lines = apex.run(`
        Id id = System.schedule('n', '0 0 3 * * ?', new Nightly());
        CronTrigger waiting = [SELECT State, TimesTriggered, NextFireTime FROM CronTrigger WHERE Id = :id];
        System.debug(waiting.State + ' ' + waiting.TimesTriggered + ' ' + (waiting.NextFireTime > System.now()));
        System.abortJob(id);
        System.debug([SELECT COUNT() FROM CronTrigger]);`);
    assert.deepEqual(lines, ['WAITING 0 true', '0']);
    assert.match(apex.failure(`System.schedule('n', 'daily', new Nightly());`), /StringException: Illegal cron expr/);
});

test('a schedule has one row among the jobs, which waits for each next run', () => {
    const apex = withJobs();
    const rows = (): string[] =>
        apex.run(`for (AsyncApexJob job : [SELECT Status, JobType, ApexClass.Name, CronTrigger.CronJobDetail.Name, NumberOfErrors
                FROM AsyncApexJob ORDER BY CronTrigger.CronJobDetail.Name]) {
                System.debug(String.join(new List<Object>{ job.CronTrigger?.CronJobDetail.Name, job.ApexClass.Name, job.JobType,
                    job.Status, job.NumberOfErrors }, ' '));
            }`);
    const soon = new Date(apex.clock.now() + HOUR);
    const cron = `0 0 * ${soon.getUTCDate()} ${soon.getUTCMonth() + 1} ? ${soon.getUTCFullYear()}`;
    apex.run(`System.schedule('daily', '${cron}', new Nightly());
        System.schedule('hourly', '0 30 * * * ?', new Nightly());`);
    const scheduled = ['daily Nightly ScheduledApex Queued 0', 'hourly Nightly ScheduledApex Queued 0'];
    assert.deepEqual(rows(), scheduled);
    apex.clock.advance(HOUR);
    apex.run('');
    assert.deepEqual(rows(), scheduled);
    apex.run(`System.abortJob([SELECT Id FROM CronTrigger WHERE CronJobDetail.Name = 'hourly'].Id);`);
    for (let hour = 0; hour < 24; hour += 1) {
        apex.clock.advance(HOUR);
        apex.run('');
    }
    assert.deepEqual(rows().sort(), [' Nightly ScheduledApex Aborted 0', ' Nightly ScheduledApex Completed 0']);
});

test('a paused schedule does not fire; resumed it runs once at once, then by its times', () => {
    const apex = withJobs();
    const told = (): string[] =>
        apex.run(`CronTrigger ct = [SELECT State, TimesTriggered, NextFireTime FROM CronTrigger];
            System.debug(ct.State + ' ' + ct.TimesTriggered + ' ' + ct.NextFireTime.hourGmt() + ' '
                + [SELECT COUNT() FROM Account]);`);
    apex.run(`System.schedule('hourly', '0 30 * * * ?', new Nightly());
        System.pauseJobByName('hourly');`);
    apex.clock.advance(2 * HOUR);
    apex.run('');
    assert.deepEqual(told(), ['PAUSED 0 10 0']);
    apex.run(`System.resumeJobById([SELECT Id FROM CronTrigger].Id);`);
    assert.deepEqual(told(), ['WAITING 1 12 1']);
    apex.run(`System.pauseJobById([SELECT Id FROM CronTrigger].Id); System.resumeJobByName('hourly');`);
    assert.deepEqual(told(), ['WAITING 2 12 2']);
    apex.clock.advance(HOUR);
    apex.run('');
    assert.deepEqual(told(), ['WAITING 3 13 3']);
    apex.run(`Savepoint before = Database.setSavepoint();
        System.pauseJobByName('hourly');
        Database.rollback(before);`);
    apex.clock.advance(HOUR);
    apex.run('');
    assert.deepEqual(told(), ['WAITING 4 14 4']);
    assert.match(apex.failure(`System.resumeJobByName('hourly');`), /AsyncException: .*hourly is not paused/);
    assert.match(apex.failure(`System.pauseJobByName('daily');`), /AsyncException: .*no scheduled job named "daily"/);
    assert.match(apex.failure(`System.pauseJobById('08e000000000001');`), /AsyncException: Job does not exist/);
    assert.match(apex.failure(`System.resumeJobById(null);`), /NullPointerException/);
});

test('a schedule that another user resumes runs as its owner', () => {
    const apex = withJobs();
    apex.run(`System.schedule('hourly', '0 30 * * * ?', new Nightly()); System.pauseJobByName('hourly');`);
    apex.run(`Profile standard = [SELECT Id FROM Profile WHERE Name = 'System Administrator'];
        insert new User(Username = 'other@apex.local', LastName = 'Other', Email = 'other@apex.local', Alias = 'other',
            TimeZoneSidKey = 'GMT', LocaleSidKey = 'en_US', EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US',
            ProfileId = standard.Id);`);
    const [other = ''] = apex.run(`System.debug([SELECT Id FROM User WHERE Username = 'other@apex.local'].Id);`);
    const { exceptionMessage } = apex.org.apex.executeAnonymous(`System.resumeJobByName('hourly');`, other);
    assert.equal(exceptionMessage, null);
    assert.deepEqual(apex.run(`System.debug([SELECT CreatedBy.Username FROM Account].CreatedBy.Username);`), [
        'admin@apex.local'
    ]);
});

test('stopTest runs a schedule that was paused and resumed once, and no paused one', () => {
    const apex = withJobs(`@IsTest private class PauseTest {
        @IsTest static void paused() {
            Test.startTest();
            String id = System.schedule('Night', '0 0 0 3 9 ? 2042', new Nightly());
            System.pauseJobById(id);
            Test.stopTest();
            Assert.areEqual('PAUSED', [SELECT State FROM CronTrigger WHERE Id = :id].State);
            Assert.areEqual(0, [SELECT COUNT() FROM Account]);
        }
        @IsTest static void resumed() {
            Test.startTest();
            String id = System.schedule('Night', '0 0 0 3 9 ? 2042', new Nightly());
            System.pauseJobByName('Night');
            System.resumeJobByName('Night');
            Test.stopTest();
            Assert.areEqual(1, [SELECT COUNT() FROM Account]);
        }
    }`);
    allPass(apex.test());
});

test('stopTest runs what jobs start in turn, save queueables of queueables and schedules without stopTest', () => {
    const results = withJobs(
        `public class Steps implements Database.Batchable<SObject> {
            private Integer left;
            public Steps(Integer left) { this.left = left; }
            public List<SObject> start(Database.BatchableContext context) { return [SELECT Id FROM Organization]; }
            public void execute(Database.BatchableContext context, List<SObject> scope) {
                System.assertEquals(Organization.SObjectType, scope.getSObjectType());
                System.enqueueJob(new Rename('by step ' + left));
            }
            public void finish(Database.BatchableContext context) {
                if (left > 1) Database.executeBatch(new Steps(left - 1));
            }
        }`,
        `@IsTest private class NestedJobs {
            private static Integer count(String name) { return [SELECT COUNT() FROM Account WHERE Name LIKE :name]; }
            @IsTest static void batches() {
                Test.startTest();
                Database.executeBatch(new Steps(3));
                Test.stopTest();
                System.assertEquals(3, count('by step%'));
            }
            @IsTest static void queueables() {
                Test.startTest();
                System.enqueueJob(new Chain());
                Test.stopTest();
                System.assertEquals(1, count('depth%'));
            }
            @IsTest static void queueablesOfSchedules() {
                Test.startTest();
                System.schedule('starts', '0 0 0 * * ?', new Starter());
                Test.stopTest();
                System.assertEquals(0, count('by schedule'));
            }
            @IsTest static void schedules() {
                System.schedule('waits', '0 0 0 * * ?', new Unscheduled(Account.Name));
            }
        }`,
        `public class Starter implements Schedulable {
            public void execute(SchedulableContext context) { System.enqueueJob(new Rename('by schedule')); }
        }`,
        `public class Unscheduled implements Schedulable {
            private SObjectField token;
            public Unscheduled(SObjectField token) { this.token = token; }
            public void execute(SchedulableContext context) { throw new IllegalArgumentException('ran too early'); }
        }`
    ).test();
    allPass(results);
});

test('a job finds the fields of a describe call in any case, as what enqueued it does', () => {
    const apex = apexOrg();
    apex.install(`public class Describes implements Queueable {
        private final Map<String, Schema.SObjectField> fields = Account.SObjectType.getDescribe().fields.getMap();
        private final Map<String, String> texts = new Map<String, String>{ 'one' => '1' };
        public void execute(QueueableContext context) {
            insert new Account(Name = fields.containsKey('AnnualRevenue') + ' ' + texts.containsKey('ONE'));
        }
    }`);
    apex.run('System.enqueueJob(new Describes());');
    assert.deepEqual(apex.run('System.debug([SELECT Name FROM Account].Name);'), ['true false']);
});
