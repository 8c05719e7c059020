import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { Id } from '../../src/values/index.ts';
import { ApexDate, Datetime } from '../../src/values/index.ts';
import { decimal, record, testData } from '../store/support/test-data.ts';

const data = testData();
const { query, column, insert } = data;
let acme: Id;

before(() => {
    acme = insert('Account', { Name: 'Acme', AnnualRevenue: decimal('100'), Rating: 'Warm', BillingCity: 'Berlin' });
    insert('Account', { Name: 'beta', AnnualRevenue: decimal('50'), Rating: 'Hot', ParentId: acme });
    insert('Account', { Name: 'Gamma', Rating: 'Cold', NumberOfEmployees: 10 });
    insert('Account', { Name: "O'Hara_100%", AnnualRevenue: decimal('100.00') });
    insert('Contact', { LastName: 'Lee', FirstName: 'Ann', AccountId: acme, Birthdate: ApexDate.of(1990, 5, 17) });
    insert('Contact', { LastName: 'Zed', AccountId: acme });
    insert('Contact', { LastName: 'Solo' });
    insert('Task', { Subject: 'Call', WhatId: acme });
});

function names(where: string, options: Parameters<typeof column>[2] = {}): string[] {
    return column(`SELECT Name FROM Account WHERE ${where} ORDER BY Name`, 'Name', options);
}

describe('comparisons', () => {
    it('compare text without case and keep null rows out of equality', () => {
        assert.deepEqual(names("Name = 'ACME'"), ['Acme']);
        assert.deepEqual(names("Rating != 'Hot'"), ['Acme', 'Gamma', "O'Hara_100%"]);
        assert.deepEqual(names("NOT Rating = 'Hot'"), ['Acme', 'Gamma', "O'Hara_100%"]);
        assert.deepEqual(names("Name > 'b' AND Name <= 'gamma'"), ['beta', 'Gamma']);
    });

    it('take an empty text for null', () => {
        assert.deepEqual(names("Rating = ''"), ["O'Hara_100%"]);
        assert.deepEqual(names("Rating IN ('', 'Hot')"), ['beta', "O'Hara_100%"]);
        assert.deepEqual(names('Rating = null'), ["O'Hara_100%"]);
    });

    it('compare numbers by value, not by scale', () => {
        assert.deepEqual(names('AnnualRevenue = 100.0'), ['Acme', "O'Hara_100%"]);
        assert.deepEqual(names('AnnualRevenue < 100'), ['beta']);
        assert.deepEqual(names('NumberOfEmployees >= 9.5'), ['Gamma']);
    });

    it('match LIKE patterns with escapes', () => {
        assert.deepEqual(names("Name LIKE '%a%' AND Name LIKE '_e%'"), ['beta']);
        assert.deepEqual(names(String.raw`Name LIKE '%\_100\%'`), ["O'Hara_100%"]);
        assert.deepEqual(names(String.raw`Name LIKE 'o\'h%'`), ["O'Hara_100%"]);
        assert.deepEqual(names("NOT Rating LIKE 'H%'"), ['Acme', 'Gamma', "O'Hara_100%"]);
    });

    it('take lists, binds and nested conditions', () => {
        const binds = new Map<string, unknown>([
            ['names', ['acme', 'GAMMA']],
            ['low', decimal('60')]
        ]);
        assert.deepEqual(names('Name IN :names AND (AnnualRevenue > :low OR AnnualRevenue = null)', { binds }), [
            'Acme',
            'Gamma'
        ]);
        assert.deepEqual(names('Name NOT IN :names', { binds }), ['beta', "O'Hara_100%"]);
        assert.throws(
            () => query('SELECT Id FROM Account WHERE Name = :x'),
            /Bind variables only allowed in Apex code/
        );
        assert.throws(() => names('Name = :missing', { binds }), /Variable does not exist: missing/);
    });

    it('join by subqueries', () => {
        assert.deepEqual(names('Id IN (SELECT AccountId FROM Contact)'), ['Acme']);
        assert.deepEqual(names("Id NOT IN (SELECT AccountId FROM Contact WHERE LastName = 'Lee')").length, 3);
    });

    it('join by lookups that lead to objects of any kind', () => {
        insert('EntitySubscription', { ParentId: acme, SubscriberId: Id.of(data.adminId) });
        assert.deepEqual(names('Id IN (SELECT ParentId FROM EntitySubscription)'), ['Acme']);
        data.deploy('ApexClass', 'Opened');
        data.deploy('ApexClass', 'Closed');
        data.deploy('PermissionSet', 'Opens', { classAccesses: [{ apexClass: 'Opened', enabled: 'true' }] });
        const opened = 'SELECT Name FROM ApexClass WHERE Id IN (SELECT SetupEntityId FROM SetupEntityAccess)';
        assert.deepEqual(column(opened), ['Opened']);
    });

    it('compare long texts where the platform lets them', () => {
        data.dml('update', record('User', { Id: Id.of(data.adminId), AboutMe: 'Keeps orgs in step' }));
        assert.equal(query("SELECT Id FROM User WHERE AboutMe LIKE 'keeps%'").length, 1);
        assert.equal(query("SELECT Id FROM User WHERE AboutMe = 'other'").length, 0);
    });

    it('compare channels of quick texts, of which each may have several', () => {
        insert('QuickText', { Name: 'Hello', Message: 'Hi', Channel: 'Email;Phone' });
        insert('QuickText', { Name: 'Bye', Message: 'Bye', Channel: 'Email' });
        assert.deepEqual(column("SELECT Name FROM QuickText WHERE Channel INCLUDES ('Phone')"), ['Hello']);
    });

    it('compare choices of a multi-select picklist', () => {
        const field = { type: 'MultiselectPicklist', valueSet: { valueSetDefinition: { value: [] } } };
        data.deploy('CustomField', 'Account.Tags__c', field);
        insert('Account', { Name: 'Tagged', Tags__c: 'A;B' });
        assert.deepEqual(names("Tags__c INCLUDES ('B;A', 'C')"), ['Tagged']);
        assert.deepEqual(names("Tags__c INCLUDES ('A;C')"), []);
        assert.equal(names("Tags__c EXCLUDES ('A')").includes('Tagged'), false);
        data.dml('delete', query("SELECT Id FROM Account WHERE Name = 'Tagged'"));
    });
});

