import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apex, apexClass, apexTrigger, newApexOrg } from './support/apex.ts';

describe('queries', () => {
    test('bind expressions, lists and single rows', () => {
        apex`insert new List<Account>{ new Account(Name = 'A1'), new Account(Name = 'A2') }; List<String> names = new List<String>{ 'A1', 'A2' };
            Account one = [SELECT Name FROM Account WHERE Name = :names[0]]; Integer n = [SELECT COUNT() FROM Account WHERE Name IN :names];
            return one.Name + n + [SELECT Id FROM Account WHERE Name IN :names ORDER BY Name LIMIT :1 + 0].size();`.returns(
            'A121'
        );
    });

    test('no row and many rows for one record', () => {
        apex`Account a = [SELECT Id FROM Account WHERE Name = 'nobody']; return 1;`.throws(
            'System.QueryException',
            'List has no rows for assignment to SObject'
        );
        apex`insert new List<Account>{ new Account(Name = 'D'), new Account(Name = 'D') };
            Account a = [SELECT Id FROM Account WHERE Name = 'D']; return 1;`.throws(
            'System.QueryException',
            'List has more than 1 row for assignment to SObject'
        );
        apex`return [SELECT Id FROM Account WHERE Name = 'nobody'].size();`.returns(0);
        apex`return [SELECT Name FROM Account WHERE Name = 'nobody' LIMIT 1]?.Name;`.returns(null);
    });

    test('relationships both ways, and fields that were not queried', () => {
        apex`Account a = new Account(Name = 'P'); insert a; insert new Contact(LastName = 'C', AccountId = a.Id);
            Contact c = [SELECT Account.Name FROM Contact WHERE LastName = 'C' LIMIT 1];
            Account p = [SELECT (SELECT LastName FROM Contacts) FROM Account WHERE Id = :a.Id];
            return c.Account.Name + p.Contacts[0].LastName + p.Contacts.size();`.returns('PC1');
        apex`insert new Account(Name = 'U'); Account a = [SELECT Id FROM Account WHERE Name = 'U' LIMIT 1]; return a.Name;`.throws(
            'System.SObjectException',
            'SObject row was retrieved via SOQL without querying the requested field: Account.Name'
        );
    });

    test('loops row by row and in batches', () => {
        apex`List<Account> many = new List<Account>(); for (Integer i = 0; i < 201; i++) many.add(new Account(Name = 'L')); insert many;
            Integer rows = 0, batches = 0; for (Account a : [SELECT Id FROM Account WHERE Name = 'L']) rows++;
            for (List<Account> l : [SELECT Id FROM Account WHERE Name = 'L']) batches++; return rows * 10 + batches;`.returns(
            2012
        );
    });

    test('aggregate rows', () => {
        apex`insert new List<Account>{ new Account(Name = 'G', AnnualRevenue = 1), new Account(Name = 'G', AnnualRevenue = 2) };
            AggregateResult r = [SELECT Name, SUM(AnnualRevenue) total FROM Account WHERE Name = 'G' GROUP BY Name];
            return (Decimal) r.get('total') + (String) r.get('Name');`.returns('3G');
    });

    test('COUNT reads one row for each result, other aggregate functions read all rows', () => {
        apex`List<Account> many = new List<Account>();
            for (Integer i = 0; i < 7; i++) many.add(new Account(Name = 'R', Site = 'S' + Math.mod(i, 2), AnnualRevenue = i));
            insert many;
            List<Integer> reads = new List<Integer>();
            Integer start = Limits.getQueryRows();
            Integer amount = [SELECT COUNT() FROM Account WHERE Name = 'R'];
            reads.add(Limits.getQueryRows() - start); start = Limits.getQueryRows();
            amount = [SELECT COUNT() FROM Account WHERE Name = 'nobody'];
            reads.add(Limits.getQueryRows() - start); start = Limits.getQueryRows();
            List<AggregateResult> found = [SELECT COUNT(Id) n FROM Account WHERE Name = 'R'];
            reads.add(Limits.getQueryRows() - start); start = Limits.getQueryRows();
            found = [SELECT Site, COUNT(Id) n FROM Account WHERE Name = 'R' GROUP BY Site HAVING NOT (COUNT(Id) = 0)];
            reads.add(Limits.getQueryRows() - start); start = Limits.getQueryRows();
            found = [SELECT Site, SUM(AnnualRevenue) s FROM Account WHERE Name = 'R' GROUP BY Site];
            reads.add(Limits.getQueryRows() - start); start = Limits.getQueryRows();
            found = [SELECT SUM(AnnualRevenue) s, COUNT(Id) n FROM Account WHERE Name = 'R'];
            reads.add(Limits.getQueryRows() - start); start = Limits.getQueryRows();
            found = [SELECT Site FROM Account WHERE Name = 'R' GROUP BY Site HAVING MAX(AnnualRevenue) > 1 AND COUNT(Id) > 0];
            reads.add(Limits.getQueryRows() - start); start = Limits.getQueryRows();
            List<Account> rows = [SELECT Id FROM Account WHERE Name = 'R'];
            reads.add(Limits.getQueryRows() - start);
            return reads;`.returns([1, 1, 1, 2, 7, 7, 7, 7]);
    });

    test('statuses of leads are rows, of which one converts', () => {
        apex`List<String> found = new List<String>();
            for (LeadStatus s : [SELECT Id, ApiName, MasterLabel, IsConverted, IsDefault FROM LeadStatus ORDER BY SortOrder]) {
                found.add(String.valueOf(s.Id).left(3) + s.ApiName + s.IsConverted + s.IsDefault);
            }
            return found;`.returns([
            '01JOpen - Not Contactedfalsetrue',
            '01JWorking - Contactedfalsefalse',
            '01JClosed - Convertedtruefalse',
            '01JClosed - Not Convertedfalsefalse'
        ]);
    });

    test('stages and statuses are rows that say what a value means', () => {
        apex`List<String> found = new List<String>();
            for (OpportunityStage s : [
                SELECT ApiName, DefaultProbability, ForecastCategoryName FROM OpportunityStage WHERE IsClosed = true ORDER BY SortOrder
            ]) {
                found.add(s.ApiName + ' ' + s.DefaultProbability.intValue() + ' ' + s.ForecastCategoryName);
            }
            found.add([SELECT ApiName FROM OpportunityStage WHERE IsWon = true].ApiName);
            found.add([SELECT ApiName FROM CaseStatus WHERE IsClosed = true].ApiName);
            found.add([SELECT ApiName FROM CaseStatus WHERE IsDefault = true].ApiName);
            found.add([SELECT ApiName FROM TaskStatus WHERE IsClosed = true].ApiName);
            found.add([SELECT ApiName FROM TaskPriority WHERE IsHighPriority = true].ApiName);
            found.add([SELECT StatusCode FROM ContractStatus WHERE ApiName = 'In Approval Process'].StatusCode);
            return found;`.returns([
            'Closed Won 100 Closed',
            'Closed Lost 0 Omitted',
            'Closed Won',
            'Closed',
            'New',
            'Completed',
            'High',
            'InApproval'
        ]);
    });

    test('comments in a query are no part of it', () => {
        apex`return [SELECT Id /* every ' one */ FROM Account // all of them
            WHERE Name = ':x'].size();`.returns(0);
    });

    test('what the schema lacks is a compile error', () => {
        apex`List<Account> a = [SELECT Nope__c FROM Account]; return a;`.refuses(
            "No such column 'Nope__c' on entity 'Account'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names."
        );
        apex`return [SELECT Id FROM Nothing__c];`.refuses(
            "sObject type 'Nothing__c' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names."
        );
        apex`Account a = [SELECT Id FROM Contact]; return a;`.refuses(
            'Illegal assignment from List<Contact> to Account'
        );
    });
});

