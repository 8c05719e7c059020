import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { testData } from '../store/support/test-data.ts';
import type { TestData } from '../store/support/test-data.ts';

describe('deployed objects and fields', () => {
    let data: TestData;
    beforeEach(() => {
        data = testData();
        data.deploy('CustomObject', 'Invoice__c', {
            label: 'Invoice',
            pluralLabel: 'Invoices',
            sharingModel: 'Private',
            nameField: { type: 'AutoNumber', label: 'Number', displayFormat: 'INV-{0000}' }
        });
    });

    it('raise the version of the schema, once for each change', () => {
        const before = data.schema.version;
        assert.equal(data.schema.version, before);
        data.deploy('CustomField', 'Invoice__c.Total__c', { type: 'Currency', precision: '16', scale: '2' });
        assert.ok(data.schema.version > before);
        assert.ok(data.schema.object('Invoice__c')?.fields.has('total__c'));
    });

    it('give a custom object the fields every custom object has', () => {
        const invoice = data.schema.object('invoice__c');
        assert.deepEqual([invoice?.kind, invoice?.sharingModel, invoice?.keyPrefix[0]], ['custom', 'Private', 'a']);
        for (const field of ['id', 'ownerid', 'name', 'createddate', 'systemmodstamp', 'isdeleted']) {
            assert.ok(invoice?.fields.has(field), field);
        }
        assert.equal(invoice?.nameField?.autoNumber, true);
        assert.equal(data.schema.objectByKeyPrefix(invoice?.keyPrefix ?? '')?.name, 'Invoice__c');
    });

    it('make a private object shareable', () => {
        assert.equal(data.schema.object('Invoice__Share')?.fields.get('parentid')?.referenceTo[0], 'Invoice__c');
        data.deploy('CustomObject', 'Open__c', { label: 'Open', sharingModel: 'ReadWrite' });
        assert.equal(data.schema.object('Open__Share'), undefined);
    });

    it('give its share the sharing reasons of the object', () => {
        data.deploy('SharingReason', 'Invoice__c.Auditor__c', { label: 'Auditor' });
        const causes = data.schema.object('Invoice__Share')?.fields.get('rowcause')?.picklistValues;
        assert.deepEqual(
            causes?.map(({ value }) => value),
            ['Owner', 'Manual', 'Rule', 'Auditor__c']
        );
    });

    it('turn a lookup into relationships on both sides', () => {
        data.deploy('CustomField', 'Invoice__c.Customer__c', {
            type: 'Lookup',
            referenceTo: 'Account',
            relationshipName: 'Invoices'
        });
        const invoice = data.schema.object('Invoice__c');
        assert.equal(invoice?.parentRelationships.get('customer__r')?.name, 'Customer__c');
        const child = data.schema
            .object('Account')
            ?.childRelationships.find((c) => c.relationshipName === 'Invoices__r');
        assert.deepEqual([child?.childObject, child?.field], ['Invoice__c', 'Customer__c']);
    });

    it('let a master-detail field decide about owner and sharing', () => {
        data.deploy('CustomObject', 'Line__c', { label: 'Line', sharingModel: 'ControlledByParent' });
        data.deploy('CustomField', 'Line__c.Invoice__c', { type: 'MasterDetail', referenceTo: 'Invoice__c' });
        const line = data.schema.object('Line__c');
        assert.equal(line?.fields.has('ownerid'), false);
        assert.equal(line?.sharingModel, 'ControlledByParent');
        const master = line?.fields.get('invoice__c');
        assert.deepEqual([master?.cascadeDelete, master?.nillable, master?.updateable], [true, false, false]);
    });

    it('map every field type of the Metadata API', () => {
        const types: Readonly<Record<string, string>> = {
            AutoNumber: 'string',
            Checkbox: 'boolean',
            Currency: 'currency',
            Date: 'date',
            DateTime: 'datetime',
            Email: 'email',
            EncryptedText: 'encryptedstring',
            Html: 'textarea',
            LongTextArea: 'textarea',
            MultiselectPicklist: 'multipicklist',
            Number: 'double',
            Percent: 'percent',
            Phone: 'phone',
            Picklist: 'picklist',
            Summary: 'currency',
            Text: 'string',
            TextArea: 'textarea',
            Time: 'time',
            Url: 'url'
        };
        for (const type of Object.keys(types)) data.deploy('CustomField', `Invoice__c.${type}__c`, { type });
        const fields = data.schema.object('Invoice__c')?.fields;
        const described = Object.keys(types).map((type) => [type, fields?.get(`${type.toLowerCase()}__c`)?.type]);
        assert.deepEqual(Object.fromEntries(described), types);
    });

    it('read picklist values and their default from the field or a global value set', () => {
        const value = { fullName: 'New', default: 'true', label: 'Brand new' };
        data.deploy('GlobalValueSet', 'Colors', { customValue: [{ fullName: 'Red', default: 'false', label: 'Red' }] });
        data.deploy('CustomField', 'Invoice__c.State__c', {
            type: 'Picklist',
            valueSet: { restricted: 'true', valueSetDefinition: { value: [value] } }
        });
        data.deploy('CustomField', 'Invoice__c.Color__c', { type: 'Picklist', valueSet: { valueSetName: 'Colors' } });
        const fields = data.schema.object('Invoice__c')?.fields;
        const state = fields?.get('state__c');
        assert.equal(state?.restrictedPicklist, true);
        const expected = { value: 'New', label: 'Brand new', active: true, defaultValue: true };
        assert.deepEqual(state?.picklistValues, [expected]);
        assert.equal(fields?.get('color__c')?.picklistValues[0]?.value, 'Red');
    });

    it('give an object RecordTypeId with its first record type, master last', () => {
        assert.equal(data.schema.object('Account')?.fields.has('recordtypeid'), false);
        data.deploy('RecordType', 'Account.Partner', { label: 'Partner', active: 'true' });
        const account = data.schema.object('Account');
        assert.equal(account?.fields.has('recordtypeid'), true);
        const names = account?.recordTypes.map((type) => type.developerName);
        assert.deepEqual(names, ['Partner', 'Master']);
    });

    it('know metadata types, events and settings by name and document', () => {
        data.deploy('CustomObject', 'Rule__mdt', { label: 'Rule' });
        data.deploy('CustomObject', 'Order__e', { label: 'Order', eventType: 'HighVolume' });
        data.deploy('CustomObject', 'Flags__c', { label: 'Flags', customSettingsType: 'Hierarchy' });
        assert.equal(data.schema.object('Rule__mdt')?.kind, 'customMetadata');
        assert.equal(data.schema.object('Order__e')?.queryable, false);
        assert.equal(data.schema.object('Flags__c')?.kind, 'customSetting');
    });
});
