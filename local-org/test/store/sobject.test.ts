import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Id, SObject } from '../../src/values/index.ts';
import { ReadOnlyRecordError } from '../../src/values/sobject.ts';
import { record } from './support/test-data.ts';

describe('SObject', () => {
    it('tells unset, null and set fields apart, without regard to case', () => {
        const account = record('Account', { Name: 'Acme', Phone: null });
        assert.equal(account.get('NAME'), 'Acme');
        assert.equal(account.get('phone'), null);
        assert.equal(account.get('Website'), undefined);
        account.set('name', 'New');
        assert.deepEqual([...account.fieldNames()], ['Name', 'Phone']);
        account.unset('PHONE');
        assert.equal(account.has('Phone'), false);
    });

    it('reads its Id from text too', () => {
        assert.equal(record('Account', { Id: '001000000000001' }).id?.value, '001000000000001AAA');
        assert.equal(new SObject('Account').id, null);
    });

    it('is unreadable where a query did not look, until the field is set', () => {
        const row = record('Account', { Name: 'Acme' });
        row.selection = [{ kind: 'field', name: 'Name' }];
        assert.equal(row.isReadable('Phone'), false);
        assert.equal(row.isReadable('Id'), true);
        row.set('Phone', null);
        assert.equal(row.isReadable('phone'), true);
    });

    it('refuses writes while read-only, but takes errors', () => {
        const row = record('Account', { Name: 'Acme' });
        row.readOnly = true;
        assert.throws(() => row.set('Name', 'x'), ReadOnlyRecordError);
        row.addError('no', 'Name');
        assert.deepEqual(row.errors, [
            { message: 'no', field: 'Name', statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' }
        ]);
    });

    it('clones as Apex does: no Id and no time stamps unless asked for, parents shared unless deep', () => {
        const parent = record('Account', { Name: 'Parent' });
        const contact = record('Contact', { Id: Id.of('003000000000001'), LastName: 'L', CreatedDate: null });
        contact.setParent('Account', parent);
        const shallow = contact.clone();
        assert.deepEqual([...shallow.fieldNames()], ['LastName']);
        assert.equal(shallow.parent('account'), parent);
        const deep = contact.clone({ preserveId: true, preserveReadonlyTimestamps: true, deep: true });
        assert.deepEqual([...deep.fieldNames()], ['Id', 'LastName', 'CreatedDate']);
        assert.notEqual(deep.parent('Account'), parent);
    });
});
