import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testData } from '../store/support/test-data.ts';

const data = testData();
data.deploy('CustomObject', 'Invoice__c', { label: 'Invoice', pluralLabel: 'Invoices', sharingModel: 'Private' });
data.deploy('CustomField', 'Invoice__c.Customer__c', { type: 'Lookup', referenceTo: 'Account', label: 'Customer' });
data.deploy('CustomField', 'Invoice__c.Total__c', { type: 'Currency', precision: '16', scale: '2', label: 'Total' });

describe('definitions of objects and fields', () => {
    it('are one row for each object', () => {
        const [row, ...others] = data.query(
            "SELECT QualifiedApiName, DeveloperName, PluralLabel, InternalSharingModel FROM EntityDefinition WHERE Label = 'Invoice'"
        );
        assert.deepEqual(others, []);
        assert.deepEqual(
            ['QualifiedApiName', 'DeveloperName', 'PluralLabel', 'InternalSharingModel'].map((name) => row?.get(name)),
            ['Invoice__c', 'Invoice', 'Invoices', 'Private']
        );
    });

    it('are one row for each field of an object, which must be named', () => {
        const rows = data.query(
            "SELECT DurableId, DataType, EntityDefinition.Label FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Invoice__c' AND QualifiedApiName LIKE '%__c' ORDER BY QualifiedApiName"
        );
        assert.deepEqual(
            rows.map((row) => [
                row.get('DurableId'),
                row.get('DataType'),
                row.parent('EntityDefinition')?.get('Label')
            ]),
            [
                ['Invoice__c.Customer__c', 'Lookup(Account)', 'Invoice'],
                ['Invoice__c.Total__c', 'Currency(14, 2)', 'Invoice']
            ]
        );
        assert.throws(() => data.query('SELECT Id FROM FieldDefinition'), /A filter on a reified column is required/);
    });

    it('are refused by name where the schema does not say', () => {
        assert.throws(
            () => data.query("SELECT IsListVisible FROM FieldDefinition WHERE EntityDefinitionId = 'Account'"),
            /FieldDefinition\.IsListVisible is not supported/
        );
        assert.throws(
            () => data.query("SELECT ValueTypeId FROM FieldDefinition WHERE EntityDefinitionId = 'Account'"),
            /FieldDefinition\.ValueTypeId is not supported/
        );
        for (const name of ['DetailUrl', 'ExternalSharingModel', 'HasSubtypes', 'IsCustomizable', 'IsInterface']) {
            assert.throws(
                () => data.query(`SELECT ${name} FROM EntityDefinition`),
                new RegExp(`EntityDefinition\\.${name}`)
            );
        }
    });

    it('stand behind texts of standard objects that name them', () => {
        assert.deepEqual(data.query('SELECT TriggerObjectOrEvent.QualifiedApiName FROM FlowDefinitionView'), []);
    });
});
