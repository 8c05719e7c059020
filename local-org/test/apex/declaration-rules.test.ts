import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accepts, apex, problemsOf, refuses } from './support/apex.ts';

describe('names', () => {
    test('that are reserved', () => {
        refuses('public class Inner {}', 'Identifier name is reserved: Inner');
        refuses('public class A { Integer number; }', 'Identifier name is reserved: number');
        refuses('public class A { Integer into { get; set; } }', 'Identifier name is reserved: into');
        refuses('public class A { void f(Date date) {} }', 'Identifier name is reserved: date');
        refuses('public class A { void f() { String string; } }', 'Identifier name is reserved: string');
        refuses('public enum A { BEGIN }', 'Identifier name is reserved: BEGIN');
        accepts('public class A { void number() {} Integer page; Integer first; Integer test; }');
    });

    test('that no type may have', () => {
        refuses('public class Page {}', 'Identifier type is reserved: Page');
        refuses('public class A { class ApexPages {} }', 'Identifier type is reserved: ApexPages');
    });

    test('that are keywords of the parser', () => {
        refuses('public class A { Integer limit; }', "Unexpected token 'limit'.");
        refuses('public class A { void f(String desc) {} }', "Unexpected token 'desc'.");
    });

    test('of characters that are not theirs, or too many', () => {
        refuses('public class A { Integer a__b; }', 'Invalid character in identifier: a__b');
        refuses('public class A { void f_() {} }', 'Invalid character in identifier: f_');
        const long = `A${'b'.repeat(40)}`;
        refuses(`public class ${long} {}`, `Identifier name is too long: ${long}`);
        accepts(`public class ${long.slice(0, 40)} { Integer ${long}; }`);
    });
});

describe('modifiers', () => {
    test('that a declaration cannot have', () => {
        refuses('public static class A {}', 'static is not allowed on classes');
        refuses('public final class A {}', 'classes are by default final');
        refuses('public class A { protected class B {} }', 'protected is not allowed on classes');
        refuses('public with sharing interface A {}', 'withSharing is not allowed on interfaces');
        refuses('public abstract enum A { X }', 'abstract is not allowed on enums');
        refuses('public class A { virtual Integer x; }', 'virtual is not allowed on fields');
        refuses('public class A { override Integer x { get; set; } }', 'override is not allowed on properties');
        refuses('public class A { final void f() {} }', 'methods are by default final');
        refuses('public class A { transient void f() {} }', 'transient is not allowed on methods');
        refuses('public class A { static A() {} }', 'static is not allowed on constructors');
        refuses('public class A { void f() { static Integer x; } }', 'static is not allowed on locals');
        refuses('public class A { void f(public Integer x) {} }', 'public is not allowed on parameters');
        accepts(
            'public class A { final Integer x; transient Integer y; void f(final Integer z) { final Integer w; } }'
        );
    });

    test('that do not go together', () => {
        refuses('public class A { public private Integer x; }', 'Declarations can only have one scope');
        refuses('public class A { public public Integer x; }', 'Duplicate modifier: public');
        refuses('public class A { @TestVisible @TestVisible Integer x; }', 'Duplicate modifier: TestVisible');
        refuses('public virtual class A { protected static Integer x; }', 'protected fields cannot be static');
        refuses('public virtual class A { protected static void f() {} }', 'protected methods cannot be static');
        refuses('public virtual class A { virtual static void f() {} }', 'virtual methods cannot be static');
        refuses('public abstract class A { abstract static void f(); }', 'static methods cannot be abstract');
        refuses('public abstract class A { abstract virtual void f(); }', 'abstract are by default virtual');
        refuses(
            'public class A { protected Integer x { public get; set; } }',
            'Cannot declare public accessor on protected property'
        );
        accepts('public class A { public Integer x { get; private set; } }');
    });

    test('of interface methods are no syntax', () => {
        refuses('public interface A { public void f(); }', "Expecting '}' but was: 'public'");
        refuses('public interface A { @TestVisible void f(); }', "Expecting '}' but was: '@'");
    });
});

describe('global', () => {
    test('needs global around it', () => {
        refuses(
            'public class A { global class B {} }',
            'Enclosing type for global classes in apex classes must be declared as global'
        );
        refuses(
            'public class A { class B { global void f() {} } }',
            'Enclosing type for global methods in apex classes must be declared as global',
            'Defining type for global methods must be declared as global'
        );
        refuses(
            'global abstract class A { abstract void f(); }',
            'global defined types requires that abstract methods must be declared as global'
        );
        accepts('global class A { global class B { global void f() {} } }');
    });

    test('methods name global types', () => {
        refuses(
            'global class A { global B f(List<B> b) { return null; } public class B {} }',
            'global methods do not support parameter type of List<A.B>'
        );
        refuses(
            'global class A { global B f() { return null; } public class B {} }',
            'global methods do not support return type of A.B'
        );
        refuses(
            'global class A { webservice static void f(Map<String, String> m) {} }',
            'webService methods do not support parameter type of Map<String,String>'
        );
        refuses(
            'global class A { webservice Map<String, String> m; }',
            'webService fields do not support type of Map<String,String>'
        );
        refuses(
            'global class A { global B f() { return null; } @Deprecated global class B {} }',
            'Global methods must be deprecated when return type is deprecated: A.B'
        );
        accepts('global class A { global B f(Account a, List<B> b) { return null; } global class B {} }');
    });
});

