import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { firstError, record, testData } from '../store/support/test-data.ts';
import type { TriggerEvent } from '../../src/org/database.ts';
import type { Id } from '../../src/values/index.ts';
import type { TestData } from '../store/support/test-data.ts';

let data: TestData;
beforeEach(() => {
    data = testData();
});

function remove(type: string, id: Id): string | undefined {
    return firstError(data.dml('delete', record(type, { Id: id })));
}

describe('delete', () => {
    it('takes details along, clears other lookups, and undelete brings both back', () => {
        const account = data.insert('Account', { Name: 'A' });
        const child = data.insert('Account', { Name: 'Child', ParentId: account });
        data.insert('Contact', { LastName: 'L', AccountId: account });
        assert.equal(remove('Account', account), undefined);
        assert.deepEqual(data.column('SELECT Name FROM Account'), ['Child']);
        assert.equal(data.store.table('Account').get(child.value)?.ParentId, undefined);
        assert.equal(data.query('SELECT Id FROM Contact').length, 0);
        assert.equal(firstError(data.dml('undelete', record('Account', { Id: account }))), undefined);
        assert.equal(data.query('SELECT Id FROM Contact WHERE AccountId != null').length, 1);
    });

    it('refuses an account with cases, a deleted row and a row that is not in the recycle bin', () => {
        const account = data.insert('Account', { Name: 'A' });
        const supportCase = data.insert('Case', { AccountId: account });
        assert.match(remove('Account', account) ?? '', /^DELETE_FAILED: .*associated with the following cases/);
        assert.equal(remove('Case', supportCase), undefined);
        assert.equal(remove('Case', supportCase), 'ENTITY_IS_DELETED: entity is deleted []');
        assert.match(firstError(data.dml('undelete', record('Account', { Id: account }))) ?? '', /UNDELETE_FAILED/);
    });

    it('gives lookups back to a restored record, unless something took its place', () => {
        const account = data.insert('Account', { Name: 'A' });
        const other = data.insert('Account', { Name: 'Other' });
        const left = data.insert('Account', { Name: 'Left', ParentId: account });
        const moved = data.insert('Account', { Name: 'Moved', ParentId: account });
        remove('Account', account);
        remove('Account', left);
        data.dml('undelete', record('Account', { Id: left }));
        assert.equal(data.query("SELECT Id FROM Account WHERE Name = 'Left' AND ParentId = null").length, 1);
        data.dml('update', record('Account', { Id: moved, ParentId: other }));
        data.dml('undelete', record('Account', { Id: account }));
        const parentOf = (name: string): string[] =>
            data.column(`SELECT ParentId FROM Account WHERE Name = '${name}'`, 'ParentId');
        assert.deepEqual([...parentOf('Left'), ...parentOf('Moved')], [account.value, other.value]);
    });

    it('deletes the details of a master, and theirs', () => {
        data.deploy('CustomObject', 'Order__c', { label: 'Order', nameField: { type: 'Text', label: 'Name' } });
        data.deploy('CustomObject', 'Line__c', { label: 'Line', nameField: { type: 'Text', label: 'Name' } });
        data.deploy('CustomField', 'Order__c.Account__c', { type: 'MasterDetail', referenceTo: 'Account' });
        data.deploy('CustomField', 'Line__c.Order__c', { type: 'MasterDetail', referenceTo: 'Order__c' });
        const account = data.insert('Account', { Name: 'A' });
        const order = data.insert('Order__c', { Name: 'O', Account__c: account });
        data.insert('Line__c', { Name: 'L', Order__c: order });
        remove('Account', account);
        assert.equal(data.query('SELECT Id FROM Line__c').length, 0);
        data.dml('undelete', record('Account', { Id: account }));
        assert.equal(data.query('SELECT Id FROM Line__c').length, 1);
    });

    it('clears lookups of objects that describe does not list among the children', () => {
        const account = data.insert('Account', { Name: 'A' });
        const address = data.insert('ContactPointAddress', { Name: 'Home', ParentId: account });
        assert.equal(remove('Account', account), undefined);
        assert.equal(data.store.table('ContactPointAddress').get(address.value)?.ParentId, undefined);
    });

    it('removes rows without a recycle bin for good', () => {
        const set = data.deploy('PermissionSet', 'Extra', { label: 'Extra' });
        const assignment = data.assign(data.adminId, set);
        assert.equal(remove('PermissionSetAssignment', assignment), undefined);
        assert.equal(data.query('SELECT Id FROM PermissionSetAssignment ALL ROWS').length, 0);
    });
});

describe('delete of a duplicate', () => {
    function duplicates(): { master: Id; duplicate: Id } {
        return { master: data.insert('Account', { Name: 'A' }), duplicate: data.insert('Account', { Name: 'B' }) };
    }

    function merge(type: string, duplicate: Id, master: Id): readonly string[] {
        const [result] = data.dml('delete', record(type, { Id: duplicate }), { mergedInto: master });
        assert.equal(firstError(result === undefined ? [] : [result]), undefined);
        return (result?.moved ?? []).map(({ value }) => value);
    }

    it('leaves what named it to the master, also what describe does not list, and a case', () => {
        const { master, duplicate } = duplicates();
        const named = [
            data.insert('Contact', { LastName: 'L', AccountId: duplicate }),
            data.insert('Case', { AccountId: duplicate }),
            data.insert('ContactPointAddress', { Name: 'Home', ParentId: duplicate })
        ];
        assert.deepEqual(
            merge('Account', duplicate, master),
            named.map(({ value }) => value)
        );
        for (const soql of [
            'SELECT AccountId FROM Contact',
            'SELECT AccountId FROM Case',
            'SELECT ParentId FROM ContactPointAddress'
        ]) {
            assert.deepEqual(data.column(soql, soql.split(' ')[1]), [master.value]);
        }
    });

    it('clears the lookup of a master to its duplicate', () => {
        const { master, duplicate } = duplicates();
        data.dml('update', record('Account', { Id: master, ParentId: duplicate }));
        assert.deepEqual(merge('Account', duplicate, master), []);
        assert.equal(data.store.table('Account').get(master.value)?.ParentId, undefined);
    });

    it('gives an activity the account of the contact that it is about now', () => {
        const accounts = duplicates();
        const [master, duplicate] = [accounts.master, accounts.duplicate].map((AccountId) =>
            data.insert('Contact', { LastName: 'L', AccountId })
        );
        data.insert('Task', { WhoId: duplicate });
        merge('Contact', duplicate, master);
        assert.deepEqual(data.column('SELECT AccountId FROM Task', 'AccountId'), [accounts.master.value]);
    });

    it('tells triggers of the master after it, and fires none of what it moves', () => {
        const { master, duplicate } = duplicates();
        data.insert('Contact', { LastName: 'L', AccountId: duplicate });
        const seen: unknown[] = [];
        const watch = ({ object, phase, operation, oldRecords }: TriggerEvent): void => {
            seen.push([object, phase, operation, oldRecords?.[0]?.get('MasterRecordId') ?? null]);
        };
        data.onTrigger('Account', watch);
        data.onTrigger('Contact', watch);
        merge('Account', duplicate, master);
        assert.deepEqual(seen, [
            ['Account', 'before', 'delete', null],
            ['Account', 'after', 'delete', master]
        ]);
    });
});
