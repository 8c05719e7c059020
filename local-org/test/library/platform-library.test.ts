import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allPass, apexOrg } from './apex-org.ts';

const org = apexOrg();

/** Business hours of weekdays, nine to five in New York. */
const WEEKDAYS = `BusinessHours hours = new BusinessHours(Name = 'Week', TimeZoneSidKey = 'America/New_York', IsActive = true);
    for (String day : new List<String>{ 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday' }) {
        hours.put(day + 'StartTime', Time.newInstance(9, 0, 0, 0));
        hours.put(day + 'EndTime', Time.newInstance(17, 0, 0, 0));
    }
    insert hours;
    Id id = hours.Id;
    Datetime friday = Datetime.newInstanceGmt(2026, 11, 20, 21, 0, 0);`;

describe('BusinessHours', () => {
    test('count, add and look for open time', () => {
        assert.deepEqual(
            org.run(`${WEEKDAYS}
                Datetime monday = Datetime.newInstanceGmt(2026, 11, 23, 15, 0, 0);
                System.debug(BusinessHours.diff(id, friday, monday) / 3600000);
                System.debug(BusinessHours.diff(id, monday, friday) / 3600000);
                System.debug(BusinessHours.add(id, friday, 2 * 3600000L).formatGmt('yyyy-MM-dd HH:mm'));
                System.debug(BusinessHours.add(id, friday, 119999L).formatGmt('HH:mm:ss'));
                System.debug(BusinessHours.addGmt(id, monday, -2 * 3600000L).formatGmt('yyyy-MM-dd HH:mm'));
                System.debug(BusinessHours.isWithin(id, friday) + ' ' + BusinessHours.isWithin(id, friday.addDays(1)));
                System.debug(BusinessHours.nextStartDate(id, friday.addDays(1)).formatGmt('yyyy-MM-dd HH:mm'));`),
            ['2', '-2', '2026-11-23 15:00', '21:01:00', '2026-11-20 21:00', 'true false', '2026-11-23 14:00']
        );
    });

    test('of a new org are always open', () => {
        assert.deepEqual(
            org.run(`BusinessHours always = [SELECT Id FROM BusinessHours WHERE IsDefault = true];
                System.debug(BusinessHours.isWithin(always.Id, Datetime.now()));
                System.debug(BusinessHours.add(always.Id, Datetime.newInstanceGmt(2026, 1, 1, 0, 0, 0), 90000000L).getTime());`),
            ['true', String(Date.UTC(2026, 0, 2, 1))]
        );
        assert.match(
            org.failure("BusinessHours.isWithin('01m000000000001AAA', Datetime.now());"),
            /Invalid business hours/
        );
    });
});

test('archives are written and read', () => {
    assert.deepEqual(
        org.run(`Compression.ZipWriter writer = new Compression.ZipWriter();
            writer.setLevel(Compression.Level.BEST_COMPRESSION).setMethod(Compression.Method.DEFLATED);
            writer.addEntry('a/one.txt', Blob.valueOf('one one one one one')).setComment('first');
            writer.addEntry('two.txt', Blob.valueOf('two'));
            writer.removeEntry('two.txt');
            Compression.ZipReader reader = new Compression.ZipReader(writer.getArchive());
            System.debug(reader.getEntryNames());
            Compression.ZipEntry entry = reader.getEntry('a/one.txt');
            System.debug(reader.extract(entry).toString() + ' ' + entry.getUncompressedSize() + ' ' + entry.getMethod().name());
            System.debug(entry.getCrc() == writer.getEntry('a/one.txt').getCrc());
            System.debug(reader.getEntriesMap().keySet().size() + ' ' + (entry.getCompressedSize() < 19));`),
        ['(a/one.txt)', 'one one one one one 19 DEFLATED', 'true', '1 true']
    );
    assert.match(org.failure("new Compression.ZipReader(Blob.valueOf('no archive'));"), /ZipException/);
    assert.match(
        org.failure("new Compression.ZipReader(new Compression.ZipWriter().getArchive()).extract('x');"),
        /No entry x/
    );
});

