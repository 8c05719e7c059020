import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apexOrg, type ApexOrg } from './apex-org.ts';

function withObjects(): ApexOrg {
    const apex = apexOrg();
    const object = (name: string, document: Record<string, string>, ...fields: readonly string[]): void => {
        apex.deploy('CustomObject', name, { label: name, ...document });
        fields.forEach((field) => {
            apex.deploy('CustomField', `${name}.${field}`, { label: field, type: 'Text', length: '80' });
        });
    };
    object('Config__mdt', {}, 'Url__c');
    object('Levels__c', { customSettingsType: 'Hierarchy' }, 'First__c', 'Second__c');
    object('Countries__c', { customSettingsType: 'List' }, 'Code__c');
    for (const name of ['Main', 'Other']) {
        const values = [{ field: 'Url__c', value: `https://${name}.example` }];
        apex.deploy('CustomMetadata', `Config.${name}`, { label: `${name} label`, values });
    }
    return apex;
}

test('custom metadata is read by name without a query', () => {
    const lines = withObjects().run(`
        Config__mdt main = Config__mdt.getInstance('Main');
        System.debug(main.Url__c + ' ' + main.MasterLabel + ' ' + main.DeveloperName);
        System.debug(Config__mdt.getInstance('Missing'));
        System.debug(Config__mdt.getInstance(main.Id).Url__c);
        Map<String, Config__mdt> all = Config__mdt.getAll();
        System.debug(all.size() + ' ' + all.get('Other').Url__c + ' ' + Limits.getQueries());
    `);
    assert.deepEqual(lines, [
        'https://Main.example Main label Main',
        'null',
        'https://Main.example',
        '2 https://Other.example 0'
    ]);
});

test('a query of custom metadata counts when it asks for a long text', () => {
    const apex = withObjects();
    const type = { type: 'LongTextArea', length: '1000', visibleLines: '3' };
    apex.deploy('CustomField', 'Config__mdt.Notes__c', { label: 'Notes', ...type });
    const lines = apex.run(`List<Config__mdt> found = [SELECT DeveloperName, Url__c FROM Config__mdt];
        Integer amount = [SELECT COUNT() FROM Config__mdt];
        System.debug(found.size() + amount + ' ' + Limits.getQueries() + ' ' + Limits.getQueryRows());
        found = [SELECT DeveloperName, Notes__c FROM Config__mdt];
        System.debug(Limits.getQueries() + ' ' + Limits.getQueryRows());`);
    assert.deepEqual(lines, ['4 0 0', '1 2']);
});

test('the id of a custom metadata record tells its type, and stands in what refers to it', () => {
    const apex = withObjects();
    apex.deploy('CustomObject', 'Use__mdt', { label: 'Use' });
    apex.deploy('CustomField', 'Use__mdt.Config__c', {
        label: 'Config',
        type: 'MetadataRelationship',
        referenceTo: 'Config__mdt',
        relationshipName: 'Uses'
    });
    apex.deploy('CustomMetadata', 'Use.First', { label: 'First', values: [{ field: 'Config__c', value: 'Other' }] });
    const lines = apex.run(`
        Id other = Config__mdt.getInstance('Other').Id;
        System.debug(other.getSObjectType() + ' ' + (other == Config__mdt.getInstance('Main').Id));
        Use__mdt use = [SELECT Config__c, Config__r.DeveloperName FROM Use__mdt];
        System.debug((use.Config__c == other) + ' ' + use.Config__r.DeveloperName);
    `);
    assert.deepEqual(lines, ['Config__mdt false', 'true Other']);
});

test('a hierarchy gives the lowest level, with what it leaves empty from above', () => {
    const lines = withObjects().run(`
        System.debug(Levels__c.getInstance().First__c + ' ' + (Levels__c.getInstance().SetupOwnerId == UserInfo.getUserId()));
        System.debug(Levels__c.getValues(UserInfo.getUserId()));
        System.debug(Levels__c.getOrgDefaults().Id);
        insert new Levels__c(SetupOwnerId = UserInfo.getOrganizationId(), First__c = 'org', Second__c = 'org');
        insert new Levels__c(SetupOwnerId = UserInfo.getProfileId(), Second__c = 'profile');
        Levels__c own = Levels__c.getInstance();
        System.debug(own.First__c + ' ' + own.Second__c);
        System.debug(Levels__c.getOrgDefaults().Second__c + ' ' + Levels__c.getValues(UserInfo.getProfileId()).First__c);
    `);
    assert.deepEqual(lines, ['null true', 'null', 'null', 'org profile', 'org null']);
});

test('a list setting is read by name', () => {
    const lines = withObjects().run(`
        insert new Countries__c(Name = 'Germany', Code__c = 'DE');
        System.debug(Countries__c.getInstance('Germany').Code__c + ' ' + Countries__c.getValues('France'));
        System.debug(Countries__c.getAll().keySet());
    `);
    assert.deepEqual(lines, ['DE null', '{Germany}']);
});

test('other objects have no such methods', () => {
    const problems = apexOrg().problems(`public class Wrong { Object a = Account.getAll(); }`);
    assert.equal(problems.length, 1);
});
