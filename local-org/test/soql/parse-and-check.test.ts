import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { analyzeQuery } from '../../src/soql/analyze.ts';
import { SoqlError } from '../../src/soql/errors.ts';
import { parseSoql } from '../../src/soql/parser.ts';
import { testData } from '../store/support/test-data.ts';

const { schema } = testData();

function check(soql: string): ReturnType<typeof analyzeQuery> {
    return analyzeQuery(parseSoql(soql), schema);
}

function errorOf(soql: string): SoqlError {
    try {
        check(soql);
    } catch (error) {
        if (error instanceof SoqlError) return error;
        throw error;
    }
    throw new Error(`no error in: ${soql}`);
}

const NO_COLUMN =
    "No such column 'Nope__c' on entity 'Account'. If you are attempting to use a custom field, be sure to append the " +
    "'__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.";

describe('checking queries', () => {
    it('answers the columns a query gives, with their fields', () => {
        const query = check(
            'select id, OWNER.Profile.name, (SELECT Id FROM contacts) from account a WHERE a.Name = null'
        );
        const columns = query.columns.map((column) => (column.kind === 'field' ? column.path.name : column.kind));
        assert.deepEqual(columns, ['Id', 'Owner.Profile.Name', 'children']);
        assert.equal(query.object.name, 'Account');
    });

    it('points at an unknown field as the platform does', () => {
        const error = errorOf('SELECT Nope__c FROM Account');
        const expected = `\nSELECT Nope__c FROM Account\n       ^\nERROR at Row:1:Column:8\n${NO_COLUMN}`;
        assert.deepEqual([error.errorCode, error.message, error.detail], ['INVALID_FIELD', expected, NO_COLUMN]);
        assert.deepEqual(error.position, { offset: 7, row: 1, column: 8 });
    });

    it('counts rows of a query over several lines', () => {
        assert.deepEqual(errorOf('SELECT Id\nFROM Account\nWHERE Nope__c = 1').position, {
            offset: 29,
            row: 3,
            column: 7
        });
    });

    const refusals: readonly (readonly [soql: string, code: string, detail: RegExp])[] = [
        ['SELECT Id FROM Nope', 'INVALID_TYPE', /^sObject type 'Nope' is not supported\. If you are attempting/],
        ['SELECT Nope.Name FROM Account', 'INVALID_FIELD', /^Didn't understand relationship 'Nope' in field path\./],
        [
            'SELECT (SELECT Id FROM Nopes) FROM Account',
            'INVALID_TYPE',
            /^Didn't understand relationship 'Nopes' in FROM part of query call\./
        ],
        ['SELECT Id FROM Account WHERE', 'MALFORMED_QUERY', /^unexpected token: '<EOF>'$/],
        ['SELECT Id FROM Account LIMIT x', 'MALFORMED_QUERY', /^unexpected token: 'x'$/],
        ["SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", 'MALFORMED_QUERY', /'OR'/],
        ["SELECT Id FROM Account WHERE Name = 'a", 'MALFORMED_QUERY', /missing closing quote/],
        [String.raw`SELECT Id FROM Account WHERE Name = '\x'`, 'MALFORMED_QUERY', /illegal escape sequence/],
        ['SELECT Id, Id FROM Account', 'INVALID_FIELD', /^duplicate field selected: Id$/],
        ['SELECT Name n FROM Account', 'MALFORMED_QUERY', /^only aggregate expressions use field aliasing$/],
        ['SELECT Name, COUNT(Id) FROM Account', 'MALFORMED_QUERY', /^Field must be grouped or aggregated: Name$/],
        ['SELECT SUM(Name) FROM Account', 'MALFORMED_QUERY', /does not support aggregate operator SUM/],
        [
            'SELECT MAX(ActivityDate) FROM Task',
            'MALFORMED_QUERY',
            /ActivityDate does not support aggregate operator MAX/
        ],
        [
            'SELECT MIN(ActivityDate) FROM Event',
            'MALFORMED_QUERY',
            /ActivityDate does not support aggregate operator MIN/
        ],
        ['SELECT COUNT(), Name FROM Account', 'MALFORMED_QUERY', /COUNT\(\) must be the only element/],
        [
            "SELECT Id FROM Account WHERE AnnualRevenue > '5'",
            'INVALID_FIELD',
            /^value of filter criterion for field 'AnnualRevenue' must be of type double and should not be enclosed in quotes$/
        ],
        [
            'SELECT Id FROM Account WHERE Name = 5',
            'INVALID_FIELD',
            /^value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes$/
        ],
        ["SELECT Id FROM Account WHERE Id = 'x'", 'INVALID_QUERY_FILTER_OPERATOR', /^invalid ID field: x$/],
        [
            "SELECT Id FROM Account WHERE Id LIKE '0%'",
            'INVALID_QUERY_FILTER_OPERATOR',
            /^invalid operator on id field$/
        ],
        ["SELECT Id FROM Account WHERE Description = 'x'", 'INVALID_FIELD', /can not be filtered in a query call/],
        ['SELECT Id FROM Account ORDER BY Description', 'INVALID_FIELD', /can not be sorted in a query call/],
        ['SELECT FIELDS(ALL) FROM Account', 'MALFORMED_QUERY', /must have a LIMIT of at most 200/],
        [
            'SELECT Id FROM Account WHERE Id IN (SELECT Name FROM Contact)',
            'MALFORMED_QUERY',
            /^The selected field 'Name'/
        ],
        [
            'SELECT Id FROM Account WHERE Id IN (SELECT OwnerId FROM Contact)',
            'MALFORMED_QUERY',
            /^The selected field 'OwnerId' .* should point to the same object type$/
        ],
        [
            'SELECT Id FROM Account WHERE Id IN (SELECT ParentId FROM Account)',
            'MALFORMED_QUERY',
            /^The inner and outer selects should not be on the same object type$/
        ],
        [
            "SELECT Id FROM Account WHERE Name = 'a' OR Id IN (SELECT AccountId FROM Contact)",
            'MALFORMED_QUERY',
            /^Semi join sub-selects are only allowed at the top level WHERE expressions/
        ],
        [
            'SELECT Id FROM Account WHERE NOT Id IN (SELECT AccountId FROM Contact)',
            'MALFORMED_QUERY',
            /^Semi join sub-selects are only allowed at the top level/
        ],
        [
            'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE Id IN (SELECT WhoId FROM Task))',
            'MALFORMED_QUERY',
            /^Nesting of semi join sub-selects is not supported$/
        ],
        [
            'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact) AND Id IN (SELECT AccountId FROM ' +
                'Opportunity) AND Id NOT IN (SELECT AccountId FROM Case)',
            'MALFORMED_QUERY',
            /^Maximum 2 semi join sub-selects are allowed\.$/
        ],
        ['SELECT Id FROM Account WHERE COUNT(Id) > 1', 'MALFORMED_QUERY', /allowed in HAVING only/],
        [
            'SELECT Name, COUNT(Id) FROM Account GROUP BY Name HAVING Phone = null',
            'MALFORMED_QUERY',
            /^Field must be grouped or aggregated: Phone$/
        ],
        [
            'SELECT Name, COUNT(Id) FROM Account GROUP BY Name ORDER BY Phone',
            'MALFORMED_QUERY',
            /^Ordered field must be grouped or aggregated: Phone$/
        ],
        ['SELECT convertCurrency(Name) FROM Account', 'MALFORMED_QUERY', /only supported on currency fields/],
        [
            "SELECT Id FROM Account WHERE DISTANCE(BillingAddress, GEOLOCATION(1, 2), 'mi') = 20",
            'INVALID_QUERY_FILTER_OPERATOR',
            /^invalid operator$/
        ],
        [
            "SELECT Id FROM Account WHERE DISTANCE(Name, GEOLOCATION(1, 2), 'mi') < 20",
            'INVALID_FIELD',
            /does not support function DISTANCE/
        ],
        [
            "SELECT Id FROM Account WHERE DISTANCE(BillingAddress, GEOLOCATION(1, 2), 'feet') < 20",
            'MALFORMED_QUERY',
            /unexpected argument of function DISTANCE/
        ],
        ['SELECT Id FROM Account USING SCOPE nothing', 'MALFORMED_QUERY', /unexpected token: 'nothing'/],
        ['SELECT Id FROM Account USING SCOPE delegated', 'MALFORMED_QUERY', /only tasks are delegated/],
        ['SELECT Id FROM Account USING SCOPE my_territory', 'NOT_SUPPORTED_LOCALLY', /needs territory management/],
        [
            'SELECT Id FROM Account USING SCOPE team',
            'NOT_SUPPORTED_LOCALLY',
            /USING SCOPE team, which needs account teams/
        ]
    ];
    for (const [soql, code, detail] of refusals) {
        it(`refuses ${soql}`, () => {
            const error = errorOf(soql);
            assert.equal(error.errorCode, code);
            assert.match(error.detail, detail);
        });
    }

    const unsupported = [
        'SELECT Id FROM Account WITH DATA CATEGORY Geography__c AT usa__c',
        'SELECT Id FROM EntityParticle'
    ];
    for (const soql of unsupported) {
        it(`says that the local org does not support ${soql}`, () => {
            assert.throws(() => check(soql), SoqlError);
            assert.match(errorOf(soql).message, /unexpected token|not supported by the local org/);
        });
    }

    it('reads every clause in lower case and over lines', () => {
        const query = check(
            `select count(id) c, calendar_year(createddate) from account where name like 'a%' and not (phone = null)
             with security_enforced group by rollup(calendar_year(createddate)) having count(id) > 1
             order by count(id) desc nulls last limit 5 offset 1 for view all rows`
        );
        assert.deepEqual(
            [query.mode, query.groupBy?.kind, query.allRows, query.orderBy[0]?.nullsLast],
            ['SECURITY_ENFORCED', 'rollup', true, true]
        );
    });
});