test('the domain of an org is its host', () => {
    assert.deepEqual(
        org.run(`System.debug(DomainCreator.getOrgMyDomainHostname() + ' ' + DomainCreator.getLightningHostname());
            System.Domain own = DomainParser.parse(Url.getOrgDomainUrl());
            System.debug(own.getDomainType() + ' ' + own.getMyDomainName() + ' ' + own.getSandboxName());
            System.debug(DomainParser.parse('https://localhost:7700/x').getDomainType() == DomainType.ORG_MY_DOMAIN);`),
        ['localhost:7700 localhost:7700', 'ORG_MY_DOMAIN localhost null', 'true']
    );
    assert.match(
        org.failure("DomainParser.parse('other.my.salesforce.com');"),
        /InvalidParameterValueException: other\.my\.salesforce\.com is not a domain of this org/
    );
    assert.match(org.failure('DomainCreator.getExperienceCloudSitesHostname();'), /InvalidParameterValueException/);
    assert.deepEqual(
        org.run(
            `System.debug(DomainCreator.getVisualforceHostname(null) + ' ' + DomainCreator.getSalesforceSitesHostname());`
        ),
        ['localhost:7700 localhost:7700']
    );
    assert.match(
        org.failure('DomainCreator.getExperienceCloudSitesBuilderHostname();'),
        /InvalidParameterValueException/
    );
});

test('entries of an archive keep comment and time, in GMT', () => {
    assert.deepEqual(
        org.run(`Compression.ZipWriter writer = new Compression.ZipWriter();
            Datetime at = Datetime.newInstanceGmt(2024, 3, 31, 2, 30, 10);
            writer.addEntry('b.txt', 'note', at, Compression.Method.STORED, Blob.valueOf('bb'));
            Compression.ZipEntry prototype = writer.addEntry('a.txt', Blob.valueOf('a'));
            writer.addEntry(prototype).setComment('copy');
            System.debug(prototype.getComment() + ' ' + writer.getEntry('a.txt').getComment() + ' ' + writer.getEntryNames());
            for (Compression.ZipEntry entry : new Compression.ZipReader(writer.getArchive()).getEntries()) {
                System.debug(entry.getName() + ' ' + entry.getComment() + ' ' + entry.getMethod() + ' ' +
                    entry.getLastModifiedTime().formatGmt('yyyy-MM-dd HH:mm:ss'));
            }`),
        ['null copy {b.txt, a.txt}', 'b.txt note STORED 2024-03-31 02:30:10', 'a.txt copy DEFLATED 2026-11-22 10:00:00']
    );
    const late = 'Datetime.newInstanceGmt(1979, 12, 31, 0, 0, 0)';
    assert.match(
        org.failure(`new Compression.ZipWriter().addEntry('x', Blob.valueOf('x')).setLastModifiedTime(${late});`),
        /ZipException: An archive holds times of the years 1980 to 2107 only, not 1979-12-31/
    );
    assert.match(
        org.failure("new Compression.ZipReader(new Compression.ZipWriter().getArchive()).getEntry('x');"),
        /ZipException: No entry x/
    );
});

test('the cache tells of its values, and Cache.Org takes several keys', () => {
    assert.deepEqual(
        org.run(`Cache.Org.put('one', 'abc'); Cache.Org.put('two', 'defgh');
            System.debug(Cache.Org.contains(new List<String>{ 'one', 'none' }) + ' ' + Cache.Org.get(new List<String>{ 'two' }));
            System.debug(Cache.Org.getAvgValueSize() + ' ' + Cache.Org.getMaxValueSize());
            System.debug(Cache.Org.get('none') + ' ' + (Cache.Org.getMissRate() > 0));
            System.debug(Cache.Org.remove(new List<String>{ 'one', 'one' }));
            System.debug(Cache.Partition.createFullyQualifiedKey('ns', 'part', 'key'));`),
        ['(true, false) (defgh)', '4 5', 'null true', '(true, false)', 'ns.part.key']
    );
    assert.match(org.failure("Cache.Partition.validateKey(true, 'a b');"), /InvalidParamException/);
    assert.match(org.failure("Cache.Org.put('one', 1, 299);"), /between 300 and 172800 seconds: 299/);
    assert.deepEqual(
        org.run(`System.debug(Cache.Org.MAX_TTL_SECS + ' ' + Cache.Session.MAX_TTL_SECS);
            Cache.OrgPartition part = Cache.Org.getPartition('local.Measured');
            System.debug(part.getAvgGetTime() + ' ' + part.getMaxGetTime() + ' ' + part.getMaxGetSize());
            part.put('one', 'abc');
            part.put('two', 'defgh');
            System.debug(part.get(new Set<String>{ 'one', 'two', 'none' }));
            System.debug(part.contains(new Set<String>{ 'one', 'none' }));
            System.debug(part.getAvgGetSize() + ' ' + part.getMaxGetSize());
            System.debug(part.getAvgGetTime() > 0 && part.getMaxGetTime() >= part.getAvgGetTime());`),
        ['172800 28800', '0 0 0', '{one=abc, two=defgh, none=null}', '{one=true, none=false}', '4 5', 'true']
    );
});