describe('records', () => {
    test('fields, tokens and describes', () => {
        apex`Account a = new Account(Name = 'N', AnnualRevenue = 5); a.put('Phone', '1'); a.Website = 'w';
            return new List<Object>{ a.Name, a.AnnualRevenue, a.get('phone'), a.get(Account.Website), a.Rating };`.returns(
            ['N', 5, '1', 'w', null]
        );
        apex`return new List<Object>{ String.valueOf(Account.SObjectType), Account.Name.getDescribe().getName(),
            Schema.SObjectType.Account.getName(), Schema.SObjectType.Account.fields.Name.getName(),
            Account.SObjectType == new Account().getSObjectType() };`.returns([
            'Account',
            'Name',
            'Account',
            'Name',
            true
        ]);
    });

    test('parents are set and read through relationships', () => {
        apex`Contact c = new Contact(Account = new Account(Name = 'P')); return c.Account.Name;`.returns('P');
        apex`Contact c = new Contact(); return c.Account?.Name;`.returns(null);
    });

    test('unknown fields are compile errors', () => {
        apex`Account a = new Account(Nope__c = 1); return a;`.refuses('Field does not exist: Nope__c on Account');
        apex`Account a; a.Nope__c = 1; return a;`.refuses('Variable does not exist: Nope__c');
        apex`Account a = new Account(Name = 5); return a;`.refuses('Illegal assignment from Integer to String');
    });
});