describe('dates', () => {
    it('compare with literals in the zone of the user', () => {
        data.store.put('Account', {
            Id: acme,
            ...data.store.table('Account').get(acme.value),
            CreatedDate: at('2026-03-18T02:00:00Z')
        });
        const zone = (timeZone: string): string[] => names("Name = 'Acme' AND CreatedDate = TODAY", { timeZone });
        assert.deepEqual(zone('GMT'), ['Acme']);
        assert.deepEqual(zone('America/Los_Angeles'), []);
        assert.deepEqual(names("Name = 'Acme' AND CreatedDate = YESTERDAY", { timeZone: 'America/Los_Angeles' }), [
            'Acme'
        ]);
        assert.deepEqual(names("Name = 'Acme' AND CreatedDate >= 2026-03-18T02:00:00Z"), ['Acme']);
    });

    it('compare dates and their parts', () => {
        const people = (where: string): string[] => column(`SELECT Name FROM Contact WHERE ${where} ORDER BY Name`);
        assert.deepEqual(people('Birthdate = 1990-05-17'), ['Ann Lee']);
        assert.deepEqual(people('Birthdate < LAST_N_YEARS:30'), ['Ann Lee']);
        assert.deepEqual(people('CALENDAR_MONTH(Birthdate) = 5'), ['Ann Lee']);
        assert.deepEqual(people('Birthdate != TODAY').length, 3);
    });
});

function at(text: string): Datetime {
    return new Datetime(Date.parse(text));
}

