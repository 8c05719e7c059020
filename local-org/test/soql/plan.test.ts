import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { analyzeQuery } from '../../src/soql/analyze.ts';
import { explainQuery } from '../../src/soql/execute.ts';
import { parseSoql } from '../../src/soql/parser.ts';
import { EXTERNAL_KEY, testData } from '../store/support/test-data.ts';

const data = testData();
data.deploy('CustomField', 'Account.Key__c', EXTERNAL_KEY);
const acme = data.insert('Account', { Name: 'Acme', Key__c: 'k1' });

function plan(where: string): string {
    const { schema, store, access, system } = data;
    const query = analyzeQuery(parseSoql(`SELECT Id FROM Account WHERE ${where}`), schema);
    const context = {
        schema,
        store,
        access,
        caller: system,
        binds: new Map(),
        now: 0,
        timeZone: 'GMT',
        allRows: false
    };
    const found = explainQuery(query, context);
    return found.kind === 'scan' ? 'scan' : `${found.field.name}(${found.keys.size})`;
}

describe('the plan of a query', () => {
    const plans: readonly (readonly [where: string, plan: string])[] = [
        [`Id = '${acme.value}'`, 'Id(1)'],
        [`Name = 'Acme' AND Id = '${acme.value.slice(0, 15)}'`, 'Id(1)'],
        ["Key__c IN ('k1', 'k2') AND Name = 'Acme'", 'Key__c(2)'],
        ["Name = 'Acme' AND Phone = null", 'Name(1)'],
        [`ParentId = '${acme.value}'`, 'ParentId(1)'],
        ['Id IN (SELECT AccountId FROM Contact)', 'Id(0)'],
        ["Name = 'Acme' OR Phone = null", 'scan'],
        ["Name != 'Acme'", 'scan'],
        ["NOT Name = 'Acme'", 'scan'],
        ['Name = null', 'scan'],
        ["Key__c IN ('k1', null)", 'scan'],
        ["Parent.Name = 'Acme'", 'scan'],
        ["Name LIKE 'Acme'", 'scan'],
        [`Id = '${acme.value}' ALL ROWS`, 'scan']
    ];
    for (const [where, expected] of plans) {
        it(`is ${expected} for ${where}`, () => assert.equal(plan(where), expected));
    }

    it('tells apart case-sensitive keys that differ in case', () => {
        assert.deepEqual(data.column("SELECT Name FROM Account WHERE Key__c = 'k1'"), ['Acme']);
        assert.deepEqual(data.column("SELECT Name FROM Account WHERE Key__c = 'K1'"), []);
    });
});
