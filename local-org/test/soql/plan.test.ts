import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { analyzeQuery } from '../../src/soql/analyze.ts';
import { executeQuery, explainQuery } from '../../src/soql/execute.ts';
import { parseSoql } from '../../src/soql/parser.ts';
import type { QueryPlan } from '../../src/soql/plan.ts';
import type { QueryContext } from '../../src/soql/query-context.ts';
import { EXTERNAL_KEY, testData, type TestData } from '../store/support/test-data.ts';

const data = testData();
data.deploy('CustomField', 'Account.Key__c', EXTERNAL_KEY);
const acme = data.insert('Account', { Name: 'Acme', Key__c: 'k1' });

function contextOf(of: TestData): QueryContext & { readonly meter: { visited: number } } {
    const { schema, store, access, system } = of;
    return {
        schema,
        store,
        access,
        caller: system,
        binds: new Map(),
        now: 0,
        timeZone: 'GMT',
        allRows: false,
        meter: { visited: 0 }
    };
}

function plan(where: string): string {
    const query = analyzeQuery(parseSoql(`SELECT Id FROM Account WHERE ${where}`), data.schema);
    return nameOf(explainQuery(query, contextOf(data)));
}

function nameOf(found: QueryPlan): string {
    if (found.kind === 'scan') return 'scan';
    if (found.kind === 'union') return found.parts.map(nameOf).join(' or ');
    return `${found.field.name}(${found.keys.size})`;
}

const many = testData();
many.deploy('CustomField', 'Account.Key__c', EXTERNAL_KEY);

/** Rows that a query looks at. */
function visits(soql: string): number {
    const context = contextOf(many);
    executeQuery(analyzeQuery(parseSoql(soql), many.schema), context);
    return context.meter.visited;
}

describe('the plan of a query', () => {
    const plans: readonly (readonly [where: string, plan: string])[] = [
        [`Id = '${acme.value}'`, 'Id(1)'],
        [`Name = 'Acme' AND Id = '${acme.value.slice(0, 15)}'`, 'Id(1)'],
        ["Key__c IN ('k1', 'k2') AND Name = 'Acme'", 'Key__c(2)'],
        ["Name = 'Acme' AND Phone = null", 'Name(1)'],
        [`ParentId = '${acme.value}'`, 'ParentId(1)'],
        ['Id IN (SELECT AccountId FROM Contact)', 'Id(0)'],
        ["Parent.Name = 'Acme'", 'ParentId(1)'],
        ["Parent.Parent.Key__c IN ('k1', 'k2')", 'ParentId(0)'],
        [`Parent.Id = '${acme.value}'`, 'ParentId(1)'],
        ["Owner.Name = 'Acme'", 'OwnerId(0)'],
        ["Parent.Phone = '1'", 'scan'],
        ["Name = 'Acme' OR Phone = null", 'scan'],
        ["Name != 'Acme'", 'scan'],
        ["NOT Name = 'Acme'", 'scan'],
        ['Name = null', 'scan'],
        ["Key__c IN ('k1', null)", 'scan'],
        ["Name LIKE 'Acme'", 'scan'],
        [`Id = '${acme.value}' ALL ROWS`, 'Id(1)'],
        ["Name = 'Acme' ALL ROWS", 'scan'],
        ["Name = 'Acme' OR Key__c = 'k1'", 'Name(1) or Key__c(1)'],
        [`Phone = null AND (Name IN ('a', 'b') OR Id = '${acme.value}')`, 'Name(2) or Id(1)'],
        ["Name = 'Acme' OR Name != 'Acme'", 'scan'],
        ["(Name = 'Acme' OR Key__c = 'k1') AND Key__c = 'k2'", 'Key__c(1)']
    ];
    for (const [where, expected] of plans) {
        it(`is ${expected} for ${where}`, () => assert.equal(plan(where), expected));
    }

    it('tells apart case-sensitive keys that differ in case', () => {
        assert.deepEqual(data.column("SELECT Name FROM Account WHERE Key__c = 'k1'"), ['Acme']);
        assert.deepEqual(data.column("SELECT Name FROM Account WHERE Key__c = 'K1'"), []);
    });
});

describe('the rows that a query looks at', () => {
    const parent = many.insert('Account', { Name: 'Parent', Key__c: 'p' });
    const ids = Array.from({ length: 500 }, (_, index) =>
        many.insert('Account', { Name: `Row ${index}`, Key__c: `r${index}`, ParentId: parent })
    );
    ids.slice(0, 20).forEach((AccountId, index) => many.insert('Contact', { LastName: `C${index}`, AccountId }));
    const [first] = ids;
    const queries: readonly (readonly [soql: string, most: number])[] = [
        [`SELECT Id FROM Account WHERE Id = '${first.value}'`, 1],
        ["SELECT Id FROM Account WHERE Key__c = 'r77'", 1],
        ["SELECT Id FROM Account WHERE Name = 'row 77'", 1],
        ["SELECT Id FROM Account WHERE Name IN ('Row 1', 'Row 2', 'Row 3')", 3],
        ["SELECT Id FROM Account WHERE Name = 'Row 1' OR Key__c = 'r2' OR Key__c = 'r1'", 2],
        ["SELECT Id FROM Account WHERE Phone = null AND (Name = 'Row 1' OR Key__c = 'r2')", 2],
        [`SELECT Id FROM Contact WHERE AccountId = '${first.value}'`, 1],
        // One row of each side.
        ["SELECT Id FROM Contact WHERE AccountId IN (SELECT Id FROM Account WHERE Key__c = 'r5')", 2],
        ["SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Key__c = 'r5'", 2],
        ['SELECT Id FROM Account ORDER BY Id LIMIT 10', 10],
        ['SELECT Id FROM Account ORDER BY Id LIMIT 10 OFFSET 5', 15],
        ['SELECT Id FROM Account LIMIT 1', 1],
        ["SELECT COUNT() FROM Account WHERE Key__c IN ('r1', 'r2')", 2],
        ["SELECT COUNT(Id) FROM Account WHERE Key__c = 'r1' GROUP BY Name", 1]
    ];
    for (const [soql, most] of queries) {
        it(`are ${most} for ${soql}`, () => assert.equal(visits(soql), most));
    }

    it('are all of them without an index', () => {
        assert.ok(visits('SELECT Id FROM Account WHERE Phone = null ORDER BY Name LIMIT 1') > 500);
    });

    it('are in order of their ids after a rollback too', () => {
        const before = many.column('SELECT Name FROM Account');
        const point = many.database.savepoint();
        many.database.hideOrgData();
        many.database.rollback(point);
        many.database.release(point);
        assert.deepEqual(many.column('SELECT Name FROM Account'), before);
        assert.deepEqual(many.column('SELECT Name FROM Account ORDER BY Id LIMIT 3'), before.slice(0, 3));
    });
});
