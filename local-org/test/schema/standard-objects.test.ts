import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Blob } from '../../src/values/index.ts';
import { testData } from '../store/support/test-data.ts';

describe('standard objects', () => {
    const { schema } = testData();

    it('are found without regard to case and spelled as declared', () => {
        assert.equal(schema.object('aCCOUNT')?.name, 'Account');
        assert.equal(schema.object('Account')?.fields.get('annualrevenue')?.name, 'AnnualRevenue');
        assert.equal(schema.object('Nonsense'), undefined);
    });

    it('have the key prefixes of the platform, each its own', () => {
        for (const [prefix, name] of [
            ['001', 'Account'],
            ['003', 'Contact'],
            ['00Q', 'Lead'],
            ['0PS', 'PermissionSet'],
            ['005', 'User']
        ] as const) {
            assert.equal(schema.objectByKeyPrefix(prefix)?.name, name);
            assert.equal(schema.object(name)?.keyPrefix, prefix);
        }
        const prefixes = [...schema.objects()].map((object) => object.keyPrefix);
        assert.equal(new Set(prefixes).size, prefixes.length);
    });

    it('describe lengths, numbers, picklists and required fields', () => {
        const account = schema.object('Account');
        const name = account?.fields.get('name');
        assert.deepEqual([name?.length, name?.nillable, name?.nameField], [255, false, true]);
        const revenue = account?.fields.get('annualrevenue');
        assert.deepEqual([revenue?.type, revenue?.precision, revenue?.scale], ['currency', 18, 0]);
        const ratings = account?.fields.get('rating')?.picklistValues.map((choice) => choice.value);
        assert.deepEqual(ratings, ['Hot', 'Warm', 'Cold']);
        assert.equal(account?.fields.get('createddate')?.createable, false);
    });

    it('leave out fields of features a plain org has not turned on', () => {
        const account = schema.object('Account');
        for (const field of ['currencyisocode', 'personemail', 'billingstatecode', 'recordtypeid']) {
            assert.equal(account?.fields.has(field), false, field);
        }
    });

    it('hold files as blobs', () => {
        for (const [object, field] of [
            ['MailmergeTemplate', 'Body'],
            ['EventLogFile', 'LogFile'],
            ['MobileApplicationDetail', 'ApplicationBinary']
        ] as const) {
            assert.equal(schema.object(object)?.fields.get(field.toLowerCase())?.type, 'base64', `${object}.${field}`);
        }
        const data = testData();
        const body = new Blob(new TextEncoder().encode('Dear Ann'));
        data.insert('MailmergeTemplate', { Name: 'Letter', Filename: 'letter.doc', Body: body });
        const [template] = data.query('SELECT Body FROM MailmergeTemplate');
        assert.deepEqual(template?.get('Body'), body);
    });

    it('know parents and children by relationship name', () => {
        const contact = schema.object('Contact');
        assert.equal(contact?.parentRelationships.get('account')?.name, 'AccountId');
        const contacts = schema.object('Account')?.childRelationships.find((c) => c.relationshipName === 'Contacts');
        assert.deepEqual(
            [contacts?.childObject, contacts?.field, contacts?.cascadeDelete],
            ['Contact', 'AccountId', true]
        );
        assert.deepEqual(schema.object('Case')?.parentRelationships.get('owner')?.referenceTo, ['Group', 'User']);
    });

    it('point only to fields that exist from every child relationship', () => {
        for (const object of schema.objects()) {
            for (const { childObject, field } of object.childRelationships) {
                const child = schema.object(childObject);
                assert.ok(child?.fields.has(field.toLowerCase()), `${object.name}: ${childObject}.${field}`);
            }
        }
    });
});
