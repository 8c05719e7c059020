import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apex, apexTrigger, problemsOf } from './support/apex.ts';

describe('syntax', () => {
    test('is refused where it goes wrong', () => {
        assert.deepEqual(problemsOf('public class A { void f() { Integer i = 5 return; } }'), [
            "Unexpected token 'return'."
        ]);
        assert.deepEqual(problemsOf('public class A { void f() { return }'), ["Unexpected token '}'."]);
        assert.equal(problemsOf("public class A { String s = '\\q'; }").length, 1);
    });
});

describe('names', () => {
    test('that mean nothing', () => {
        apex`return y;`.refuses('Variable does not exist: y', 1);
        apex`
            Foo f;`.refuses('Invalid type: Foo', 2);
        apex`return new Foo();`.refuses('Invalid type: Foo');
        apex`nope();`.refuses('Method does not exist or incorrect signature: void nope() from the type Snippet');
        apex`'a'.nope(1);`.refuses(
            'Method does not exist or incorrect signature: void nope(Integer) from the type String'
        );
        apex`new HttpRequest().setFoo('x');`.refuses(
            'Method does not exist or incorrect signature: void setFoo(String) from the type System.HttpRequest'
        );
        apex`String s = 'a'; return s.size;`.refuses('Variable does not exist: size');
        apex`return System.LoggingLevel.NOPE;`.refuses('Variable does not exist: NOPE');
        apex`List<Foo> f;`.refuses('Invalid type: Foo');
    });

    test('that are taken', () => {
        apex`Integer i; Integer I;`.refuses('Duplicate variable: I');
        apex`Integer i; for (Integer i = 0;;) {}`.refuses('Duplicate variable: i');
        assert.deepEqual(problemsOf('public class A { Integer x; String X; }'), ['Duplicate field: X']);
        assert.deepEqual(problemsOf('public class A { void f(Integer a) {} void F(Integer b) {} }'), [
            'Method already defined: F void A.F(Integer) from the type A'
        ]);
    });

    test('that the caller may not see', () => {
        const hidden =
            'public class Hidden { private static Integer n; private static void f() {} @TestVisible private static void g() {} }';
        apex`return Hidden.n;`.with(hidden).refuses('Variable is not visible: n');
        apex`Hidden.f();`.with(hidden).refuses('Method is not visible: f()');
        apex`Hidden.g();`.with(hidden).refuses('Method is not visible: g()');
        assert.deepEqual(
            problemsOf(hidden, '@IsTest class HiddenTest { @IsTest static void t() { Hidden.g(); } }'),
            []
        );
    });

    test('static and instance members mixed up', () => {
        const mixed =
            'public class Mixed { public Integer n; public static Integer s; public void f() {} public static void g() {} }';
        apex`return Mixed.n;`
            .with(mixed)
            .refuses('Non static field cannot be referenced from a static context: n from the type Mixed');
        apex`return new Mixed().s;`
            .with(mixed)
            .refuses('Static field cannot be referenced from a non static context: s from the type Mixed');
        apex`Mixed.f();`.with(mixed).refuses('Non static method cannot be referenced from a static context: f()');
        apex`new Mixed().g();`.with(mixed).refuses('Static method cannot be referenced from a non static context: g()');
        apex`return this;`.refuses('This cannot be referenced in a static context');
    });
});

test('a method that the platform took away', () => {
    apex`new Account().recalculateFormulas();`.refuses(
        'SObject.recalculateFormulas() is deprecated as of API version 57.0. Use Formula.recalculateFormulas() instead'
    );
});

