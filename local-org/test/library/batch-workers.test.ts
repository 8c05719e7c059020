import { test } from 'node:test';
import { allPass, apexOrg } from './apex-org.ts';

test('a batch over a query has a child job for its records, one over a list has none', () => {
    const apex = apexOrg();
    const body = (start: string): string => `${start}
        public void execute(Database.BatchableContext context, List<SObject> scope) {
            seen = [SELECT COUNT() FROM AsyncApexJob WHERE JobType = 'BatchApexWorker' AND Status = 'Processing'];
        }
        public void finish(Database.BatchableContext context) {}
        public static Integer seen;`;
    apex.install(
        `public class QueryBatch implements Database.Batchable<SObject> { ${body(
            "public Database.QueryLocator start(Database.BatchableContext c) { return Database.getQueryLocator('SELECT Id FROM Account'); }"
        )} }`,
        `public class ListBatch implements Database.Batchable<SObject> { ${body(
            'public Iterable<SObject> start(Database.BatchableContext c) { return new List<SObject>([SELECT Id FROM Account]); }'
        )} }`,
        `@IsTest class BatchTest {
            @IsTest static void workers() {
                insert new List<Account>{ new Account(Name = 'A'), new Account(Name = 'B') };
                Test.startTest();
                Id parent = Database.executeBatch(new QueryBatch());
                Database.executeBatch(new ListBatch());
                Test.stopTest();
                Assert.areEqual(1, QueryBatch.seen);
                Assert.areEqual(0, ListBatch.seen);
                AsyncApexJob worker = [
                    SELECT ParentJobId, Status, TotalJobItems, JobItemsProcessed, NumberOfErrors
                    FROM AsyncApexJob WHERE JobType = 'BatchApexWorker'
                ];
                Assert.areEqual(parent, worker.ParentJobId);
                Assert.areEqual('Completed', worker.Status);
                Assert.areEqual(1, worker.TotalJobItems);
                Assert.areEqual(1, worker.JobItemsProcessed);
                Assert.areEqual(0, worker.NumberOfErrors);
            }
        }`
    );
    allPass(apex.test());
});
