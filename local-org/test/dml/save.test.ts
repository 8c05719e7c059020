import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ApexDate, Datetime, Id } from '../../src/values/index.ts';
import { decimal, errorsOf, EXTERNAL_KEY, firstError, record, testData } from '../store/support/test-data.ts';
import type { TestData } from '../store/support/test-data.ts';

let data: TestData;
beforeEach(() => {
    data = testData();
    data.deploy('CustomField', 'Account.Key__c', EXTERNAL_KEY);
});

describe('insert', () => {
    it('fills system fields and defaults', () => {
        const id = data.insert('Account', { Name: '  Acme ', Phone: '', AnnualRevenue: decimal('10.6') });
        const row = data.store.table('Account').get(id.value);
        assert.deepEqual([row?.Name, row?.Phone, String(row?.AnnualRevenue)], ['Acme', undefined, '10.6']);
        assert.equal(String(row?.OwnerId), data.adminId);
        assert.equal((row?.CreatedDate as Datetime).toRest(), '2026-03-18T12:00:00.000+0000');
        assert.equal(String(row?.LastModifiedById), data.adminId);
        assert.equal(row?.IsDeleted, false);
    });

    it('leaves the record of the caller as it was', () => {
        const account = record('Account', { Name: ' Acme ' });
        data.dml('insert', account);
        assert.deepEqual([...account.entries()], [['Name', ' Acme ']]);
    });

    it('works out names and stages', () => {
        data.insert('Contact', { FirstName: 'Ann', LastName: 'Lee' });
        assert.deepEqual(data.column('SELECT Name FROM Contact'), ['Ann Lee']);
        data.insert('Opportunity', { Name: 'Deal', StageName: 'Closed Won', CloseDate: ApexDate.of(2026, 1, 1) });
        const [deal] = data.query('SELECT IsWon, IsClosed, Probability FROM Opportunity');
        assert.deepEqual(
            [deal?.get('IsWon'), deal?.get('IsClosed'), String(deal?.get('Probability'))],
            [true, true, '100']
        );
        data.insert('Case', {});
        assert.deepEqual(data.column('SELECT CaseNumber FROM Case', 'CaseNumber'), ['00001001']);
        assert.deepEqual(data.column('SELECT Status FROM Case', 'Status'), ['New']);
    });

    it('numbers custom records in their display format', () => {
        const nameField = { type: 'AutoNumber', label: 'Number', displayFormat: 'INV-{0000}' };
        data.deploy('CustomObject', 'Invoice__c', { label: 'Invoice', nameField });
        data.insert('Invoice__c', {});
        data.insert('Invoice__c', {});
        assert.deepEqual(data.column('SELECT Name FROM Invoice__c'), ['INV-0001', 'INV-0002']);
    });

    it('makes the document and links of a first file version', () => {
        const account = data.insert('Account', { Name: 'Acme' });
        data.insert('ContentVersion', { Title: 'F', PathOnClient: 'f.txt', FirstPublishLocationId: account });
        assert.deepEqual(data.column('SELECT FileExtension FROM ContentDocument', 'FileExtension'), ['txt']);
        const links = data.query('SELECT Id FROM ContentDocumentLink WHERE LinkedEntityId = :a', {
            binds: new Map([['a', account]])
        });
        assert.equal(links.length, 1);
    });

    it('fires the triggers of the links that it makes for a file', () => {
        const phases: string[] = [];
        data.onTrigger('ContentDocumentLink', ({ phase, newRecords }) => {
            for (const link of newRecords ?? []) {
                phases.push(`${phase} ${String(link.get('ShareType'))} ${link.id === null}`);
                if (phase === 'before') link.set('Visibility', 'InternalUsers');
            }
        });
        const account = data.insert('Account', { Name: 'Acme' });
        data.insert('ContentVersion', { Title: 'F', PathOnClient: 'f.txt', FirstPublishLocationId: account });
        assert.deepEqual(phases, ['before I true', 'before V true', 'after I false', 'after V false']);
        assert.deepEqual(data.column('SELECT Visibility FROM ContentDocumentLink', 'Visibility'), [
            'InternalUsers',
            'InternalUsers'
        ]);
    });
});