describe('rows', () => {
    it('have fields as selected, the Id readable in any case', () => {
        const [row] = query("SELECT name, AnnualRevenue FROM Account WHERE Name = 'Acme'");
        assert.deepEqual(row?.selection, [
            { kind: 'field', name: 'Name' },
            { kind: 'field', name: 'AnnualRevenue' }
        ]);
        assert.equal(row?.id?.value, acme.value);
        assert.equal(row?.isReadable('Phone'), false);
    });

    it('have parents, null where the lookup is empty', () => {
        const [lee, solo] = query(
            "SELECT Name, Account.Name, Account.Owner.Alias FROM Contact WHERE LastName IN ('Lee', 'Solo') ORDER BY LastName"
        );
        assert.equal(lee?.parent('Account')?.get('Name'), 'Acme');
        assert.equal(lee?.parent('Account')?.parent('Owner')?.get('Alias'), 'ladmin');
        assert.equal(solo?.parent('Account'), null);
    });

    it('have child lists with their own filter, order and limit', () => {
        const [row] = query(
            "SELECT Name, (SELECT LastName FROM Contacts WHERE LastName != null ORDER BY LastName DESC LIMIT 1) FROM Account WHERE Name = 'Acme'"
        );
        assert.deepEqual(
            row?.children('contacts')?.map((child) => child.get('LastName')),
            ['Zed']
        );
        const [beta] = query("SELECT (SELECT Id FROM Contacts) FROM Account WHERE Name = 'beta'");
        assert.deepEqual(beta?.children('Contacts'), []);
    });

    it('follow lookups to several objects', () => {
        const [task] = query('SELECT What.Name, What.Type, Owner.Name FROM Task');
        assert.deepEqual([task?.parent('What')?.get('Name'), task?.parent('What')?.get('Type')], ['Acme', 'Account']);
        const [typed] = query('SELECT TYPEOF What WHEN Account THEN BillingCity ELSE Name END FROM Task');
        assert.equal(typed?.parent('What')?.get('BillingCity'), 'Berlin');
    });

    it('have compound addresses as a record of their parts', () => {
        const [row] = query("SELECT BillingAddress, ShippingAddress FROM Account WHERE Name = 'Acme'");
        assert.equal(row?.parent('BillingAddress')?.get('city'), 'Berlin');
        assert.equal(row?.parent('ShippingAddress'), null);
    });

    it('give booleans without a value as false', () => {
        assert.equal(query('SELECT DoNotCall FROM Contact')[0]?.get('DoNotCall'), false);
        assert.equal(query('SELECT Id FROM Contact WHERE DoNotCall = false').length, 3);
    });
});

