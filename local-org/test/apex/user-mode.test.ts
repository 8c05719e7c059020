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

describe('user mode with a permission set', () => {
    const permissionSet = `
        PermissionSet elevated = new PermissionSet(Name = 'Elevated', Label = 'Elevated');
        insert elevated;
        insert new ObjectPermissions(
            ParentId = elevated.Id, SobjectType = 'Account', PermissionsRead = true, PermissionsCreate = true
        );
        insert new FieldPermissions(
            ParentId = elevated.Id, SobjectType = 'Account', Field = 'Account.Phone',
            PermissionsRead = true, PermissionsEdit = true
        );
        AccessLevel level = AccessLevel.USER_MODE.withPermissionSetId(elevated.Id);`;

    test('adds its object and field permissions to one operation', () => {
        const outcome = inTest(`${permissionSet}
            System.runAs(Fixture.userWithoutAccess()) {
                Database.insert(new Account(Name = 'A', Phone = '1'), level);
                Assert.areEqual('1', ((Account) Database.query('SELECT Phone FROM Account', level)[0]).Phone);
                Search.query('FIND {Alpha} IN NAME FIELDS RETURNING Account(Id)', level);
                try {
                    Database.insert(new Account(Name = 'B'), AccessLevel.USER_MODE);
                    Assert.fail('the level lasted');
                } catch (SecurityException e) {
                    Assert.areEqual('Access to entity \\'Account\\' denied', e.getMessage());
                }
                try {
                    Database.query('SELECT Industry FROM Account', level);
                    Assert.fail('a field that the set does not open');
                } catch (QueryException e) {
                    Assert.isTrue(e.getMessage().contains('Industry'), e.getMessage());
                }
                try {
                    Database.delete([SELECT Id FROM Account WITH SYSTEM_MODE], level);
                    Assert.fail('a permission that the set does not give');
                } catch (SecurityException e) {
                    Assert.areEqual('Access to entity \\'Account\\' denied', e.getMessage());
                }
            }`);
        assert.deepEqual(outcome, ['ModeTest.mode Pass']);
    });

    test('strips what neither the user nor the permission set opens', () => {
        const outcome = inTest(`${permissionSet}
            System.runAs(Fixture.userWithoutAccess()) {
                List<Account> records = new List<Account>{ new Account(Name = 'A', Phone = '1', Industry = 'X') };
                SObjectAccessDecision decision = Security.stripInaccessible(AccessType.CREATABLE, records, elevated.Id);
                Account left = (Account) decision.getRecords()[0];
                Assert.areEqual('1', left.Phone);
                Assert.isFalse(left.isSet('Industry'));
                try {
                    Security.stripInaccessible(AccessType.UPDATABLE, records, elevated.Id);
                    Assert.fail('a permission that the set does not give');
                } catch (NoAccessException e) {
                    Assert.areEqual('No access to entity: Account', e.getMessage());
                }
            }`);
        assert.deepEqual(outcome, ['ModeTest.mode Pass']);
    });

    test('leaves system mode as it is and refuses an id that names none', () => {
        const outcome = inTest(`${permissionSet}
            System.runAs(Fixture.userWithoutAccess()) {
                Database.insert(new Contact(LastName = 'A'), AccessLevel.SYSTEM_MODE.withPermissionSetId(elevated.Id));
                try {
                    AccessLevel.USER_MODE.withPermissionSetId('0PS000000000001');
                    Assert.fail('no permission set');
                } catch (IllegalArgumentException e) {
                    Assert.areEqual('There is no permission set with the id 0PS000000000001', e.getMessage());
                }
                try {
                    Security.stripInaccessible(AccessType.READABLE, new List<Account>(), '0PS000000000001');
                    Assert.fail('no permission set');
                } catch (IllegalArgumentException e) {
                    Assert.areEqual('There is no permission set with the id 0PS000000000001GAA', e.getMessage());
                }
            }`);
        assert.deepEqual(outcome, ['ModeTest.mode Pass']);
    });
});
