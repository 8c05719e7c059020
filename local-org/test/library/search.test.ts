import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSosl } from '../../src/soql/sosl/parse-sosl.ts';
import { parseTerm } from '../../src/soql/sosl/search-term.ts';
import { allPass, apexOrg } from './apex-org.ts';

const ROWS = `
    insert new List<Account>{
        new Account(Name = 'Acme Tools', Phone = '555-0101'),
        new Account(Name = 'Acme Foods', Description = 'fresh bread'),
        new Account(Name = 'Other')
    };
    insert new Contact(LastName = 'Acme', Email = 'bread@example.com');
`;

test('a search looks at words of the fields in scope and gives one list per object', () => {
    const apex = apexOrg();
    apex.run(ROWS);
    const lines = apex.run(`
        String term = 'acm*';
        String wanted = 'Acme Foods';
        List<List<SObject>> all = [FIND :term IN ALL FIELDS RETURNING Account(Name ORDER BY Name), Contact(LastName)];
        System.debug(all[0].size() + ' ' + all[1].size() + ' ' + ((Account) all[0][0]).Name);
        List<Account> named = [FIND 'Acme' IN NAME FIELDS RETURNING Account(Id, Name WHERE Name = :wanted LIMIT 1)][0];
        System.debug(named[0].Name);
        System.debug(Search.query('FIND {bread} IN EMAIL FIELDS RETURNING Account, Contact')[1].size());
        System.debug(Search.query('FIND {fresh AND NOT tools} RETURNING Account(Name)')[0]);
        System.debug(Search.find('FIND {acme} RETURNING Account(Name), Contact').get('Account').size());
        System.debug(Limits.getSoslQueries());
    `);
    assert.equal(lines[0], '2 1 Acme Foods');
    assert.equal(lines[1], 'Acme Foods');
    assert.equal(lines[2], '1');
    assert.match(lines[3] ?? '', /^\(Account:\{.*Name=Acme Foods.*\}\)$/);
    assert.deepEqual(lines.slice(4), ['2', '5']);
});

test('a search of a test finds what the test says', () => {
    const apex = apexOrg();
    apex.install(`@IsTest class SearchTest {
        @IsTest static void nothingByItself() {
            insert new Account(Name = 'Acme');
            Assert.areEqual(0, [FIND 'Acme' RETURNING Account][0].size());
        }
        @IsTest static void fixed() {
            Account a = new Account(Name = 'Acme');
            Account b = new Account(Name = 'Beta');
            insert new List<Account>{ a, b };
            Test.setFixedSearchResults(new List<Id>{ a.Id, b.Id });
            List<List<SObject>> found = [FIND 'whatever' RETURNING Account(Name WHERE Name != 'Beta'), Contact];
            Assert.areEqual(1, found[0].size());
            Assert.areEqual(0, found[1].size());
        }
    }`);
    allPass(apex.test());
});

test('objects, fields and clauses of a search are checked', () => {
    const apex = apexOrg();
    const problem = (search: string): string =>
        apex.problems(`public class Wrong { Object a = ${search}; }`).join('\n');
    assert.match(problem("[FIND 'xy' RETURNING Nothing__c]"), /sObject type 'Nothing__c' is not supported/);
    assert.match(problem("[FIND 'xy' RETURNING Account(Nope__c)]"), /No such column 'Nope__c'/);
    assert.match(
        apex.failure("Search.query('FIND {x} RETURNING Account');"),
        /System\.SearchException: .*longer than one/
    );
    assert.match(apex.failure("Search.query('LOOK {xy}');"), /System\.SearchException/);
});

test('terms combine words, phrases and operators', () => {
    const found = (term: string, ...texts: string[]): boolean => parseTerm(term)(texts);
    assert.equal(found('acme foods', 'Foods by Acme'), true);
    assert.equal(found('"acme foods"', 'Foods by Acme'), false);
    assert.equal(found('"acme foods"', 'The ACME Foods'), true);
    assert.equal(found('ac?e', 'acme'), true);
    assert.equal(found('acm', 'acme'), false);
    assert.equal(found('tools OR (acme AND NOT foods)', 'acme foods'), false);
    assert.throws(() => found('(acme', 'acme'));
});

test('the parts of a search', () => {
    assert.deepEqual(parseSosl("FIND {a\\}b} IN NAME FIELDS RETURNING Account(Id WHERE Id IN ('x') LIMIT 1) LIMIT 5"), {
        term: { kind: 'text', text: 'a\\}b' },
        scope: 'NAME',
        returning: [
            {
                object: 'Account',
                fields: 'Id',
                where: "Id IN ('x')",
                orderBy: undefined,
                limit: '1',
                offset: undefined
            }
        ],
        limit: 5,
        mode: undefined
    });
    for (const clause of ['SNIPPET', 'HIGHLIGHT', "DIVISION = 'Global'", "NETWORK = '1'", "PricebookId = '1'"]) {
        const [name = ''] = clause.split(' ');
        assert.throws(() => parseSosl(`FIND {ab} WITH ${clause}`), new RegExp(`WITH ${name} in SOSL is not supported`));
    }
    assert.throws(
        () => parseSosl('FIND {ab} WITH DATA CATEGORY a AT b'),
        /WITH DATA CATEGORY in SOSL is not supported/
    );
    assert.deepEqual(parseSosl("FIND {ab} WITH SPELL_CORRECTION = false WITH METADATA = 'LABELS' LIMIT 3").limit, 3);
});

test('the access mode of a search is that of its clause', () => {
    assert.equal(parseSosl('FIND {ab} RETURNING Account WITH USER_MODE LIMIT 3').mode, 'USER_MODE');
    assert.equal(parseSosl('FIND {ab} WITH SYSTEM_MODE').mode, 'SYSTEM_MODE');
});