describe('DML', () => {
    test('statements write, and ids come back', () => {
        apex`Account a = new Account(Name = 'W'); insert a; a.Name = 'W2'; update a; Integer n = [SELECT COUNT() FROM Account WHERE Name = 'W2'];
            delete a; undelete a; return a.Id != null && n == 1 && [SELECT COUNT() FROM Account WHERE Name = 'W2'] == 1;`.returns(
            true
        );
        apex`insert new Account(); return 1;`.throws(
            'System.DmlException',
            'Insert failed. First exception on row 0; first error: REQUIRED_FIELD_MISSING, Required fields are missing: [Name]: [Name]'
        );
    });

    test('what a failed transaction wrote is undone', () => {
        apex`insert new Account(Name = 'Undone'); throw new DmlException('x');`.throws('System.DmlException');
        apex`return [SELECT COUNT() FROM Account WHERE Name = 'Undone'];`.returns(0);
    });

    test('merge moves children and deletes the duplicate', () => {
        apex`Account a = new Account(Name = 'M1'), b = new Account(Name = 'M2'); insert new List<Account>{ a, b };
            insert new Contact(LastName = 'MC', AccountId = b.Id); merge a b;
            return [SELECT COUNT() FROM Contact WHERE AccountId = :a.Id] * 10 + [SELECT COUNT() FROM Account WHERE Id = :b.Id];`.returns(
            10
        );
    });
});

describe('triggers', () => {
    test('see their records, change them, and fail rows', () => {
        const org = newApexOrg();
        const run = (code: string) => org.apex.executeAnonymous(code, org.admin.userId);
        const { problems, program } = org.apex.compile([
            apexTrigger(`trigger AccountTrigger on Account (before insert, after insert, before update) {
                if (Trigger.isBefore && Trigger.isInsert) {
                    for (Account a : Trigger.new) {
                        if (a.Name == 'bad') a.Name.addError('No bad names');
                        if (a.Name == 'boom') { Integer i; i++; }
                        a.Description = 'by trigger';
                    }
                }
                if (Trigger.isAfter) { Seen.ids.addAll(Trigger.newMap.keySet()); }
                if (Trigger.isUpdate) { for (Account a : Trigger.new) Seen.old = Trigger.oldMap.get(a.Id).Name; }
            }`),
            apexClass('public class Seen { public static Set<Id> ids = new Set<Id>(); public static String old; }')
        ]);
        assert.deepEqual(problems, []);
        org.apex.install(program);
        const fine = run(`Account a = new Account(Name = 'ok'); insert a; a.Name = 'new'; update a;
            System.assertEquals('by trigger', [SELECT Description FROM Account WHERE Id = :a.Id].Description);
            System.assert(Seen.ids.contains(a.Id)); System.assertEquals('ok', Seen.old);`);
        assert.equal(fine.exceptionMessage, null);
        assert.equal(
            run(`insert new Account(Name = 'bad');`).exceptionMessage,
            'System.DmlException: Insert failed. First exception on row 0; first error: FIELD_CUSTOM_VALIDATION_EXCEPTION, No bad names: [Name]'
        );
        assert.match(
            run(`insert new Account(Name = 'boom');`).exceptionMessage ?? '',
            /CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, AccountTrigger: execution of BeforeInsert\n\ncaused by: System\.NullPointerException: Attempt to de-reference a null object\n\nTrigger\.AccountTrigger: line 5, column 1: \[\]/
        );
    });
});

describe('anonymous code', () => {
    const org = newApexOrg();
    test('tells where it failed and keeps its log', () => {
        const result = org.apex.executeAnonymous("System.debug('a');\nInteger i;\ni++;", org.admin.userId);
        assert.deepEqual(
            [
                result.compiled,
                result.success,
                result.line,
                result.exceptionMessage,
                result.exceptionStackTrace,
                result.debugLog
            ],
            [
                true,
                false,
                3,
                'System.NullPointerException: Attempt to de-reference a null object',
                'AnonymousBlock: line 3, column 1',
                'USER_DEBUG|DEBUG|a'
            ]
        );
    });

    test('does not run when it does not compile', () => {
        const result = org.apex.executeAnonymous("\n  Strin s = 'a';", org.admin.userId);
        assert.deepEqual(
            [result.compiled, result.compileProblem, result.line, result.column],
            [false, 'Invalid type: Strin', 2, 3]
        );
    });

    test('cannot use a class that does not compile', () => {
        const broken = newApexOrg();
        const { program } = broken.apex.compile([apexClass('public class Broken { Integer i = x; }')]);
        broken.apex.install(program);
        assert.equal(
            broken.apex.executeAnonymous('Broken b = new Broken();', broken.admin.userId).compileProblem,
            'Dependent class is invalid and needs recompilation:\n Class Broken : Variable does not exist: x'
        );
        const byName = broken.apex.executeAnonymous("System.debug(Type.forName('Broken'));", broken.admin.userId);
        assert.equal(byName.debugLog, 'USER_DEBUG|DEBUG|null');
    });

    test('may declare methods and classes, and leaves none behind', () => {
        const code = `Integer twice(Integer n) { return n * 2; } class Box { Integer n = twice(4); } System.debug(new Box().n);`;
        assert.equal(org.apex.executeAnonymous(code, org.admin.userId).debugLog, 'USER_DEBUG|DEBUG|8');
        assert.equal(org.apex.executeAnonymous('new Box();', org.admin.userId).compileProblem, 'Invalid type: Box');
    });
});