describe('functions of fields', () => {
    it('show labels, formats and amounts, under an alias where there is one', () => {
        const [row] = query(
            'SELECT FORMAT(AnnualRevenue) shown, convertCurrency(AnnualRevenue), FORMAT(convertCurrency(AnnualRevenue)) both, ' +
                "FORMAT(CreatedDate) made, toLabel(Rating) heat FROM Account WHERE Name = 'beta'"
        );
        assert.deepEqual(
            ['shown', 'AnnualRevenue', 'both', 'heat'].map((name) => String(row?.get(name))),
            ['$50', '50', '$50', 'Hot']
        );
        assert.match(String(row?.get('made')), /^3\/18\/2026, \d+:00 [AP]M$/);
        const [person] = query("SELECT FORMAT(Birthdate) born FROM Contact WHERE LastName = 'Lee'");
        assert.equal(person?.get('born'), '5/17/1990');
        assert.deepEqual(names("toLabel(Rating) = 'hot'"), ['beta']);
    });

    it('measure distances, in conditions, order and columns', () => {
        const place = (Name: string, latitude: string, longitude: string): unknown =>
            insert('Account', { Name, BillingLatitude: decimal(latitude), BillingLongitude: decimal(longitude) });
        place('Paris', '48.8566', '2.3522');
        place('London', '51.5074', '-0.1278');
        const distance = "DISTANCE(BillingAddress, GEOLOCATION(52.52, 13.405), 'km')";
        // Berlin to Paris is 878 km, to London 932 km.
        assert.deepEqual(names(`${distance} < 900`), ['Paris']);
        assert.deepEqual(
            names(`DISTANCE(BillingAddress, GEOLOCATION(:north, :east), 'mi') > 560`, {
                binds: new Map([
                    ['north', decimal('52.52')],
                    ['east', decimal('13.405')]
                ])
            }),
            ['London']
        );
        const [far] = query(
            `SELECT Name, ${distance} away FROM Account WHERE ${distance} > 1 ORDER BY ${distance} DESC LIMIT 1`
        );
        assert.equal(far?.get('Name'), 'London');
        assert.equal(Math.round(Number(String(far?.get('away')))), 932);
        data.dml('delete', query("SELECT Id FROM Account WHERE Name IN ('Paris', 'London')"));
    });

    it('look at the rows of the user alone with USING SCOPE mine', () => {
        const other = data.user('scope@example.com', 'Standard User');
        assert.equal(query('SELECT Id FROM Account USING SCOPE mine').length, 4);
        assert.equal(
            query('SELECT Id FROM Account USING SCOPE mine', { access: { ...other, mode: 'system' } }).length,
            0
        );
        assert.equal(query('SELECT Id FROM Account USING SCOPE everything').length, 4);
    });

    it('look at the tasks that the user gave to others with USING SCOPE delegated', () => {
        const other = data.user('delegate@example.com', 'Standard User');
        data.insert('Task', { Subject: 'Mine', Status: 'Not Started', Priority: 'Normal' });
        const given = { Subject: 'Given', Status: 'Not Started', Priority: 'Normal', OwnerId: Id.of(other.userId) };
        data.insert('Task', given);
        assert.deepEqual(data.column('SELECT Subject FROM Task USING SCOPE delegated', 'Subject'), ['Given']);
        const access = { ...other, mode: 'system' } as const;
        assert.deepEqual(query('SELECT Subject FROM Task USING SCOPE delegated', { access }), []);
    });

    it('add subtotals of every combination for CUBE', () => {
        const rows = query(
            'SELECT Rating, BillingCity, GROUPING(Rating) r, GROUPING(BillingCity) c, COUNT(Id) n FROM Account ' +
                'GROUP BY CUBE(Rating, BillingCity) HAVING COUNT(Id) > 2'
        );
        const shown = rows.map((row) => ['Rating', 'BillingCity', 'r', 'c', 'n'].map((name) => String(row.get(name))));
        assert.deepEqual(shown, [
            ['null', 'null', '1', '0', '3'],
            ['null', 'null', '1', '1', '4']
        ]);
    });
});

describe('order and pages', () => {
    it('put nulls first in both directions unless told otherwise', () => {
        const order = (by: string): string[] => column(`SELECT Name FROM Account ORDER BY ${by}`);
        assert.deepEqual(order('AnnualRevenue, Name')[0], 'Gamma');
        assert.deepEqual(order('AnnualRevenue DESC, Name')[0], 'Gamma');
        assert.deepEqual(order('AnnualRevenue NULLS LAST, Name'), ['beta', 'Acme', "O'Hara_100%", 'Gamma']);
        assert.deepEqual(order('AnnualRevenue DESC NULLS LAST, Name DESC'), ["O'Hara_100%", 'Acme', 'beta', 'Gamma']);
    });

    it('sort text without case and picklists by the order of their values', () => {
        assert.deepEqual(column('SELECT Name FROM Account ORDER BY Name'), ['Acme', 'beta', 'Gamma', "O'Hara_100%"]);
        const ratings = column('SELECT Rating FROM Account WHERE Rating != null ORDER BY Rating', 'Rating');
        assert.deepEqual(ratings, ['Hot', 'Warm', 'Cold']);
    });

    it('take LIMIT and OFFSET, from binds too', () => {
        const binds = new Map([['n', 2]]);
        assert.deepEqual(column('SELECT Name FROM Account ORDER BY Name LIMIT :n OFFSET 1', 'Name', { binds }), [
            'beta',
            'Gamma'
        ]);
        assert.throws(() => query('SELECT Id FROM Account OFFSET 2001'), /Maximum SOQL offset allowed is 2000/);
    });
});