test('suggestions are names that begin with the text', () => {
    assert.deepEqual(
        org.run(`insert new List<Account>{ new Account(Name = 'Zeta 1'), new Account(Name = 'Zeta 2'), new Account(Name = 'Eta') };
            Search.SuggestionOption option = new Search.SuggestionOption();
            option.setLimit(1);
            Search.SuggestionResults found = Search.suggest('zet', 'Account', option);
            System.debug(found.getSuggestionResults()[0].getSObject().get('Name') + ' ' + found.hasMoreResults());
            System.debug(Search.suggest('zeta 2', 'Account', null).getSuggestionResults().size());`),
        ['Zeta 1 true', '1']
    );
    assert.match(org.failure("Search.suggest(null, 'Account', null);"), /NullPointerException/);
    assert.match(org.failure("Search.suggest('z', 'Nothing__c', null);"), /SearchException/);
    assert.match(
        org.failure(`Search.SuggestionOption option = new Search.SuggestionOption();
            option.setLimit(-2);
            Search.suggest('z', 'Account', option);`),
        /QueryException/
    );
});

test('queries with a stub are refused for ordinary objects, and jobs wait in the flex queue', () => {
    const tests = apexOrg();
    tests.install(
        `public class Rows extends SoqlStubProvider {
            public override List<SObject> handleSoqlQuery(Schema.SObjectType type, String query, Map<String, Object> binds) {
                return null;
            }
        }`,
        `public class Quiet implements Database.Batchable<SObject> {
            public Iterable<SObject> start(Database.BatchableContext context) { return new List<SObject>(); }
            public void execute(Database.BatchableContext context, List<SObject> scope) { }
            public void finish(Database.BatchableContext context) { }
        }`,
        `@IsTest private class StubTest {
            @IsTest static void rows() {
                Test.createSoqlStub(Account.SObjectType, new Rows());
                System.assert(Test.isSoqlStubDefined(Account.SObjectType));
                System.assert(!Test.isSoqlStubDefined(Contact.SObjectType));
                System.assertEquals(0, [SELECT COUNT() FROM Contact]);
                try {
                    System.debug(Database.query('SELECT Name FROM Account'));
                    System.assert(false, 'answered');
                } catch (QueryException e) {
                    System.assert(e.getMessage().contains('without a participating query stub set'), e.getMessage());
                }
                SObject row = Test.createStubQueryRow(Account.SObjectType, new Map<String, Object>{ 'CreatedDate' => Datetime.now() });
                System.assertNotEquals(null, ((Account) row).CreatedDate);
            }
            @IsTest static void jobs() {
                Id running = Test.enqueueBatchJobs(5)[4];
                System.assertEquals('Queued', [SELECT Status FROM AsyncApexJob WHERE Id = :running].Status);
                System.assertEquals(0, Test.getFlexQueueOrder().size());
                List<Id> ids = Test.enqueueBatchJobs(3);
                System.assert(FlexQueue.moveJobToFront(ids[2]));
                System.assert(!FlexQueue.moveJobToFront(ids[2]));
                System.assert(FlexQueue.moveAfterJob(ids[0], ids[1]));
                System.assertEquals(new List<Id>{ ids[2], ids[1], ids[0] }, Test.getFlexQueueOrder());
                System.assertEquals('Holding', [SELECT Status FROM AsyncApexJob WHERE Id = :ids[0]].Status);
                Test.startTest();
                Id real = Database.executeBatch(new Quiet());
                System.assertEquals(real, Test.getFlexQueueOrder()[3]);
                System.abortJob(ids[1]);
                System.assertEquals(new List<Id>{ ids[2], ids[0], real }, Test.getFlexQueueOrder());
                Test.stopTest();
                System.assertEquals('Completed', [SELECT Status FROM AsyncApexJob WHERE Id = :real].Status);
                System.assertEquals(new List<Id>{ ids[2], ids[0] }, Test.getFlexQueueOrder());
            }
            @IsTest static void tooManyJobs() {
                Test.enqueueBatchJobs(106);
            }
        }`
    );
    const results = tests.test();
    allPass(results.filter(({ methodName }) => methodName !== 'tooManyJobs'));
    assert.deepEqual(
        results.flatMap(({ outcome, message }) => (outcome === 'Pass' ? [] : [message])),
        ['System.LimitException: Too many jobs in the flex queue: 101']
    );
});

test('a map made of records needs an Id of each', () => {
    assert.match(
        org.failure('new Map<Id, Account>(new List<Account>{ new Account() });'),
        /Row with null Id at index: 0/
    );
    assert.deepEqual(
        org.run(`Map<Id, Account> found = new Map<Id, Account>();
            found.putAll(new List<Account>{ new Account(Name = 'A') });
            System.debug(found.get(null).Name);`),
        ['A']
    );
});