describe('the object that a constructor call has not made yet', () => {
    const problem = (argument: string): string | undefined =>
        problemsOf(
            `public virtual class Made { Integer n; Integer p { get; set; } static Integer s; Integer f(List<Integer> a) { return 1; }
            public Made() { this(${argument}); } public Made(Object a) {} }`
        )[0];

    test('has no fields, no methods and no this', () => {
        const cases = {
            n: 'Cannot reference instance variables in a constructor invocation: n',
            '1 + p': 'Cannot reference instance variables in a constructor invocation: p',
            'this.n': 'Cannot reference instance variables in a constructor invocation: this',
            'f(null)': 'Cannot reference instance methods in a constructor invocation: Integer Made.f(List<Integer>)',
            'toString()': 'Cannot reference instance methods in a constructor invocation: String Object.toString()',
            s: undefined
        };
        for (const [argument, expected] of Object.entries(cases)) assert.equal(problem(argument), expected);
        assert.deepEqual(
            problemsOf(
                'public class OneException extends Exception { OneException(Integer a) { this(getMessage()); } }'
            ),
            [
                'Cannot reference instance methods in a constructor invocation: ' +
                    'String System.ApexBaseException.getMessage()'
            ]
        );
    });
});

describe('types', () => {
    test('that do not fit', () => {
        apex`Integer i = 'a';`.refuses('Illegal assignment from String to Integer', 1);
        apex`Integer i = 1L;`.refuses('Illegal assignment from Long to Integer');
        apex`Integer i = 1.5;`.refuses('Illegal assignment from Decimal to Integer');
        apex`String s = 5;`.refuses('Illegal assignment from Integer to String');
        apex`Set<String> s = new List<String>();`.refuses('Illegal assignment from List<String> to Set<String>');
        apex`Map<String, Integer> m = new Map<String, String>();`.refuses(
            'Illegal assignment from Map<String,String> to Map<String,Integer>'
        );
        apex`if (1) {}`.refuses('Condition expression must be of type Boolean: Integer');
        apex`return (Integer) 'a';`.refuses(
            'Incompatible types since an instance of String is never an instance of Integer'
        );
        apex`return new Account() instanceof String;`.refuses(
            'Operation instanceof is always false since an instance of Account is never an instance of String'
        );
        apex`Object o = true ? 1 : 'a';`.refuses('Incompatible types in ternary operator: Integer, String');
        apex`throw 'a';`.refuses('Throw expression must be of type exception: String');
        apex`for (String s : 5) {}`.refuses('Loop must iterate over collection: Integer');
        apex`for (Integer i : new List<String>()) {}`.refuses('Invalid loop variable type expected String was Integer');
        apex`insert 'a';`.refuses('DML requires SObject or SObject list type: String');
        apex`Integer i = 99999999999;`.refuses('Illegal integer');
    });

    test('that operators refuse', () => {
        apex`return 1 + true;`.refuses('Arithmetic expressions must use numeric arguments');
        apex`return !1;`.refuses('! operator can only be applied to boolean expressions');
        apex`return -'a';`.refuses('Unary negation must use a numeric argument');
        apex`return 1 && true;`.refuses('Logical operator can only be applied to Boolean');
        apex`return 'a' == 1;`.refuses('Comparison arguments must be compatible types: String, Integer');
        apex`return true < false;`.refuses('Inequality operator not allowed for this type: Boolean');
        apex`5 = 6;`.refuses('Expression cannot be assigned');
        apex`1 + 1;`.refuses('Expression cannot be a statement.');
    });
});

describe('flow', () => {
    test('code that cannot run, values that are not returned', () => {
        apex`return 1; Integer i;`.refuses('Unreachable statement');
        apex`while (true) {} Integer i;`.refuses('Unreachable statement');
        apex`break;`.refuses('Break statement must be in loop');
        assert.deepEqual(problemsOf('public class A { Integer f(Boolean b) { if (b) return 1; } }'), [
            'Missing return statement required return type: Integer'
        ]);
        assert.deepEqual(problemsOf('public class A { void f() { return 1; } }'), [
            'Void method must not return a value'
        ]);
        assert.deepEqual(
            problemsOf('public class A { Integer f() { throw new DmlException(); } Integer g() { while (true) {} } }'),
            []
        );
        apex`try { } catch (Exception e) { } catch (DmlException e) { }`.refuses(
            'Exception type already caught: System.DmlException'
        );
    });
});

