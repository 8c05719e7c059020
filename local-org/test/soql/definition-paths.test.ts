import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testData } from '../store/support/test-data.ts';

const data = testData();

data.deploy('CustomObject', 'Rule__mdt', { label: 'Rule', pluralLabel: 'Rules' });
const reference = { type: 'MetadataRelationship', label: 'Reference' };
data.deploy('CustomField', 'Rule__mdt.Object__c', {
    ...reference,
    fullName: 'Object__c',
    referenceTo: 'EntityDefinition',
    relationshipName: 'Rules'
});
data.deploy('CustomField', 'Rule__mdt.Field__c', {
    ...reference,
    fullName: 'Field__c',
    referenceTo: 'FieldDefinition',
    relationshipName: 'Rules',
    metadataRelationshipControllingField: 'Rule__mdt.Object__c'
});
data.deploy('CustomField', 'Rule__mdt.Part__c', {
    ...reference,
    fullName: 'Part__c',
    referenceTo: 'EntityParticle',
    relationshipName: 'PartRules',
    metadataRelationshipControllingField: 'Rule__mdt.Object__c'
});
data.deploy('CustomMetadata', 'Rule.First', {
    label: 'First',
    values: [
        { field: 'Object__c', value: { type: 'xsd:string', text: 'Contact' } },
        { field: 'Field__c', value: { type: 'xsd:string', text: 'Level__c' } },
        { field: 'Part__c', value: { type: 'xsd:string', text: 'MailingCity' } }
    ]
});

describe('metadata relationships to objects and fields', () => {
    it('lead to what the schema knows of them', () => {
        const [row] = data.query(
            'SELECT Object__r.QualifiedApiName, Object__r.KeyPrefix, Field__r.QualifiedApiName, Field__r.DeveloperName, ' +
                'Part__r.QualifiedApiName ' +
                "FROM Rule__mdt WHERE Object__r.QualifiedApiName = 'contact'"
        );
        assert.equal(row?.parent('Object__r')?.get('QualifiedApiName'), 'Contact');
        assert.equal(row?.parent('Object__r')?.get('KeyPrefix'), '003');
        assert.equal(row?.parent('Field__r')?.get('QualifiedApiName'), 'Level__c');
        assert.equal(row?.parent('Field__r')?.get('DeveloperName'), 'Level');
        assert.equal(row?.parent('Part__r')?.get('QualifiedApiName'), 'MailingCity');
    });

    it('are refused beyond that', () => {
        assert.throws(() => data.query('SELECT Field__r.IsIndexed FROM Rule__mdt'), /FieldDefinition\.IsIndexed/);
    });
});
