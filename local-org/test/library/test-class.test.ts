import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCsv } from '../../src/apex/library/test/load-data.ts';
import { allPass, apexOrg } from './apex-org.ts';

test('rows of a test come from a file, get a date, and a price book', () => {
    const apex = apexOrg();
    const csv = 'Name,NumberOfEmployees,Description\r\n"Acme, Inc.",12,"two\nlines"\nBeta,,"a ""quote"""\n';
    apex.deploy('StaticResource', 'rows', { contentType: 'text/csv' }, { 'staticresources/rows.csv': csv });
    apex.install(`@IsTest class RowsTest {
        @IsTest static void loads() {
            List<Account> rows = Test.loadData(Account.SObjectType, 'rows');
            Assert.areEqual(2, [SELECT COUNT() FROM Account]);
            Assert.areEqual('Acme, Inc.', rows[0].Name);
            Assert.areEqual(12, rows[0].NumberOfEmployees);
            Assert.areEqual('a "quote"', rows[1].Description);
            Test.setCreatedDate(rows[0].Id, Datetime.newInstanceGmt(2020, 1, 2));
            Assert.areEqual(2020, [SELECT CreatedDate FROM Account WHERE Id = :rows[0].Id].CreatedDate.yearGmt());
        }
        @IsTest static void pricebook() {
            Product2 product = new Product2(Name = 'x');
            insert product;
            insert new PricebookEntry(Pricebook2Id = Test.getStandardPricebookId(), Product2Id = product.Id,
                UnitPrice = 1, IsActive = true);
            Assert.areEqual(Test.getStandardPricebookId(), [SELECT Pricebook2Id FROM PricebookEntry].Pricebook2Id);
        }
    }`);
    allPass(apex.test());
});

test('cells with commas, quotes and line ends', () => {
    assert.deepEqual(parseCsv('a,"b,1"\r\n\r\n"x""y","l\n2"'), [
        ['a', 'b,1'],
        ['x"y', 'l\n2']
    ]);
});

test('types, copies and options tell about themselves', () => {
    const apex = apexOrg();
    apex.install(
        `public interface Shape {}`,
        `public virtual class Box implements Shape {}`,
        `public class Cube extends Box {}`
    );
    const lines = apex.run(`
        System.debug(Shape.class.isAssignableFrom(Cube.class) + ' ' + Cube.class.isAssignableFrom(Box.class));
        System.debug(SObject.class.isAssignableFrom(Account.class) + ' ' + Type.forName('Box').isAssignableFrom(Cube.class));
        Account a = new Account(Name = 'x');
        insert a;
        Account copy = a.clone();
        System.debug(copy.isClone() + ' ' + (copy.getCloneSourceId() == a.Id) + ' ' + a.isClone());
    `);
    assert.deepEqual(lines, ['true false', 'true true', 'true true false']);
});

test('in read-only mode queries go on and DML is refused, in asynchronous code too', () => {
    const apex = apexOrg();
    apex.install(
        `public class Writes implements Queueable {
            public static Boolean refused = false;
            public void execute(QueueableContext context) {
                try {
                    insert new Account(Name = 'queued');
                } catch (InvalidReadOnlyUserDmlException e) {
                    refused = true;
                }
            }
        }`,
        `@IsTest class ReadOnlyTest {
            @IsTest static void refuses() {
                Account kept = new Account(Name = 'kept');
                insert kept;
                Test.setReadOnlyApplicationMode(true);
                Assert.areEqual(ApplicationReadWriteMode.READ_ONLY, System.getApplicationReadWriteMode());
                Assert.areEqual('kept', [SELECT Name FROM Account].Name);
                Integer statements = Limits.getDmlStatements();
                Integer refused = 0;
                try { insert new Account(Name = 'x'); } catch (InvalidReadOnlyUserDmlException e) { refused++; }
                try { update kept; } catch (InvalidReadOnlyUserDmlException e) { refused++; }
                try { Database.delete(kept, false); } catch (InvalidReadOnlyUserDmlException e) { refused++; }
                try { Database.emptyRecycleBin(kept); } catch (InvalidReadOnlyUserDmlException e) { refused++; }
                Assert.areEqual(4, refused);
                Assert.areEqual(statements, Limits.getDmlStatements());
                Test.startTest();
                System.enqueueJob(new Writes());
                Test.stopTest();
                Assert.isTrue(Writes.refused);
                Test.setReadOnlyApplicationMode(false);
                Assert.areEqual(ApplicationReadWriteMode.DEFAULT, System.getApplicationReadWriteMode());
                insert new Account(Name = 'after');
                Assert.areEqual(2, [SELECT COUNT() FROM Account]);
            }
            @IsTest static void startsOver() {
                insert new Account(Name = 'next');
                Assert.areEqual(ApplicationReadWriteMode.DEFAULT, System.getApplicationReadWriteMode());
            }
        }`
    );
    allPass(apex.test());
});