describe('validation', () => {
    const cases: readonly (readonly [
        what: string,
        type: string,
        fields: Parameters<typeof record>[1],
        error: string
    ])[] = [
        ['a missing name', 'Account', {}, 'REQUIRED_FIELD_MISSING: Required fields are missing: [Name] [Name]'],
        [
            'all that is missing at once',
            'Opportunity',
            {},
            'REQUIRED_FIELD_MISSING: Required fields are missing: [Name, StageName, CloseDate] [Name, StageName, CloseDate]'
        ],
        [
            'a text that is too long',
            'Account',
            { Name: 'A', Phone: 'x'.repeat(41) },
            `STRING_TOO_LONG: Account Phone: data value too large: ${'x'.repeat(41)} (max length=40) [Phone]`
        ],
        [
            'a number beyond its digits',
            'Account',
            { Name: 'A', AnnualRevenue: decimal('1e18') },
            'NUMBER_OUTSIDE_VALID_RANGE: Annual Revenue: value outside of valid range on numeric field: 1E+18 [AnnualRevenue]'
        ],
        [
            'a bad e-mail address',
            'Contact',
            { LastName: 'L', Email: 'nobody' },
            'INVALID_EMAIL_ADDRESS: Email: invalid email address: nobody [Email]'
        ],
        [
            'an Id in an insert',
            'Account',
            { Id: Id.of('001000000000001'), Name: 'A' },
            'INVALID_FIELD_FOR_INSERT_UPDATE: cannot specify Id in an insert call [Id]'
        ],
        [
            'a reference to another object',
            'Contact',
            { LastName: 'L', AccountId: Id.of('003000000000001') },
            'FIELD_INTEGRITY_EXCEPTION: Account ID: id value of incorrect type: 003000000000001AAA [AccountId]'
        ],
        [
            'a reference to nothing',
            'Contact',
            { LastName: 'L', AccountId: Id.of('001000000000001') },
            'INVALID_CROSS_REFERENCE_KEY: invalid cross reference id [AccountId]'
        ],
        [
            'a value of another type',
            'Account',
            { Name: 'A', AnnualRevenue: 'much' },
            'INVALID_TYPE_ON_FIELD_IN_RECORD: Annual Revenue: value not of required type: much [AnnualRevenue]'
        ],
        [
            'an unknown field',
            'Account',
            { Name: 'A', Nope__c: 1 },
            "INVALID_FIELD: No such column 'Nope__c' on sobject of type Account [Nope__c]"
        ]
    ];
    for (const [what, type, fields, error] of cases) {
        it(`refuses ${what}`, () => {
            const before = data.store.table(type).size;
            assert.equal(firstError(data.dml('insert', record(type, fields))), error);
            assert.equal(data.store.table(type).size, before);
        });
    }

    it('refuses values outside a restricted picklist', () => {
        const value = { fullName: 'Red', default: 'false' };
        const valueSet = { restricted: 'true', valueSetDefinition: { value: [value] } };
        data.deploy('CustomField', 'Account.Color__c', { type: 'Picklist', label: 'Color', valueSet });
        const insert = (color: string): string | undefined =>
            firstError(data.dml('insert', record('Account', { Name: 'A', Color__c: color })));
        assert.equal(insert('Red'), undefined);
        assert.equal(
            insert('Blue'),
            'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: Color: bad value for restricted picklist field: Blue [Color__c]'
        );
    });

    it('refuses fields the API may not write, which Apex checks when it compiles', () => {
        const account = record('Account', { Name: 'A', CreatedDate: new Datetime(0) });
        assert.match(
            firstError(data.dml('insert', account, { origin: 'api' })) ?? '',
            /^INVALID_FIELD_FOR_INSERT_UPDATE: Unable to create\/update fields: CreatedDate\. .* \[CreatedDate\]$/
        );
    });

    it('keeps unique values unique, by case where the field says so', () => {
        const first = data.insert('Account', { Name: 'A', Key__c: 'k' });
        const again = data.dml('insert', [
            record('Account', { Name: 'B', Key__c: 'k' }),
            record('Account', { Name: 'B', Key__c: 'K' }),
            record('Account', { Name: 'C', Key__c: 'K' })
        ]);
        assert.deepEqual(errorsOf(again), [
            [
                `DUPLICATE_VALUE: duplicate value found: Key__c duplicates value on record with id: ${first.to15()} [Key__c]`
            ],
            [],
            ['DUPLICATE_VALUE: duplicate value found: <unknown> duplicates value on record with id: <unknown> [Key__c]']
        ]);
    });
});

