import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apexOrg, type ApexOrg } from '../library/apex-org.ts';

function withInvoices(): ApexOrg {
    const org = apexOrg();
    const object = (name: string): void =>
        org.deploy('CustomObject', name, {
            label: name,
            pluralLabel: name,
            nameField: { label: 'Name', type: 'Text' },
            deploymentStatus: 'Deployed',
            sharingModel: 'ReadWrite'
        });
    const field = (fullName: string, document: Record<string, unknown>): void =>
        org.deploy('CustomField', fullName, {
            fullName: fullName.slice(fullName.indexOf('.') + 1),
            label: fullName,
            ...(document as Record<string, string>)
        });
    object('Invoice__c');
    object('Line__c');
    field('Line__c.Invoice__c', { type: 'MasterDetail', referenceTo: 'Invoice__c', relationshipName: 'Lines' });
    field('Line__c.Amount__c', { type: 'Number', precision: '10', scale: '2' });
    field('Line__c.Due__c', { type: 'Date' });
    field('Line__c.Kind__c', { type: 'Text', length: '20' });
    const summary = { type: 'Summary', summaryForeignKey: 'Line__c.Invoice__c' };
    const amount = { ...summary, summarizedField: 'Line__c.Amount__c' };
    field('Invoice__c.Lines__c', { ...summary, summaryOperation: 'count' });
    field('Invoice__c.Total__c', { ...amount, summaryOperation: 'sum' });
    field('Invoice__c.Fees__c', {
        ...amount,
        summaryOperation: 'sum',
        summaryFilterItems: [
            { field: 'Line__c.Kind__c', operation: 'equals', value: 'Fee, Tax' },
            { field: 'Line__c.Amount__c', operation: 'greaterThan', value: '1' }
        ]
    });
    field('Invoice__c.First__c', { ...summary, summarizedField: 'Line__c.Due__c', summaryOperation: 'min' });
    return org;
}

test('roll-up summaries follow the details as they are', () => {
    const lines = withInvoices().run(`
        Invoice__c invoice = new Invoice__c(Name = 'i');
        insert invoice;
        Invoice__c read = [SELECT Lines__c, Total__c, Fees__c, First__c FROM Invoice__c];
        System.debug(read.Lines__c + ' ' + read.Total__c + ' ' + read.First__c);
        insert new List<Line__c>{
            new Line__c(Name = 'a', Invoice__c = invoice.Id, Amount__c = 10.50, Kind__c = 'Goods', Due__c = Date.newInstance(2026, 5, 2)),
            new Line__c(Name = 'b', Invoice__c = invoice.Id, Amount__c = 2, Kind__c = 'Fee', Due__c = Date.newInstance(2026, 4, 1)),
            new Line__c(Name = 'c', Invoice__c = invoice.Id, Amount__c = 1, Kind__c = 'Tax')
        };
        read = [SELECT Lines__c, Total__c, Fees__c, First__c FROM Invoice__c WHERE Total__c > 13];
        System.debug(read.Lines__c + ' ' + read.Total__c + ' ' + read.Fees__c + ' ' + String.valueOf(read.First__c));
        delete [SELECT Id FROM Line__c WHERE Name = 'a'];
        System.debug([SELECT Total__c FROM Invoice__c ORDER BY Total__c].Total__c);
        System.debug(Invoice__c.First__c.getDescribe().getType() + ' ' + Invoice__c.Total__c.getDescribe().isUpdateable());
    `);
    assert.deepEqual(lines, ['0 0.00 null', '3 13.50 2.00 2026-04-01', '3.00', 'DATE false']);
});