describe('aggregates', () => {
    const rows = (soql: string): Record<string, string>[] =>
        query(soql).map((row) => Object.fromEntries([...row.entries()].map(([name, value]) => [name, String(value)])));

    it('count, add up and find extremes over all rows', () => {
        const all =
            'SELECT COUNT(Id), COUNT(AnnualRevenue) filled, SUM(AnnualRevenue), AVG(AnnualRevenue) mean, MIN(Name), MAX(Name) FROM Account';
        const [row] = rows(all);
        assert.deepEqual(
            [row?.['expr0'], row?.['filled'], row?.['mean'], row?.['expr2'], row?.['expr3']],
            ['4', '3', row?.['mean'], 'Acme', "O'Hara_100%"]
        );
        assert.equal(Number(row?.['expr1']), 250);
        const count = data.database.query('SELECT COUNT() FROM Account WHERE Rating != null', { access: data.system });
        assert.deepEqual([count.totalSize, count.records], [3, []]);
    });

    it('group, filter groups and order them', () => {
        const grouped = rows(
            'SELECT Account.Name, COUNT(Id) n FROM Contact GROUP BY Account.Name HAVING COUNT(Id) >= 1 ORDER BY COUNT(Id) DESC'
        );
        assert.deepEqual(grouped, [
            { Name: 'Acme', n: '2' },
            { Name: 'null', n: '1' }
        ]);
        assert.deepEqual(rows('SELECT COUNT_DISTINCT(AnnualRevenue) d FROM Account'), [{ d: '2' }]);
    });

    it('answer one row without groups and none with groups when nothing matches', () => {
        assert.deepEqual(rows("SELECT COUNT(Id) FROM Account WHERE Name = 'none'"), [{ expr0: '0' }]);
        assert.deepEqual(rows("SELECT Rating, COUNT(Id) FROM Account WHERE Name = 'none' GROUP BY Rating"), []);
    });

    it('add subtotals for ROLLUP', () => {
        const totals = rows('SELECT Rating, GROUPING(Rating) g, COUNT(Id) n FROM Account GROUP BY ROLLUP(Rating)');
        assert.equal(totals.length, 5);
        assert.deepEqual(totals.at(-1), { Rating: 'null', g: '1', n: '4' });
    });
});

describe('deleted rows', () => {
    it('are seen by ALL ROWS only', () => {
        const id = insert('Account', { Name: 'Gone' });
        data.dml('delete', query("SELECT Id FROM Account WHERE Name = 'Gone'"));
        assert.deepEqual(names("Name = 'Gone'"), []);
        const [row] = query("SELECT Id, IsDeleted FROM Account WHERE Name = 'Gone' ALL ROWS");
        assert.deepEqual([row?.id?.value, row?.get('IsDeleted')], [id.value, true]);
        assert.equal(query("SELECT Id FROM Account WHERE Name = 'Gone'", { allRows: true }).length, 1);
    });
});

describe('metadata records', () => {
    it('are rows of their type', () => {
        data.deploy('CustomObject', 'Rule__mdt', { label: 'Rule' });
        data.deploy('CustomField', 'Rule__mdt.Limit__c', { type: 'Number', precision: '5', scale: '1' });
        const limit = { field: 'Limit__c', value: { type: 'xsd:double', text: '2.5' } };
        data.deploy('CustomMetadata', 'Rule.First', { label: 'First rule', values: [limit] });
        const [row] = query('SELECT DeveloperName, MasterLabel, Limit__c FROM Rule__mdt WHERE Limit__c > 2');
        assert.deepEqual(
            [row?.get('DeveloperName'), row?.get('MasterLabel'), String(row?.get('Limit__c'))],
            ['First', 'First rule', '2.5']
        );
    });
});