describe('declarations', () => {
    test('of classes', () => {
        assert.deepEqual(problemsOf('public class A extends B {}', 'public class B {}'), [
            'Non-virtual and non-abstract type cannot be extended: B'
        ]);
        assert.deepEqual(problemsOf('public class A extends Exception {}'), [
            'Classes extending Exception must have a name ending in Exception: A'
        ]);
        assert.deepEqual(problemsOf('class A {}'), ['Top-level type must have public or global visibility']);
        assert.deepEqual(
            problemsOf('public virtual class A extends B {}', 'public virtual class B extends A {}').slice(0, 1),
            ['Circular definition: A']
        );
        assert.deepEqual(problemsOf('public class A { class B { class C {} } }'), [
            'Inner types are not allowed to have inner types'
        ]);
        assert.deepEqual(problemsOf('public class A { public void B() {} public C() {} }'), [
            'Invalid constructor name: C'
        ]);
    });

    test('of overrides', () => {
        const base = 'public virtual class Base { public virtual void f() {} public void g() {} }';
        assert.deepEqual(problemsOf(base, 'public class Sub extends Base { public void f() {} }'), [
            'Method must use the override keyword: void Sub.f()'
        ]);
        assert.deepEqual(problemsOf(base, 'public class Sub extends Base { public override void g() {} }'), [
            'Non-virtual, non-abstract methods cannot be overridden: void Sub.g()'
        ]);
        assert.deepEqual(problemsOf(base, 'public class Sub extends Base { public override void h() {} }'), [
            '@Override specified for non-overriding method: void Sub.h()'
        ]);
        assert.deepEqual(problemsOf('public class A { public abstract void f(); }'), [
            'Defining type for abstract methods must be declared as abstract'
        ]);
    });

    test('of annotated methods', () => {
        assert.deepEqual(problemsOf("@RestResource(urlMapping='/a') public class A { }"), [
            'RestResource classes must be declared as global'
        ]);
        assert.deepEqual(
            problemsOf("@RestResource(urlMapping='a') global class A { @HttpGet public static void f() {} }"),
            ["Rest Resource url must begin with a forward slash, '/'", 'HttpGet methods must be declared as global']
        );
        assert.deepEqual(problemsOf('public class A { @future static Integer f() { return 1; } }'), [
            'Future methods do not support return type of Integer'
        ]);
        assert.deepEqual(problemsOf('public class A { @AuraEnabled static void f() {} }'), [
            'AuraEnabled methods require at least one of the following global, public'
        ]);
        assert.deepEqual(problemsOf('@IsTest class A { @IsTest static void f(Integer i) {} }'), [
            'Test methods must have no arguments'
        ]);
        assert.deepEqual(problemsOf('public class A { @Nope void f() {} }'), ['Annotation does not exist: Nope']);
    });

    test('of triggers', () => {
        assert.deepEqual(problemsOf(apexTrigger('trigger T on Nope (before insert) {}')), [
            "Trigger type isn't an SObject: Nope"
        ]);
        assert.deepEqual(problemsOf(apexTrigger('trigger T on Account (before insert, before insert) {}')), [
            'Duplicate Trigger Usage: before insert'
        ]);
    });
});

describe('broken classes', () => {
    test('take along what depends on them, and nothing else', () => {
        const problems = problemsOf(
            'public class Broken { Integer i = x; }',
            'public class Needs { Broken b; }',
            'public class NeedsMore { Needs n; }',
            'public class Fine { Integer i; }'
        );
        assert.deepEqual(problems, [
            'Variable does not exist: x',
            'Dependent class is invalid and needs recompilation:\n Class Broken : Variable does not exist: x',
            'Dependent class is invalid and needs recompilation:\n Class Needs : Variable does not exist: x'
        ]);
    });

    test('that do not parse do so too', () => {
        const problems = problemsOf('public class Broken { ', 'public class Needs { Broken b; }');
        assert.equal(problems.length, 2);
        assert.match(problems[1] ?? '', /^Dependent class is invalid/);
    });
});

describe('platform members that do not run here', () => {
    test('are told apart from those that do not exist', () => {
        apex`UserManagement.obfuscateUser(null);`.refuses(
            'Method not implemented in the local org: System.UserManagement.obfuscateUser(Id)'
        );
        apex`UserManagement.nope();`.refuses(
            'Method does not exist or incorrect signature: void nope() from the type System.UserManagement'
        );
    });
});
