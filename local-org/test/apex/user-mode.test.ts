import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { testOutcomes } from './support/test-run.ts';

const fixture = `
    @IsTest
    public class Fixture {
        public static User userWithoutAccess() {
            User someone = new User(
                LastName = 'Minimum', Alias = 'minimum', Email = 'm@test.example', Username = 'minimum@test.example',
                ProfileId = [SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'].Id,
                TimeZoneSidKey = 'GMT', LocaleSidKey = 'en_US', EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US'
            );
            insert someone;
            return someone;
        }
        public static void grant(User someone, SObject permission) {
            PermissionSet granted = new PermissionSet(Name = 'Granted', Label = 'Granted');
            insert granted;
            permission.put('ParentId', granted.Id);
            insert permission;
            insert new PermissionSetAssignment(AssigneeId = someone.Id, PermissionSetId = granted.Id);
        }
    }`;

function inTest(body: string): string[] {
    const test = `@IsTest private class ModeTest { @IsTest static void mode() { ${body} } }`;
    return testOutcomes(fixture, test);
}

describe('DML in user mode', () => {
    test('of an object without permission is a SecurityException', () => {
        const outcome = inTest(`
            System.runAs(Fixture.userWithoutAccess()) {
                try {
                    insert as user new Account(Name = 'A');
                    Assert.fail('not refused');
                } catch (SecurityException e) {
                    Assert.areEqual('Access to entity \\'Account\\' denied', e.getMessage());
                }
            }`);
        assert.deepEqual(outcome, ['ModeTest.mode Pass']);
    });

    test('of a field without permission names the object in the message and the field beside it', () => {
        const outcome = inTest(`
            User someone = Fixture.userWithoutAccess();
            Fixture.grant(someone, new ObjectPermissions(
                SobjectType = 'Account', PermissionsRead = true, PermissionsCreate = true
            ));
            System.runAs(someone) {
                try {
                    Database.insert(new Account(Name = 'A', Phone = '1'), AccessLevel.USER_MODE);
                    Assert.fail('not refused');
                } catch (DmlException e) {
                    Assert.areEqual(
                        'Operation failed due to fields being inaccessible on Sobject Account, ' +
                        'check errors on Exception or Result!',
                        e.getMessage()
                    );
                    Assert.areEqual(new List<String>{ 'Phone' }, e.getDmlFieldNames(0));
                }
            }`);
        assert.deepEqual(outcome, ['ModeTest.mode Pass']);
    });
});

describe('Security.stripInaccessible', () => {
    test('takes child lists of an unreadable object away, so that reading them is an error', () => {
        const outcome = inTest(`
            Account parent = new Account(Name = 'A');
            insert parent;
            insert new Contact(LastName = 'C', AccountId = parent.Id);
            User someone = Fixture.userWithoutAccess();
            Fixture.grant(someone, new ObjectPermissions(SobjectType = 'Account', PermissionsRead = true));
            System.runAs(someone) {
                List<Account> rows = [SELECT Name, (SELECT LastName FROM Contacts) FROM Account WITH SYSTEM_MODE];
                SObjectAccessDecision decision = Security.stripInaccessible(AccessType.READABLE, rows);
                Assert.areEqual(1, rows[0].getSObjects('Contacts').size());
                try {
                    decision.getRecords()[0].getSObjects('Contacts');
                    Assert.fail('not refused');
                } catch (SObjectException e) {
                    Assert.areEqual(
                        'SObject row was retrieved via SOQL without querying the requested field: Account.Contacts',
                        e.getMessage()
                    );
                }
            }`);
        assert.deepEqual(outcome, ['ModeTest.mode Pass']);
    });

    test('names an unreadable field that was queried, also where it is empty', () => {
        const outcome = inTest(`
            insert new Account(Name = 'A');
            User someone = Fixture.userWithoutAccess();
            Fixture.grant(someone, new ObjectPermissions(SobjectType = 'Account', PermissionsRead = true));
            System.runAs(someone) {
                List<Account> rows = [SELECT Name, Site FROM Account WITH SYSTEM_MODE];
                SObjectAccessDecision decision = Security.stripInaccessible(AccessType.READABLE, rows);
                Assert.areEqual(true, decision.getRemovedFields().get('Account').contains('Site'));
                try {
                    String site = ((Account) decision.getRecords()[0]).Site;
                    Assert.fail('not refused');
                } catch (SObjectException e) {
                    Assert.areEqual(true, e.getMessage().contains('without querying the requested field: Account.Site'));
                }
            }`);
        assert.deepEqual(outcome, ['ModeTest.mode Pass']);
    });
});
