import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apexOrg } from './apex-org.ts';

const CLASSES = [
    `public virtual class Base { protected String inherited = 'Acme'; }`,
    `public class Queries extends Base {
        private static final Integer MAX = 1;
        public String name { get { return 'Be' + 'ta'; } }
        private String field = 'Acme';
        public Integer byLocal(String wanted) {
            Set<String> names = new Set<String>{ wanted, 'none' };
            return Database.query('SELECT Id FROM Account WHERE Name IN :names').size();
        }
        public Integer byField() { return Database.countQuery('SELECT COUNT() FROM Account WHERE Name = :field'); }
        public Integer byBase() { return Database.countQuery('SELECT COUNT() FROM Account WHERE Name = :Inherited'); }
        public String byProperty() {
            Account found = Database.query('SELECT Name FROM Account WHERE Name = :name LIMIT :MAX');
            return found.Name;
        }
        public static Integer byStatic() { return Database.query('SELECT Id FROM Account LIMIT :max').size(); }
        public static Integer unknown() { return Database.query('SELECT Id FROM Account WHERE Name = :field').size(); }
        public static Integer locator(String n) {
            Integer count = 0;
            Database.QueryLocatorIterator rows = Database.getQueryLocator('SELECT Id FROM Account WHERE Name = :n').iterator();
            while (rows.hasNext()) { rows.next(); count++; }
            return count;
        }
    }`
];

test('a dynamic query names variables, fields and properties of its caller', () => {
    const apex = apexOrg();
    apex.install(...CLASSES);
    const lines = apex.run(`
        insert new List<Account>{ new Account(Name = 'Acme'), new Account(Name = 'Beta') };
        Queries q = new Queries();
        System.debug(q.byLocal('Acme') + ' ' + q.byField() + ' ' + q.byBase() + ' ' + q.byProperty());
        System.debug(Queries.byStatic() + ' ' + Queries.locator('Beta'));
        String own = 'Beta';
        System.debug(Database.query('SELECT Id FROM Account WHERE Name = :own').size());
    `);
    assert.deepEqual(lines, ['1 1 1 Beta', '1 1', '1']);
});

test('a name that means nothing to the caller is an error', () => {
    const apex = apexOrg();
    apex.install(...CLASSES);
    assert.match(apex.failure('Queries.unknown();'), /System\.QueryException: Variable does not exist: field/);
});
