import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apexClass, newApexOrg } from './support/apex.ts';

const BODY = `
    public class Shown {
        @AuraEnabled
        public static List<String> fields() {
            List<String> found = new List<String>();
            Schema.FieldSet shown = Account.SObjectType.getDescribe().fieldSets.getMap().get('short');
            for (Schema.FieldSetMember member : shown.getFields()) {
                found.add(member.getFieldPath() + ' ' + member.getType() + ' ' + member.getRequired());
            }
            return found;
        }
    }`;

describe('field sets', () => {
    test('give the fields they show, over relationships too, and leave out what has gone', () => {
        const org = newApexOrg();
        org.metadata.put({
            type: 'FieldSet',
            fullName: 'Account.Short',
            files: new Map(),
            document: {
                fullName: 'Short',
                label: 'Short',
                displayedFields: [
                    { field: 'Name', isRequired: 'true' },
                    { field: 'Owner.Email', isRequired: 'false' },
                    { field: 'Gone__c', isRequired: 'false' }
                ]
            }
        });
        const { problems, program } = org.apex.compile([apexClass(BODY)]);
        assert.deepEqual(problems, []);
        org.apex.install(program);
        const outcome = org.apex.aura('Shown', 'fields', {}, org.admin.userId);
        assert.deepEqual(outcome.ok && outcome.returnValue, ['Name STRING true', 'Owner.Email EMAIL false']);
    });
});
