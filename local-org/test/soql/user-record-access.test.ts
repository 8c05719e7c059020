import { test } from 'node:test';
import { allPass, apexOrg } from '../library/apex-org.ts';

test('UserRecordAccess tells what a user may do with the records that a query names', () => {
    const org = apexOrg();
    org.install(`
        @IsTest private class AccessTest {
            @IsTest static void tells() {
                Account a = new Account(Name = 'a');
                insert a;
                List<Id> ids = new List<Id>{ a.Id };
                UserRecordAccess mine = [
                    SELECT RecordId, HasReadAccess, HasDeleteAccess, MaxAccessLevel FROM UserRecordAccess
                    WHERE UserId = :UserInfo.getUserId() AND RecordId IN :ids
                ];
                Assert.areEqual(a.Id, mine.RecordId);
                Assert.isTrue(mine.HasReadAccess && mine.HasDeleteAccess);
                User low = new User(Alias = 'low', Email = 'l@x.example', EmailEncodingKey = 'UTF-8', LastName = 'L',
                    LanguageLocaleKey = 'en_US', LocaleSidKey = 'en_US', TimeZoneSidKey = 'GMT',
                    Username = 'low@user-record-access.example', Profile = new Profile(Name = 'Minimum Access - Salesforce'));
                insert low;
                Assert.areEqual('None', [
                    SELECT MaxAccessLevel FROM UserRecordAccess WHERE UserId = :low.Id AND RecordId = :a.Id
                ].MaxAccessLevel);
                Assert.areEqual(0, [
                    SELECT RecordId FROM UserRecordAccess WHERE UserId = :low.Id AND RecordId = :a.Id AND HasEditAccess = true
                ].size());
            }
            @IsTest static void needsBoth() {
                try {
                    Database.query('SELECT RecordId FROM UserRecordAccess WHERE HasReadAccess = true');
                    Assert.fail('no exception');
                } catch (QueryException e) {
                    Assert.isTrue(e.getMessage().contains('one UserId'));
                }
            }
        }`);
    allPass(org.test());
});
