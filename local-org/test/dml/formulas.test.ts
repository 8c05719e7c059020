import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { decimal, firstError, record, testData } from '../store/support/test-data.ts';
import { Id } from '../../src/values/index.ts';
import type { TestData } from '../store/support/test-data.ts';

let data: TestData;
beforeEach(() => {
    data = testData();
});

describe('formulas of an org', () => {
    it('are validation rules', () => {
        data.deploy('ValidationRule', 'Account.Phone_needed', {
            active: 'true',
            errorConditionFormula: 'AND(ISBLANK(Phone), AnnualRevenue > 100)',
            errorDisplayField: 'Phone',
            errorMessage: 'Large accounts need a phone.'
        });
        data.deploy('ValidationRule', 'Account.Off', { active: 'false', errorConditionFormula: 'TRUE' });
        const insert = (fields: Parameters<typeof record>[1]): string | undefined =>
            firstError(data.dml('insert', record('Account', fields)));
        assert.equal(insert({ Name: 'A' }), undefined);
        assert.equal(insert({ Name: 'A', AnnualRevenue: decimal('101'), Phone: '1' }), undefined);
        assert.equal(
            insert({ Name: 'A', AnnualRevenue: decimal('101') }),
            'FIELD_CUSTOM_VALIDATION_EXCEPTION: Large accounts need a phone. [Phone]'
        );
    });

    it('see old values in an update', () => {
        data.deploy('ValidationRule', 'Account.Fixed', {
            active: 'true',
            errorConditionFormula: 'ISCHANGED(Name)',
            errorMessage: 'Names stay.'
        });
        const id = data.insert('Account', { Name: 'A' });
        const update = (fields: Parameters<typeof record>[1]): string | undefined =>
            firstError(data.dml('update', record('Account', { Id: id, ...fields })));
        assert.equal(update({ Phone: '1' }), undefined);
        assert.match(update({ Name: 'B' }) ?? '', /Names stay/);
    });

    it('are fields that queries read, filter and sort by', () => {
        const formula = { type: 'Text', formula: 'IF(ISBLANK(Phone), Owner.Alias, Phone) & "!"' };
        data.deploy('CustomField', 'Account.Contact__c', formula);
        const double = { type: 'Number', precision: '18', scale: '1', formula: 'AnnualRevenue * 2' };
        data.deploy('CustomField', 'Account.Double__c', double);
        data.insert('Account', { Name: 'A', AnnualRevenue: decimal('5') });
        data.insert('Account', { Name: 'B', AnnualRevenue: decimal('1'), Phone: '1' });
        assert.deepEqual(data.column('SELECT Contact__c FROM Account ORDER BY Double__c', 'Contact__c'), [
            '1!',
            'ladmin!'
        ]);
        assert.deepEqual(data.column('SELECT Name FROM Account WHERE Double__c > 5'), ['A']);
    });

    it('are defaults of custom fields', () => {
        data.deploy('CustomField', 'Account.Start__c', { type: 'Date', defaultValue: 'TODAY() + 7' });
        data.deploy('CustomField', 'Account.Kind__c', { type: 'Text', length: '20', defaultValue: '"new"' });
        data.insert('Account', { Name: 'A' });
        const [row] = data.query('SELECT Start__c, Kind__c FROM Account');
        assert.deepEqual([String(row?.get('Start__c')), row?.get('Kind__c')], ['2026-03-25', 'new']);
    });

    it('tell the day of the user who writes, in defaults and in triggers', () => {
        data = testData('2026-03-18T23:30:00Z');
        data.deploy('CustomField', 'Account.Start__c', { type: 'Date', defaultValue: 'TODAY()' });
        data.deploy('CustomField', 'Account.Today__c', { type: 'Date', formula: 'TODAY()' });
        const seen: string[] = [];
        data.onTrigger('Account', ({ newRecords }) => seen.push(String(newRecords?.[0]?.get('Today__c'))));
        const { userId } = data.user('tokyo@example.com', 'System Administrator');
        data.dml('update', record('User', { Id: Id.of(userId), TimeZoneSidKey: 'Asia/Tokyo' }));
        data.dml('insert', record('Account', { Name: 'A' }), { access: { ...data.system, userId } });
        data.insert('Account', { Name: 'B' });
        assert.deepEqual(data.column('SELECT Start__c FROM Account ORDER BY Name', 'Start__c'), [
            '2026-03-19',
            '2026-03-18'
        ]);
        assert.deepEqual(seen, ['2026-03-19', '2026-03-19', '2026-03-18', '2026-03-18']);
    });

    it('say what the local org does not evaluate', () => {
        data.deploy('CustomField', 'Account.Link__c', { type: 'Text', formula: 'VLOOKUP(Name, Name, Name)' });
        data.insert('Account', { Name: 'A' });
        assert.throws(() => data.query('SELECT Link__c FROM Account'), /function VLOOKUP\(\) is not supported/);
        data.deploy('ValidationRule', 'Account.Odd', { active: 'true', errorConditionFormula: 'VLOOKUP(Name) = "x"' });
        assert.throws(
            () => data.dml('insert', record('Account', { Name: 'B' })),
            /Validation rule Account\.Odd: .*VLOOKUP/
        );
    });
});
