import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apexOrg } from '../library/apex-org.ts';

test('a master whose roll-up summary changes is saved with its triggers, and its errors are those of the detail', () => {
    const org = apexOrg();
    org.deploy('CustomObject', 'Invoice__c', { label: 'Invoice', pluralLabel: 'Invoices', sharingModel: 'ReadWrite' });
    org.deploy('CustomObject', 'Line__c', { label: 'Line', pluralLabel: 'Lines', sharingModel: 'ControlledByParent' });
    org.deploy('CustomField', 'Line__c.Invoice__c', {
        type: 'MasterDetail',
        referenceTo: 'Invoice__c',
        relationshipName: 'Lines'
    });
    org.deploy('CustomField', 'Line__c.Amount__c', { type: 'Number', precision: '9', scale: '0', label: 'Amount' });
    org.deploy('CustomField', 'Invoice__c.Total__c', {
        type: 'Summary',
        label: 'Total',
        summaryForeignKey: 'Line__c.Invoice__c',
        summarizedField: 'Line__c.Amount__c',
        summaryOperation: 'sum'
    });
    org.install(
        'public class Seen { public static Integer updates = 0; public static Boolean refuse = false; }',
        `trigger InvoiceTrigger on Invoice__c (after update) {
            Seen.updates++;
            if (Seen.refuse) Trigger.new[0].addError('No more lines');
        }`
    );
    assert.deepEqual(
        org.run(`
            Invoice__c invoice = new Invoice__c();
            insert invoice;
            Line__c line = new Line__c(Invoice__c = invoice.Id, Amount__c = 5);
            insert line;
            System.debug(Seen.updates);
            line.Amount__c = 5;
            update line;
            System.debug(Seen.updates);
            line.Amount__c = 6;
            update line;
            System.debug(Seen.updates + ' ' + [SELECT Total__c FROM Invoice__c].Total__c);
            Seen.refuse = true;
            Database.SaveResult result = Database.insert(new Line__c(Invoice__c = invoice.Id, Amount__c = 1), false);
            System.debug(result.getErrors()[0].getMessage() + ' ' + [SELECT COUNT() FROM Line__c]);
            Seen.refuse = false;
            delete line;
            System.debug(Seen.updates);
            undelete line;
            System.debug(Seen.updates + ' ' + [SELECT Total__c FROM Invoice__c].Total__c);
        `),
        ['1', '1', '2 6', 'No more lines 1', '4', '5 6']
    );
});
