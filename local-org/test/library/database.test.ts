import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apexOrg } from './apex-org.ts';

test('a merge moves children, deletes duplicates and tells both', () => {
    const lines = apexOrg().run(`
        Account master = new Account(Name = 'master');
        Account duplicate = new Account(Name = 'duplicate');
        insert new List<Account>{ master, duplicate };
        Contact child = new Contact(LastName = 'x', AccountId = duplicate.Id);
        insert child;
        Database.MergeResult result = Database.merge(master, duplicate);
        System.debug(result.isSuccess() + ' ' + (result.getId() == master.Id));
        System.debug(result.getMergedRecordIds()[0] == duplicate.Id);
        System.debug(result.getUpdatedRelatedIds()[0] == child.Id);
        System.debug([SELECT AccountId FROM Contact].AccountId == master.Id);
        System.debug([SELECT MasterRecordId FROM Account WHERE IsDeleted = true ALL ROWS].MasterRecordId == master.Id);
        Database.MergeResult failed = Database.merge(master, duplicate.Id, false);
        System.debug(failed.isSuccess() + ' ' + failed.getErrors()[0].getStatusCode());
    `);
    assert.deepEqual(lines, ['true true', 'true', 'true', 'true', 'true', 'false ENTITY_IS_DELETED']);
});

test('a merge moves what describe does not list too, and is done as a whole or not at all', () => {
    const lines = apexOrg().run(`
        Account master = new Account(Name = 'master');
        Account duplicate = new Account(Name = 'duplicate');
        insert new List<Account>{ master, duplicate };
        ContactPointAddress home = new ContactPointAddress(Name = 'home', ParentId = duplicate.Id);
        insert home;
        Database.MergeResult failed = Database.merge(new Account(Id = master.Id, Name = ''), duplicate, false);
        System.debug(failed.isSuccess() + ' ' + failed.getErrors()[0].getStatusCode());
        System.debug([SELECT ParentId FROM ContactPointAddress].ParentId == duplicate.Id);
        try {
            merge new Account(Id = master.Id, Name = '') duplicate;
        } catch (DmlException e) {
            System.debug(e.getDmlType(0) + ' ' + [SELECT COUNT() FROM Account]);
        }
        System.debug([SELECT ParentId FROM ContactPointAddress].ParentId == duplicate.Id);
        merge master duplicate;
        System.debug([SELECT ParentId FROM ContactPointAddress].ParentId == master.Id);
    `);
    assert.deepEqual(lines, ['false REQUIRED_FIELD_MISSING', 'true', 'REQUIRED_FIELD_MISSING 2', 'true', 'true']);
});

test('a merge counts as one statement, whatever it does', () => {
    const lines = apexOrg().run(`
        List<Account> rows = new List<Account>();
        for (Integer i = 0; i < 4; i++) rows.add(new Account(Name = 'a' + i));
        insert rows;
        insert new Contact(LastName = 'x', AccountId = rows[1].Id);
        Integer before = Limits.getDmlStatements();
        merge rows[0] rows[1];
        System.debug(Limits.getDmlStatements() - before);
        Database.merge(rows[0], new List<Account>{ rows[2], rows[3] });
        System.debug(Limits.getDmlStatements() - before);
    `);
    assert.deepEqual(lines, ['1', '2']);
});

test('the recycle bin is read and emptied', () => {
    const lines = apexOrg().run(`
        List<Account> rows = new List<Account>{ new Account(Name = 'a'), new Account(Name = 'b') };
        insert rows;
        delete rows[0];
        Datetime start = Datetime.now().addDays(-1);
        Database.GetDeletedResult found = Database.getDeleted('Account', start, Datetime.now());
        System.debug(found.getDeletedRecords().size() + ' ' + (found.getDeletedRecords()[0].getId() == rows[0].Id));
        System.debug(Database.getUpdated('Account', start, Datetime.now()).getIds().size());
        System.debug(Database.emptyRecycleBin(rows[0]).isSuccess() + ' ' + Database.emptyRecycleBin(rows[1]).isSuccess());
        System.debug([SELECT COUNT() FROM Account ALL ROWS]);
    `);
    assert.deepEqual(lines, ['1 true', '1', 'true false', '2']);
});

test('a lead becomes an account, a contact and an opportunity', () => {
    const lines = apexOrg().run(`
        Lead lead = new Lead(LastName = 'Doe', FirstName = 'Jo', Company = 'Acme', City = 'Bonn', Email = 'j@acme.example');
        insert lead;
        Database.LeadConvert conversion = new Database.LeadConvert();
        conversion.setLeadId(lead.Id);
        conversion.setConvertedStatus('Closed - Converted');
        Integer statements = Limits.getDmlStatements();
        Database.LeadConvertResult result = Database.convertLead(conversion);
        System.debug(Limits.getDmlStatements() - statements);
        Account a = [SELECT Name, BillingCity FROM Account WHERE Id = :result.getAccountId()];
        Contact c = [SELECT Name, Email, AccountId FROM Contact WHERE Id = :result.getContactId()];
        Opportunity o = [SELECT Name, AccountId, StageName FROM Opportunity WHERE Id = :result.getOpportunityId()];
        System.debug(a.Name + ' ' + a.BillingCity + ' ' + c.Name + ' ' + c.Email + ' ' + (c.AccountId == a.Id));
        System.debug(o.Name + ' ' + (o.AccountId == a.Id) + ' ' + result.relatedPersonAccountId);
        Lead done = [SELECT IsConverted, Status, ConvertedAccountId FROM Lead];
        System.debug(done.IsConverted + ' ' + done.Status + ' ' + (done.ConvertedAccountId == a.Id));
        System.debug(Database.convertLead(conversion, false).getErrors()[0].getStatusCode());
    `);
    assert.deepEqual(lines, [
        '1',
        'Acme Bonn Jo Doe j@acme.example true',
        'Acme- true null',
        'true Closed - Converted true',
        'CANNOT_UPDATE_CONVERTED_LEAD'
    ]);
});

test('options cut text that is too long, when asked to', () => {
    const lines = apexOrg().run(`
        Database.DMLOptions options = new Database.DMLOptions();
        options.optAllOrNone = false;
        options.assignmentRuleHeader.useDefaultRule = true;
        Account a = new Account(Name = 'x'.repeat(300));
        System.debug(Database.insert(a, options).getErrors()[0].getStatusCode());
        options.allowFieldTruncation = true;
        System.debug(Database.insert(a, options).isSuccess() + ' ' + a.Name.length());
    `);
    assert.deepEqual(lines, ['STRING_TOO_LONG', 'true 255']);
});

test('child rows are query rows too, and their query counts among the aggregate ones', () => {
    const org = apexOrg();
    assert.deepEqual(
        org.run(`Account parent = new Account(Name = 'P');
            insert new List<Account>{ parent, new Account(Name = 'Q') };
            insert new List<Contact>{ new Contact(LastName = 'A', AccountId = parent.Id), new Contact(LastName = 'B', AccountId = parent.Id) };
            Integer before = Limits.getQueryRows();
            List<AggregateResult> counts = [SELECT LastName, COUNT(Id) FROM Contact GROUP BY LastName];
            System.debug(Limits.getQueryRows() - before);
            before = Limits.getQueryRows();
            List<Account> nested = [SELECT Id, (SELECT Id FROM Contacts) FROM Account];
            System.debug(Limits.getQueryRows() - before + ' ' + Limits.getAggregateQueries() + ' ' + Limits.getQueries());`),
        ['2', '4 1 2']
    );
});
