import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apexOrg } from './apex-org.ts';

const org = apexOrg();

test('newSObject with defaults works formulas of defaults out', () => {
    org.deploy('CustomObject', 'Job__c', { label: 'Job', pluralLabel: 'Jobs', sharingModel: 'ReadWrite' });
    org.deploy('CustomField', 'Job__c.Level__c', {
        type: 'Text',
        length: '20',
        label: 'Level',
        defaultValue: "'FINEST'"
    });
    org.deploy('CustomField', 'Job__c.Due__c', { type: 'Date', label: 'Due', defaultValue: 'TODAY() + 1' });
    assert.deepEqual(
        org.run(`Job__c job = (Job__c) Schema.Job__c.SObjectType.newSObject(null, true);
            System.debug(job.Level__c + ' ' + job.Due__c.format());
            System.debug(((Job__c) Schema.Job__c.SObjectType.newSObject(null, false)).Level__c);`),
        ['FINEST 11/23/2026', 'null']
    );
});

test('a parent that is queried comes with the lookup to it', () => {
    assert.deepEqual(
        org.run(`Account a = new Account(Name = 'A'); insert a; insert new Contact(LastName = 'C', AccountId = a.Id);
            Contact c = [SELECT Account.Name FROM Contact];
            System.debug(c.AccountId == a.Id && c.getPopulatedFieldsAsMap().containsKey('AccountId'));`),
        ['true']
    );
});

test('a record out of the recycle bin shows to ALL ROWS and does not come back', () => {
    assert.deepEqual(
        org.run(`Account a = new Account(Name = 'B'); insert a; delete a;
            System.debug(Database.emptyRecycleBin(a).isSuccess() + ' ' + Database.emptyRecycleBin(a).isSuccess());
            System.debug([SELECT COUNT() FROM Account WHERE Id = :a.Id ALL ROWS]);
            System.debug(Database.undelete(a, false).isSuccess());`),
        ['true false', '1', 'false']
    );
});

test('JSON knows UUIDs and ids that were null', () => {
    assert.deepEqual(
        org.run(`UUID made = UUID.randomUUID();
            System.debug(JSON.serialize(new Map<String, Object>{ 'a' => made }) == '{"a":"' + made + '"}');
            Database.SaveResult result = (Database.SaveResult) JSON.deserialize(
                '{"success":true,"id":"null"}', Database.SaveResult.class);
            System.debug(result.isSuccess() + ' ' + result.getId());`),
        ['true', 'true null']
    );
});

test('a dynamic search names variables of the code', () => {
    assert.deepEqual(
        org.run(`String wanted = 'Fabrikam'; insert new Account(Name = wanted);
            System.debug(Search.query('FIND \\'Fabrikam\\' IN ALL FIELDS RETURNING Account(Id WHERE Name = :wanted)')[0].size());
            System.debug(Search.find('FIND :wanted RETURNING Account(Name)').get('Account').size());`),
        ['1', '1']
    );
});

test('mail that is reserved counts against the limit of the org', () => {
    assert.match(
        org.failure('Messaging.reserveSingleEmailCapacity(15); Messaging.reserveSingleEmailCapacity(1);'),
        /The daily limit for the org would be exceeded by this request/
    );
});

test('a flow that is not there cannot be started, and a user not be deleted', () => {
    assert.match(
        org.failure("Flow.Interview.createInterview('None', new Map<String, Object>());"),
        /Flow\.Interview\.None/
    );
    assert.deepEqual(
        org.run(`Id me = UserInfo.getUserId();
            System.debug([SELECT HasDeleteAccess FROM UserRecordAccess WHERE UserId = :me AND RecordId = :me].HasDeleteAccess);`),
        ['false']
    );
});

test('a record of a custom object without a name is named by its id', () => {
    assert.deepEqual(
        org.run(`Job__c job = new Job__c(); insert job;
            System.debug([SELECT Name FROM Job__c WHERE Id = :job.Id].Name == job.Id);
            insert new Job__c(Name = 'Named');
            System.debug([SELECT COUNT() FROM Job__c WHERE Name = 'Named']);`),
        ['true', '1']
    );
});

test('a lookup to several objects leads to those that list it, and takes others too', () => {
    assert.deepEqual(
        org.run(`List<Schema.SObjectType> targets = ContactPointAddress.ParentId.getDescribe().getReferenceTo();
            System.debug(targets.contains(Account.SObjectType));
            ContentVersion version = new ContentVersion(Title = 'A', PathOnClient = 'a.txt', VersionData = Blob.valueOf('a'));
            insert version;
            ContentDistribution shared = new ContentDistribution(Name = 'A', ContentVersionId = version.Id,
                RelatedRecordId = [SELECT Id FROM Job__c LIMIT 1].Id);
            insert shared;
            System.debug(shared.Id != null);`),
        ['true', 'true']
    );
});

test('a week starts where the locale of the user has it', () => {
    // A Friday, and the clock stands on the Sunday after it.
    org.run(
        "insert new Opportunity(Name = 'Week', StageName = 'Prospecting', CloseDate = Date.newInstance(2026, 11, 20));"
    );
    const weeks = (locale: string): string[] => {
        org.run(`update new User(Id = UserInfo.getUserId(), LocaleSidKey = '${locale}');`);
        return org.run(`System.debug(Date.newInstance(2026, 11, 22).toStartOfWeek().day());
            System.debug([SELECT COUNT() FROM Opportunity WHERE Name = 'Week' AND CloseDate = THIS_WEEK]);
            System.debug([SELECT COUNT() FROM Opportunity WHERE Name = 'Week' AND CloseDate < THIS_WEEK]);
            System.debug(Date.newInstance(2026, 11, 24).toStartOfWeek().day());`);
    };
    assert.deepEqual(weeks('pl'), ['16', '1', '0', '23']);
    assert.deepEqual(weeks('en_US'), ['22', '0', '1', '22']);
});

test('options sort by value, then by label', () => {
    assert.deepEqual(
        org.run(`List<SelectOption> options = new List<SelectOption>{
                new SelectOption('b', 'B'), new SelectOption('a', 'Z'), new SelectOption('a', 'Y'), new SelectOption('', 'None') };
            options.sort();
            for (SelectOption option : options) System.debug(option.getLabel());`),
        ['None', 'Y', 'Z', 'B']
    );
});

test('a new account is to be cleaned', () => {
    assert.deepEqual(
        org.run(`Account a = new Account(Name = 'Dusty'); insert a;
            System.debug([SELECT CleanStatus FROM Account WHERE Id = :a.Id].CleanStatus);`),
        ['Pending']
    );
});

test('a collator compares by the rules of locales that are no language tag too', () => {
    assert.deepEqual(
        org.run(`User me = new User(Id = UserInfo.getUserId(), LocaleSidKey = 'de_DE_EURO');
            update me;
            Collator german = Collator.getInstance();
            System.debug(german.compare('\u00e4', 'b') + ' ' + german.compare('\u00e4', 'a'));`),
        ['-1 1']
    );
});
