import assert from 'node:assert/strict';
import fc from '../support/fast-check.ts';
import { describe, it } from 'node:test';
import { apexClass, newApexOrg } from '../apex/support/apex.ts';
import { fuzz, mutated } from '../apex/support/fuzz.ts';

const QUERIES = [
    "SELECT Id, Name, Owner.Name, toLabel(Type) FROM Account WHERE Name LIKE 'A%' AND (NOT Type = null) LIMIT 10",
    'SELECT Id, (SELECT LastName, Email FROM Contacts WHERE Email != null ORDER BY LastName) FROM Account FOR VIEW',
    'SELECT COUNT() FROM Contact WHERE CreatedDate = LAST_N_DAYS:7 OR Account.AnnualRevenue > 1.5e3',
    'SELECT Type, COUNT(Id) c, SUM(AnnualRevenue) FROM Account GROUP BY Type HAVING COUNT(Id) > 1 ORDER BY COUNT(Id) DESC',
    'SELECT Type, Rating, GROUPING(Type), MAX(Name) FROM Account GROUP BY ROLLUP(Type, Rating)',
    "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE LastName IN ('a', 'b')) FOR UPDATE",
    "SELECT FIELDS(STANDARD) FROM Account WHERE Type NOT IN ('x', null) AND CreatedDate >= 2026-01-01T00:00:00Z LIMIT 5",
    'SELECT TYPEOF Owner WHEN User THEN Username ELSE Name END FROM Account ORDER BY Name DESC NULLS LAST OFFSET 1',
    "SELECT Id, FORMAT(AnnualRevenue) revenue FROM Account USING SCOPE mine WHERE Industry = 'x' WITH USER_MODE ALL ROWS",
    'SELECT CALENDAR_YEAR(CreatedDate), AVG(NumberOfEmployees) FROM Account GROUP BY CALENDAR_YEAR(CreatedDate)',
    "SELECT Id FROM User WHERE Username = 'admin@apex.test' AND IsActive = true AND Profile.Name != 'x' ORDER BY Id"
];

const REPLACEMENTS = (
    'SELECT FROM WHERE GROUP BY HAVING ORDER LIMIT OFFSET AND OR NOT IN LIKE INCLUDES EXCLUDES null true 0 -1 1.5 ' +
    "99999999999 '' 'x' '%_' 'a\\'b' 2026-01-01 2026-02-30T99:00:00Z TODAY LAST_N_DAYS:0 NEXT_N_YEARS:99999 USD5 :x ( ) " +
    ', . = != < >= Id Name AccountId Account.Name Owner.Profile.Name Contacts Account Contact Nope__c COUNT() SUM(Id) ' +
    "MIN(Name) FIELDS(ALL) toLabel(Name) DISTANCE(BillingAddress,GEOLOCATION(1,2),'km') TYPEOF END ASC NULLS FIRST"
).split(' ');

const field = fc.constantFrom(
    'Id',
    'Name',
    'Type',
    'AnnualRevenue',
    'CreatedDate',
    'Owner.Name',
    'ParentId',
    'IsDeleted',
    'Site'
);
const value = fc.oneof(
    fc.constantFrom('null', 'true', 'TODAY', 'THIS_YEAR', 'LAST_N_DAYS:3', '2026-01-01', '2026-01-01T00:00:00.000Z'),
    fc.integer().map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.string({ maxLength: 6 }).map((text) => `'${text.replaceAll('\\', '').replaceAll("'", "\\'")}'`)
);
const operator = fc.constantFrom('=', '!=', '<', '<=', '>', '>=', 'LIKE', '<>');
const comparison = fc.oneof(
    fc.tuple(field, operator, value).map((parts) => parts.join(' ')),
    fc
        .tuple(field, fc.constantFrom('IN', 'NOT IN'), fc.array(value, { minLength: 1, maxLength: 3 }))
        .map(([name, word, values]) => `${name} ${word} (${values.join(', ')})`)
);
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
    condition: fc.oneof(
        { depthSize: 'small' },
        comparison,
        fc
            .tuple(tie('condition'), fc.constantFrom('AND', 'OR'), tie('condition'))
            .map(([a, word, b]) => `(${a} ${word} ${b})`),
        tie('condition').map((inner) => `(NOT ${inner})`)
    )
}));
const generated = fc
    .record({
        fields: fc.array(field, { minLength: 1, maxLength: 4 }),
        where: fc.option(condition),
        order: fc.option(fc.tuple(field, fc.constantFrom('', ' ASC', ' DESC NULLS LAST'))),
        limit: fc.option(fc.integer({ min: -1, max: 60_000 }))
    })
    .map(({ fields, where, order, limit }) =>
        [
            `SELECT ${fields.join(', ')} FROM Account`,
            where === null ? '' : ` WHERE ${where}`,
            order === null ? '' : ` ORDER BY ${order.join('')}`,
            limit === null ? '' : ` LIMIT ${limit}`
        ].join('')
    );

const org = newApexOrg();
const { problems, program } = org.apex.compile([
    apexClass(`public class Fuzzed {
        static { for (Integer i = 0; i < 3; i++) insert as system new Account(Name = 'A' + i, AnnualRevenue = i); }
        @AuraEnabled public static Integer run(String soql) {
            return Database.query(soql, AccessLevel.SYSTEM_MODE).size();
        }
    }`)
]);
assert.deepEqual(problems, []);
org.apex.install(program);

/** A query answers, or is a QueryException that says why not; a fault of the engine is thrown. */
function check(soql: string): boolean {
    const outcome = org.apex.aura('Fuzzed', 'run', { soql }, org.admin.userId);
    if (outcome.ok) return true;
    assert.equal(outcome.exceptionType, 'System.QueryException');
    assert.notEqual(outcome.message, '');
    return false;
}

describe('random SOQL', () => {
    it('generated queries answer, or say why not', () => {
        let answered = 0;
        fuzz(0.3, generated, (soql) => {
            if (check(soql)) answered += 1;
        });
        assert.ok(answered > 0);
    });

    it('mutated queries answer, or say why not', () => {
        fuzz(0.245, mutated(QUERIES, REPLACEMENTS), check);
    });

    it('text that is no query is refused', () => {
        fuzz(0.05, fc.string({ unit: 'binary', maxLength: 30 }), (soql) => {
            assert.equal(check(`SELECT ${soql}`), false);
        });
    });
});