describe('classes', () => {
    test('of exceptions come with their constructors', () => {
        refuses(
            'public class AException extends Exception { public AException() {} }',
            'System exception constructor already defined: void <init>()'
        );
        refuses(
            'public class AException extends Exception { public AException(String s, Exception e) {} }',
            'System exception constructor already defined: void <init>(String, Exception)'
        );
        accepts("public class AException extends Exception { public AException(Integer i) { this('x' + i); } }");
    });

    test('inside others do not do everything', () => {
        refuses(
            'public class A { abstract class B implements Database.Batchable<SObject> {} }',
            'Only top-level classes can implement Database.Batchable<SObject>'
        );
        refuses('public class A { @IsTest class B {} }', 'IsTest can only be used on a top level type');
    });

    test('without a base have no super', () => {
        refuses('public class A { A() { super(); } }', 'No super type defined: A');
        refuses(
            'public virtual class A { A(Integer i) { this(true); } }',
            'No constructor defined: void <init>(Boolean)'
        );
    });

    test('have a limit of values and of depth', () => {
        const values = (count: number): string => Array.from({ length: count }, (_, index) => `V${index}`).join(', ');
        accepts(`public enum A { ${values(100)} }`);
        refuses(`public enum A { ${values(101)} }`, 'Maximum number of enum items exceeded: 100');
        refuses('public enum A { X, x }', 'Duplicate field: x');
        const nested = (depth: number): string => `${'List<'.repeat(depth)}Integer${'>'.repeat(depth)}`;
        accepts(`public class A { ${nested(8)} x; }`);
        refuses(`public class A { ${nested(9)} x; }`, `Exceeded max parameterized type depth: ${nested(9)}, depth: 9`);
    });
});

describe('final', () => {
    test('is not enforced on local variables', () => {
        apex`final Integer i = 1; i = 2; return i;`.returns(2);
    });
});

describe('switch', () => {
    test('takes numbers, text, enums and objects of any type', () => {
        apex`
            Object o; switch on o { when null {} }`.refuses('Object is not a valid switch expression type', 2);
        apex`Account o; switch on o { when null {} }`.refuses('Account is not a valid switch expression type');
        apex`SObject o; switch on o { when Account a {} when SObject s {} }`.refuses(
            'SObject in the when expression is already matching the switch expression type'
        );
        apex`String o; switch on o { when Account a {} }`.refuses('String cannot be a when type variable block');
    });

    test('faults of values are told where the statement begins', () => {
        apex`
            Integer i = 1;
            switch on i {
                when 1 {}
                when 1 {}
            }`.refuses('1 occurs as more than one when branch for this switch statement', 3);
        apex`
            Integer i = 1;
            switch on i {
                when 'a' {}
            }`.refuses(
            'String value in when expression cannot be implicitly converted to the Integer type in switch expression',
            3
        );
        apex`
            Integer i = 1;
            switch on i {
                when else {}
                when 1 {}
            }`.refuses("'when else' must be the last when block", 3);
    });
});

describe('syntax', () => {
    test('the first problem of a file is told', () => {
        const body = 'public class A {\n    void f( { }\n    String s = "x";\n}';
        assert.equal(problemsOf(body)[0], "Unexpected token '{'.");
    });

    test('annotations have no commas and no numbers', () => {
        refuses(
            "public class A { @AuraEnabled(cacheable=true, scope='global') public static void f() {} }",
            "Expecting ')' but was: ','"
        );
        refuses('public class A { @Future(delay=5) static void f() {} }', "Unexpected token '5'.");
    });
});

describe('implementations of interfaces', () => {
    const I = 'interface I { String f(List<SObject> records); } interface J { String f(List<Account> records); }';

    test('may take lists of records of one object for lists of SObjects, and the other way round', () => {
        const c = "class C implements I { public String f(List<Account> records) { return 'C' + records.size(); } }";
        const d = "class D implements J { public String f(List<SObject> records) { return 'D' + records.size(); } }";
        const body = `public class A { ${I} ${c} ${d}
            public static String run() { I one = new C(); J two = new D(); return one.f(new List<SObject>()) + two.f(new List<Account>()); } }`;
        apex`return A.run();`.with(body).returns('C0D0');
    });

    test('may not take other types for others', () => {
        refuses(
            'public class A { interface I { void f(List<Object> all); } class C implements I { public void f(List<String> all) {} } }',
            'Class A.C must implement the method: void A.I.f(List<Object>)'
        );
        refuses(
            'public class A { interface I { void f(SObject one); } class C implements I { public void f(Account one) {} } }',
            'Class A.C must implement the method: void A.I.f(SObject)'
        );
    });
});
