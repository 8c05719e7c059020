import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apex, apexClass, apexTrigger, problemsOf } from './support/apex.ts';

function refuses(body: string, ...messages: readonly string[]): void {
    assert.deepEqual(problemsOf(body), messages, body);
}

const accepts = (...bodies: readonly string[]): void => bodies.forEach((body) => refuses(body));

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

describe('annotations', () => {
    test('stand where they belong', () => {
        refuses('@AuraEnabled public class A {}', 'AuraEnabled is not allowed on classes');
        refuses('@IsTest public interface A {}', 'IsTest is not allowed on interfaces');
        refuses('public class A { @Future Integer x; }', 'Future is not allowed on fields');
        refuses(
            'public class A { @InvocableVariable public Integer x { get; set; } }',
            'InvocableVariable is not allowed on properties'
        );
        refuses('public class A { @TestSetup A() {} }', 'TestSetup is not allowed on constructors');
        assert.deepEqual(
            problemsOf(
                apexTrigger('trigger T on Account (before insert) { @InvocableMethod public static void f() {} }')
            ),
            ['InvocableMethod is not allowed in triggers']
        );
    });

    test('have values of a kind', () => {
        refuses(
            "public class A { @AuraEnabled(cacheable=true scope='local') public static void f() {} }",
            'Annotation property, scope on AuraEnabled, unknown value: local'
        );
        refuses(
            'public class A { @InvocableMethod(label=true) public static void f() {} }',
            'Invalid value for property label expected type String'
        );
        refuses(
            "@JsonAccess(serializable='sometimes') public class A {}",
            'Annotation property, serializable on JsonAccess, unknown value: sometimes'
        );
        refuses(
            "public class A { @InvocableMethod(iconName='star') public static void f() {} }",
            'Annotation property, the format of iconName on InvocableMethod is invalid, please check if the iconName has the correct formats '
        );
        refuses(
            "public class A { @InvocableMethod(iconName='resource:star:top') public static void f() {} }",
            'Invalid value for property iconName: We cannot find the icon resource:star:top. Ensure that you uploaded the icon as a static resource'
        );
        refuses(
            "public class A { @InvocableMethod(configurationEditor='c-editor') public static void f() {} }",
            'Invalid value for property configurationEditor: c-editor is not a valid Lightning Web Component name'
        );
        accepts("public class A { @InvocableMethod(iconName='slds:standard:account') public static void f() {} }");
    });

    test('depend on the version of the class', () => {
        const body = "@IsTest(testFor='ApexClass:A') private class ATest {}";
        assert.deepEqual(problemsOf(apexClass(body, 65)), [
            'Annotation property, testFor on IsTest, must be in version 66.0 or higher'
        ]);
        assert.deepEqual(problemsOf(apexClass(body, 66)), []);
    });

    test('of tests', () => {
        refuses(
            '@IsTest class A { @TestSetup static void a() {} @TestSetup static void b() {} }',
            'Only one method per type can be defined with: TestSetup'
        );
        refuses(
            'public class A { @TestSetup static void a() {} }',
            'Defining type for TestSetup methods must be declared as IsTest'
        );
        refuses('@IsTest class A { @IsTest @TestSetup static void a() {} }', 'TestSetup methods cannot be IsTest');
        refuses(
            'public class A { @IsTest static void a() {} }',
            'Defining type for IsTest methods must be declared as IsTest'
        );
        refuses(
            '@IsTest class A { @IsTest(isParallel=true) static void a() {} }',
            'Annotation property, isParallel on IsTest, is not allowed on methods'
        );
        refuses(
            '@IsTest(seeAllData=true isParallel=true) class A {}',
            'Test class annotated with @isTest(IsParallel=true) cannot also be annotated with @isTest(SeeAllData=true)'
        );
        refuses(
            '@IsTest(isParallel=true) class A { @IsTest(seeAllData=true) static void f() {} }',
            'Test class annotated with @isTest(IsParallel=true) cannot have any methods annotated with @isTest(SeeAllData=true)'
        );
        refuses(
            '@IsTest class A { @TestSetup static void s() {} @IsTest(seeAllData=true) static void f() {} }',
            'Test class containing a test setup method cannot have any methods annotated with @isTest(SeeAllData=true)'
        );
    });

    test('of flows', () => {
        refuses(
            'public class A { @InvocableMethod @TestVisible public static void f() {} }',
            'The only annotation that can be used with InvocableMethod is Deprecated'
        );
        refuses(
            'public class A { @InvocableMethod public static Integer f() { return 1; } }',
            'InvocableMethod methods do not support return type of Integer'
        );
        refuses(
            'public class A { @InvocableMethod public static void f(List<Object> x) {} }',
            'InvocableMethod methods do not support parameter type of List<Object>'
        );
        refuses(
            'public class A { @InvocableVariable public Map<String, String> x; }',
            'InvocableVariable fields do not support type of Map<String,String>'
        );
        refuses(
            'public class A { @InvocableVariable public static String x; }',
            'InvocableVariable fields cannot be static'
        );
        refuses(
            'public class A { @InvocableVariable String x; }',
            'InvocableVariable fields require at least one of the following global, public'
        );
        refuses(
            "public class A { @InvocableVariable(defaultValue='x') public Integer n; }",
            "The data type of the value for the defaultValue annotation property doesn't match the data type of the 'n' variable. Specify a value with a data type of Integer"
        );
        refuses(
            "public class A { @InvocableVariable(defaultValue='x' required=true) public String n; }",
            'Invalid combination of values for properties required and defaultValue on InvocableVariable'
        );
        accepts(
            'public class A { @InvocableMethod public static List<A> f(List<A> x) { return x; } @InvocableVariable public String s; }'
        );
    });

    test('of components', () => {
        refuses('public class A { @AuraEnabled public static String x; }', 'AuraEnabled fields cannot be static');
        refuses(
            'public class A { @AuraEnabled String x; }',
            'AuraEnabled fields require at least one of the following global, public'
        );
        refuses(
            'public class A { @AuraEnabled public static void f(Set<String> x) {} }',
            'AuraEnabled methods do not support parameter type of Set<String>'
        );
        refuses(
            "public class A { @AuraEnabled(scope='global') public static void f() {} }",
            'Invalid combination of values for properties cacheable and scope on AuraEnabled'
        );
    });

    test('of REST and of remote calls', () => {
        const rest = (method: string): string => `@RestResource(urlMapping='/a') global class A { ${method} }`;
        refuses(
            rest('@HttpPost global static void f(Set<String> x) {}'),
            'HttpPost methods do not support parameter type of Set<String>'
        );
        refuses(
            rest('@HttpPost global static Object f() { return null; }'),
            'HttpPost methods do not support return type of Object'
        );
        refuses(
            'public class A { @RemoteAction static String f() { return null; } }',
            'RemoteAction methods require at least one of the following global, public'
        );
        refuses(
            'public class A { @RemoteAction public static void f(String s) {} @RemoteAction public static void f(Integer i) {} }',
            'Remote Action does not support two remote action methods with the same name and same number of parameters'
        );
        refuses(
            'global class A { webservice static void f() {} webservice static void f(Integer i) {} }',
            'Web Service does not support two web service methods with the same name: void A.f(Integer)'
        );
        refuses(
            'public class A { @NamespaceAccessible public static void f() {} }',
            'Defining type for NamespaceAccessible methods require at least one of the following NamespaceAccessible, global'
        );
        refuses(
            "global class A { @ReadOnly(useReplica='preferred') @RemoteAction global static void f() {} }",
            'Annotation property, useReplica on ReadOnly, value is not valid in your org: preferred'
        );
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

describe('code behind a jump', () => {
    const body = 'public class A { Integer f() { return 1; Integer x = 0; } void g() { return; Integer y = 0; } }';

    test('is refused since API version 42, before that only at the end of a method with a result', () => {
        assert.deepEqual(problemsOf(apexClass(body, 42)), ['Unreachable statement', 'Unreachable statement']);
        assert.deepEqual(problemsOf(apexClass(body, 41)), ['Unreachable statement']);
        assert.deepEqual(problemsOf(apexClass('public class A { Integer f() { return 1; return 2; } }', 41)), []);
    });

    test('a plus in front of anything changes nothing', () => {
        apex`return 'a' + +'b';`.returns('ab');
    });
});
