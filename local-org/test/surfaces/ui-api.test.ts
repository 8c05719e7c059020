import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { text } from './support/json.ts';
import { DATA, newTestOrg, type TestOrg } from './support/test-org.ts';

const RECORDS = `${DATA}/ui-api/records`;
let org: TestOrg;
let id: string;

beforeEach(() => {
    org = newTestOrg();
    const body = { apiName: 'Account', fields: { Name: 'Acme', AnnualRevenue: 1500, Rating: 'Hot' } };
    const created = org.call('POST', RECORDS, { body });
    assert.equal(created.status, 201);
    id = text(created.body.id);
});

describe('a record', () => {
    test('shows values and what a user sees', () => {
        const { status, body } = org.call('GET', `${RECORDS}/${id}?fields=Account.Name,Account.AnnualRevenue`);
        assert.equal(status, 200);
        assert.equal(body.apiName, 'Account');
        assert.deepEqual(body.fields.Name, { displayValue: null, value: 'Acme' });
        assert.equal(body.fields.AnnualRevenue.value, 1500);
        assert.match(text(body.fields.AnnualRevenue.displayValue), /^\$1,500$/);
    });

    test('shows fields of its parents', () => {
        const { body: child } = org.call('POST', RECORDS, {
            body: { apiName: 'Account', fields: { Name: 'Child', ParentId: id } }
        });
        const { body } = org.call('GET', `${RECORDS}/${text(child.id)}?fields=Account.Parent.Name`);
        assert.equal(body.fields.Parent.displayValue, 'Acme');
        assert.equal(body.fields.Parent.value.fields.Name.value, 'Acme');
    });

    test('changes', () => {
        const { status, body } = org.call('PATCH', `${RECORDS}/${id}`, { body: { fields: { Name: 'Acme 2' } } });
        assert.equal(status, 200);
        assert.equal(body.fields.Name.value, 'Acme 2');
    });

    test('leaves out optional fields that are not there, and refuses required ones', () => {
        const { body } = org.call('GET', `${RECORDS}/${id}?fields=Account.Name&optionalFields=Account.Nope__c`);
        assert.ok(!('Nope__c' in (body.fields ?? {})));
        const { status, body: refusal } = org.call('GET', `${RECORDS}/${id}?fields=Account.Nope__c`);
        assert.equal(status, 400);
        assert.equal(refusal[0].errorCode, 'INVALID_FIELD');
    });

    test('is gone when it is deleted', () => {
        assert.equal(org.call('DELETE', `${RECORDS}/${id}`).status, 204);
        assert.equal(org.call('GET', `${RECORDS}/${id}?fields=Account.Name`).status, 404);
    });
});

test('object info tells types and labels', () => {
    const { body } = org.call('GET', `${DATA}/ui-api/object-info/Account`);
    assert.equal(body.fields.AnnualRevenue.dataType, 'Currency');
    assert.equal(body.fields.Name.required, true);
    assert.equal(org.call('GET', `${DATA}/ui-api/object-info/Nope`).status, 404);
});