describe('update', () => {
    it('changes only the fields that are set; null clears, absent leaves alone', () => {
        const id = data.insert('Account', { Name: 'A', Phone: '1', Website: 'w' });
        data.clock.advance(1000);
        data.dml('update', record('Account', { Id: id, Phone: null }));
        const row = data.store.table('Account').get(id.value);
        assert.deepEqual([row?.Name, row?.Phone, row?.Website], ['A', undefined, 'w']);
        assert.notDeepEqual(row?.LastModifiedDate, row?.CreatedDate);
    });

    it('says what is wrong with the Id', () => {
        const gone = data.insert('Account', { Name: 'Gone' });
        data.dml('delete', record('Account', { Id: gone }));
        const update = (id: Id | null): string | undefined =>
            firstError(data.dml('update', record('Account', { Id: id, Name: 'x' })));
        assert.equal(update(null), 'MISSING_ARGUMENT: Id not specified in an update call []');
        assert.equal(update(gone), 'ENTITY_IS_DELETED: entity is deleted []');
        assert.equal(update(Id.of('001000000000001')), 'INVALID_CROSS_REFERENCE_KEY: invalid cross reference id [Id]');
        assert.match(update(Id.of('003000000000001')) ?? '', /^MALFORMED_ID: .*id value of incorrect type/);
    });

    it('saves a queried row again, read-only fields and all', () => {
        data.insert('Account', { Name: 'A' });
        const [row] = data.query('SELECT Id, Name, CreatedDate, Owner.Name FROM Account');
        assert.ok(row);
        row.set('Name', 'B');
        assert.equal(data.dml('update', row, { origin: 'api' })[0]?.success, true);
        assert.deepEqual(data.column('SELECT Name FROM Account'), ['B']);
    });
});

describe('upsert', () => {
    it('finds records by Id or by an external id, once each in a call', () => {
        const first = data.insert('Account', { Name: 'A', Key__c: 'k1' });
        const results = data.dml(
            'upsert',
            [
                record('Account', { Name: 'A2', Key__c: 'k1' }),
                record('Account', { Name: 'B', Key__c: 'k2' }),
                record('Account', { Name: 'C', Key__c: 'k2' }),
                record('Account', { Name: 'D' })
            ],
            { externalIdField: 'key__C' }
        );
        assert.deepEqual(
            results.map(({ success, created }) => [success, created]),
            [
                [true, false],
                [true, true],
                [false, false],
                [false, false]
            ]
        );
        assert.equal(results[0]?.id, first.value);
        assert.deepEqual(errorsOf(results).slice(2), [
            ['DUPLICATE_VALUE: Duplicate external id specified: k2 []'],
            ['MISSING_ARGUMENT: Key__c not specified [Key__c]']
        ]);
        assert.deepEqual(data.column('SELECT Name FROM Account ORDER BY Name'), ['A2', 'B']);
    });

    it('refuses a key with several matches', () => {
        data.deploy('CustomField', 'Account.Loose__c', { type: 'Text', length: '20', externalId: 'true' });
        for (const name of ['A', 'B']) data.insert('Account', { Name: name, Loose__c: 'x' });
        const results = data.dml('upsert', record('Account', { Loose__c: 'x' }), { externalIdField: 'Loose__c' });
        assert.match(
            firstError(results) ?? '',
            /^DUPLICATE_EXTERNAL_ID: More than one record found for external id field/
        );
    });

    it('finds parents by their external id', () => {
        data.insert('Account', { Name: 'Parent', Key__c: 'p' });
        const contact = record('Contact', { LastName: 'L' });
        contact.setParent('Account', record('Account', { Key__c: 'p' }));
        data.dml('insert', contact);
        assert.equal(data.query('SELECT Account.Name FROM Contact')[0]?.parent('Account')?.get('Name'), 'Parent');
        contact.setParent('Account', record('Account', { Key__c: 'none' }));
        assert.equal(
            firstError(data.dml('insert', contact)),
            'INVALID_FIELD: Foreign key external ID: none not found for field Key__c in entity Account []'
        );
    });
});

describe('all or none', () => {
    it('keeps nothing when one row fails, and tells the API about the others', () => {
        const rows = [record('Account', { Name: 'A' }), record('Account', {})];
        const api = data.dml('insert', rows, { allOrNone: true, origin: 'api' });
        assert.deepEqual(
            api.map(({ id, errors }) => [id, errors[0]?.statusCode]),
            [
                [null, 'ALL_OR_NONE_OPERATION_ROLLED_BACK'],
                [null, 'REQUIRED_FIELD_MISSING']
            ]
        );
        const apex = data.dml('insert', rows, { allOrNone: true });
        assert.deepEqual(errorsOf(apex)[0], []);
        assert.equal(data.store.table('Account').size, 0);
    });

    it('keeps the good rows otherwise', () => {
        data.dml('insert', [record('Account', {}), record('Account', { Name: 'B' })]);
        assert.deepEqual(data.column('SELECT Name FROM Account'), ['B']);
    });
});
