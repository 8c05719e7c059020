import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allPass, apexOrg } from '../library/apex-org.ts';

describe('names', () => {
    test('of instance fields do not hide types of that name where there is no object', () => {
        const org = apexOrg();
        org.install(`
            public class Query {
                public enum Operator { EQ, NE }
                public final Operator operator;
                public Query(Operator operator) { this.operator = operator; }
                public static Query equal() { return new Query(Operator.EQ); }
                public static Query unequal() { return new Query(Query.Operator.NE); }
            }`);
        assert.deepEqual(
            org.run('System.debug(Query.equal().operator + " " + Query.unequal().operator);'.replaceAll('"', "'")),
            ['EQ NE']
        );
    });

    test('of static fields of bases do not hide types where there is no object', () => {
        const org = apexOrg();
        org.install(
            `public virtual class Base {
                public static Factory Test = new Factory();
                public class Factory { public String name() { return 'factory'; } }
            }`,
            `public class Derived extends Base {
                public static Boolean running() { return Test.isRunningTest(); }
                public String name() { return Test.name(); }
            }`
        );
        assert.deepEqual(org.run("System.debug(Derived.running() + ' ' + new Derived().name());"), ['false factory']);
    });

    test('of methods around a class are found by their arguments', () => {
        const org = apexOrg();
        org.install(`public class Around {
            public static String text(Integer value) { return 'outer'; }
            public class Within { public String text() { return text(1); } }
        }`);
        assert.deepEqual(org.run('System.debug(new Around.Within().text());'), ['outer']);
    });

    test('of objects lead to their fields, and of their field sets', () => {
        const org = apexOrg();
        org.deploy('FieldSet', 'Account.Short', { label: 'Short', displayedFields: [{ field: 'Name' }] });
        const lines = org.run(`
            System.debug(Account.fields.Industry.getDescribe().getName());
            System.debug(SObjectType.Account.FieldSets.Short.getFields().size());
        `);
        assert.deepEqual(lines, ['Industry', '1']);
        assert.match(
            org.failure('Object o = SObjectType.Account.FieldSets.Long_One;'),
            /Field set Long_One does not exist/
        );
    });

    test('of pages are references to them', () => {
        const org = apexOrg();
        org.deploy('ApexPage', 'Summary', { label: 'Summary' });
        assert.deepEqual(org.run('PageReference page = Page.Summary; System.debug(page.getUrl());'), ['/apex/Summary']);
        assert.deepEqual(org.problems('public class A { Object o = Page.Missing; }'), [
            'A:1 Variable does not exist: Page'
        ]);
    });
});

describe('what every object has', () => {
    test('satisfies an interface that asks for it', () => {
        const org = apexOrg();
        org.install(
            'public interface Shown { String toString(); Boolean equals(Object other); }',
            'public class Plain implements Shown { }',
            "public class Named implements Shown { public override String toString() { return 'named'; } }"
        );
        const lines = org.run(`
            List<Shown> all = new List<Shown>{ new Plain(), new Named() };
            System.debug(all[0].toString().startsWith('Plain') + ' ' + all[1].toString() + ' ' + all[0].equals(all[1]));
        `);
        assert.deepEqual(lines, ['true named false']);
    });

    test('includes a copy', () => {
        const org = apexOrg();
        org.install('public class Box { public List<Integer> items = new List<Integer>(); public Integer size = 1; }');
        const lines = org.run(`
            Box first = new Box();
            Box second = (Box) first.clone();
            second.size = 2;
            second.items.add(3);
            System.debug(first.size + ' ' + first.items.size() + ' ' + (first === second));
        `);
        assert.deepEqual(lines, ['1 1 false']);
    });
});

test('a stub answers for an interface and the interfaces it extends', () => {
    const org = apexOrg();
    org.install(
        'public interface Base { Integer count(); }',
        'public interface Service extends Base { String run(String text); }',
        `@IsTest private class ServiceTest implements StubProvider {
            public Object handleMethodCall(Object stub, String name, Type returnType, List<Type> types, List<String> names, List<Object> args) {
                return name == 'count' ? (Object) 3 : (Object) (name + args[0]);
            }
            @IsTest static void answers() {
                Service stub = (Service) Test.createStub(Service.class, new ServiceTest());
                Assert.areEqual('runx', stub.run('x'));
                Assert.areEqual(3, ((Base) stub).count());
            }
        }`
    );
    allPass(org.test());
});

test('a query in one branch of a conditional stands for its row', () => {
    const lines = apexOrg().run(`
        insert new Account(Name = 'x');
        Account none;
        Account found = none == null ? [SELECT Name FROM Account LIMIT 1] : none;
        System.debug(found.Name);
    `);
    assert.deepEqual(lines, ['x']);
});

test('an id of 18 characters is taken though its suffix fits no case', () => {
    assert.deepEqual(apexOrg().run("Id made = '001grhUgrhU0000002'; System.debug(made);"), ['001grhUgrhU0000002']);
});
