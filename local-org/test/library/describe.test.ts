import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apexOrg } from './apex-org.ts';

test('a field tells what it depends on and what it can do', () => {
    const apex = apexOrg();
    apex.deploy('CustomField', 'Account.Country__c', {
        label: 'Country',
        type: 'Picklist',
        valueSet: { valueSetDefinition: { value: [{ fullName: 'DE', label: 'Germany', default: 'true' }] } }
    });
    apex.deploy('CustomField', 'Account.Region__c', {
        label: 'Region',
        type: 'Picklist',
        valueSet: {
            controllingField: 'Country__c',
            valueSetDefinition: { value: [{ fullName: 'North', label: 'North', default: 'false' }] }
        }
    });
    apex.deploy('CustomField', 'Account.Twice__c', {
        label: 'Twice',
        type: 'Number',
        precision: '18',
        scale: '0',
        formula: 'NumberOfEmployees * 2',
        formulaTreatBlanksAs: 'BlankAsZero'
    });
    const lines = apex.run(`
        Schema.DescribeFieldResult region = Account.Region__c.getDescribe();
        System.debug(region.isDependentPicklist() + ' ' + region.getController());
        System.debug(Account.Country__c.getDescribe().isDependentPicklist());
        System.debug(Account.Twice__c.getDescribe().isFormulaTreatNullNumberAsZero());
        System.debug(Account.BillingStreet.getDescribe().getCompoundFieldName());
        System.debug(Contact.FirstName.getDescribe().getCompoundFieldName());
        System.debug(Account.Name.getDescribe().getCompoundFieldName());
        System.debug(Account.NumberOfEmployees.getDescribe().isAggregatable());
        System.debug(Account.Description.getDescribe().isAggregatable());
        System.debug(Account.Name.getDescribe().isPermissionable() + ' ' + Account.Phone.getDescribe().isPermissionable());
    `);
    assert.deepEqual(lines, [
        'true Country__c',
        'false',
        'true',
        'BillingAddress',
        'Name',
        'null',
        'true',
        'false',
        'false true'
    ]);
});

test('an object tells about merging, searching and what it belongs to', () => {
    const lines = apexOrg().run(`
        Schema.DescribeSObjectResult account = Account.SObjectType.getDescribe();
        System.debug(account.isMergeable() + ' ' + account.isSearchable() + ' ' + account.isDeprecatedAndHidden());
        System.debug(Opportunity.SObjectType.getDescribe().isMergeable());
        System.debug(AccountShare.SObjectType.getDescribe().getAssociateParentEntity());
        System.debug(account.getAssociateEntityType());
        System.debug(account.getSObjectDescribeOption());
    `);
    assert.deepEqual(lines, ['true true false', 'false', 'Account', 'null', 'FULL']);
});

test('the profile says which record type new records get', () => {
    const apex = apexOrg();
    for (const name of ['Big', 'Small']) apex.deploy('RecordType', `Account.${name}`, { label: name, active: 'true' });
    const text = `for (Schema.RecordTypeInfo info : Account.SObjectType.getDescribe().getRecordTypeInfos()) {
        if (info.isDefaultRecordTypeMapping()) System.debug(info.getDeveloperName());
    }`;
    assert.deepEqual(apex.run(text), ['Master']);
    apex.deploy('Profile', 'Admin', {
        recordTypeVisibilities: [
            { recordType: 'Account.Big', default: 'false', visible: 'true' },
            { recordType: 'Account.Small', default: 'true', visible: 'true' }
        ]
    });
    assert.deepEqual(apex.run(text), ['Small']);
});
