import { describe, test } from 'node:test';
import { apex, problemsOf } from './support/apex.ts';
import assert from 'node:assert/strict';

/** What a construct does when it runs: a name, the statements of a method, the classes beside it, the value returned. */
type Run = readonly [construct: string, body: string, classes: readonly string[], value: unknown];

const SHAPES = `public abstract class Shape {
    public static String trace = 'S';
    public String own = 'f';
    { trace += own + 'i'; }
    public Shape() { this('d'); trace += '0'; }
    protected Shape(String mark) { trace += mark; }
    public abstract String area();
    public virtual String name() { return 'shape'; }
    public class Circle extends Shape {
        public Circle() { super(); trace += 'c'; }
        public override String area() { return 'round'; }
        public override String name() { return 'circle of ' + super.name(); }
    }
}`;

const OVERLOADS = `public class Loads {
    public static String f(Object a) { return 'Object'; }
    public static String f(SObject a) { return 'SObject'; }
    public static String f(Account a) { return 'Account'; }
    public static String f(Long a) { return 'Long'; }
    public static String f(Integer a) { return 'Integer'; }
    public static String f(List<String> a) { return 'List'; }
}`;

const RUNS: readonly Run[] = [
    ['initialisation order and constructors chained', 'new Shape.Circle(); return Shape.trace;', [SHAPES], 'Sfid0c'],
    [
        'abstract, virtual, override and super',
        'Shape s = new Shape.Circle(); return s.area() + s.name();',
        [SHAPES],
        'roundcircle of shape'
    ],
    [
        'overloads by static type',
        'SObject a = new Account(); Object b = 1; return Loads.f(a) + Loads.f(b) + Loads.f(new Account()) + Loads.f(1) + Loads.f(1L) + Loads.f(new List<String>());',
        [OVERLOADS],
        'SObjectObjectAccountIntegerLongList'
    ],
    [
        'interfaces and instanceof',
        `Object o = new Ranked(); Object plain = 1;
        return (o instanceof Comparable) + ' ' + (o instanceof Ranked) + ' ' + (plain instanceof Comparable);`,
        ['public class Ranked implements Comparable { public Integer compareTo(Object other) { return 0; } }'],
        'true true false'
    ],
    [
        'enums',
        "Season one = Season.valueOf('FALL'); return one.name() + one.ordinal() + Season.values().size() + (one == Season.FALL);",
        ['public enum Season { SPRING, FALL }'],
        'FALL12true'
    ],
    [
        'properties with accessors',
        'Boxed b = new Boxed(); b.size = 4; return b.size + b.twice;',
        [
            'public class Boxed { public Integer size { get; set { size = value + 1; } } public Integer twice { get { return size * 2; } } }'
        ],
        15
    ],
    [
        'static state of a class',
        'Counting.next(); return Counting.next();',
        ['public class Counting { static Integer n = 1; public static Integer next() { return ++n; } }'],
        3
    ],
    [
        'casts of collections and numbers',
        "Object o = new List<Object>{ 'a' }; Long big = 5; Decimal price = big; return ((List<Object>) o).size() + Integer.valueOf(price);",
        [],
        6
    ],
    [
        'switch on values',
        "String out = ''; for (Integer i : new List<Integer>{ 1, 2, 3 }) { switch on i { when 1, 2 { out += 'low'; } when else { out += 'high'; } } } return out;",
        [],
        'lowlowhigh'
    ],
    [
        'switch on null and text',
        "String s; switch on s { when 'a' { return 1; } when null { return 2; } when else { return 3; } }",
        [],
        2
    ],
    [
        'switch on SObject types',
        "SObject o = new Contact(LastName = 'C'); switch on o { when Account a { return 'a'; } when Contact c { return c.LastName; } when else { return ''; } }",
        [],
        'C'
    ],
    ['safe navigation', 'Account a; return a?.Owner?.Name?.length();', [], null],
    ['null coalescing', "String s; return s ?? null ?? 'z';", [], 'z'],
    ['ternaries nest to the right', 'Integer n = 2; return n == 1 ? 1 : n == 2 ? 20 : 30;', [], 20],
    [
        'for, while and do with break and continue',
        'Integer n = 0; for (Integer i = 0; ; i++) { if (i == 2) continue; if (i > 4) break; n += i; } while (n < 10) n++; do { n--; } while (n > 20); return n;',
        [],
        9
    ],
    [
        'SOQL for loops, single and in batches',
        "insert new List<Account>{ new Account(Name = 'L1'), new Account(Name = 'L2') }; Integer n = 0; for (Account a : [SELECT Id FROM Account WHERE Name LIKE 'L_']) n++; for (List<Account> some : [SELECT Id FROM Account WHERE Name LIKE 'L_']) n += some.size() * 10; return n;",
        [],
        22
    ],
    [
        'try, catch by type and finally',
        "String out = ''; try { Integer i = 1 / 0; } catch (NullPointerException e) { out += 'n'; } catch (MathException e) { out += e.getMessage(); } finally { out += '!'; } return out;",
        [],
        'Divide by 0!'
    ],
    ['a return in finally wins', 'try { return 1; } finally { return 2; }', [], 2],
    [
        'exceptions of the org',
        "try { throw new OddException('odd', new MathException('cause')); } catch (OddException e) { return e.getMessage() + e.getCause().getMessage() + e.getTypeName(); }",
        ['public class OddException extends Exception {}'],
        'oddcauseOddException'
    ],
    ['strings of many lines', "String s = '''\none\n  two'''; return s;", [], 'one\n  two'],
    [
        'Integer wraps, Long wraps',
        'Integer i = 2147483647; Long l = 9223372036854775807L; return (i + 1) + String.valueOf(l + 1);',
        [],
        '-2147483648-9223372036854775808'
    ],
    ['division of Integers drops the rest', 'Decimal d = 7 / 2; return d;', [], 3],
    [
        'text equality without case, identity with it',
        "return ('a' == 'A') + ' ' + ('a' === 'A') + ' ' + 'a'.equals('A');",
        [],
        'true false false'
    ],
    [
        'generic collections of collections',
        "Map<String, List<Set<Integer>>> m = new Map<String, List<Set<Integer>>>{ 'a' => new List<Set<Integer>>{ new Set<Integer>{ 1 } } }; return m.get('a')[0].contains(1);",
        [],
        true
    ],
    [
        'local type names hidden by variables',
        "Account account = new Account(Name = 'A'); return account.Name;",
        [],
        'A'
    ],
    [
        'an instance of a class by its name',
        "return ((Boxed2) Type.forName('Boxed2').newInstance()).n;",
        ['public class Boxed2 { public Integer n = 7; }'],
        7
    ]
];

/** Rules that the compiler holds declarations to; what it says. */
const RULES: readonly (readonly [rule: string, source: string, problem: string])[] = [
    [
        '@AuraEnabled instance methods',
        'public class A { @AuraEnabled public String find() { return null; } }',
        "Non static AuraEnabled methods must be named with a prefix 'get'"
    ],
    [
        '@InvocableMethod parameters',
        'public class A { @InvocableMethod public static void f(String a) {} }',
        'Unsupported parameter type String. Valid invocable parameters must be List types like List<T> where T is a supported type'
    ],
    [
        '@future results',
        'public class A { @Future public static Integer f() { return 1; } }',
        'Future methods do not support return type of Integer'
    ],
    [
        '@HttpGet outside of REST',
        'public class A { @HttpGet global static void f() {} }',
        'Defining type for global methods must be declared as global'
    ],
    [
        '@TestSetup with all data',
        '@IsTest(SeeAllData=true) private class A { @TestSetup static void f() {} }',
        'Test class cannot be annotated with @isTest(SeeAllData=true)'
    ],
    [
        '@JsonAccess without values',
        '@JsonAccess public class A {}',
        'At least one JSON serialization control parameter must be specified'
    ],
    [
        'interface completeness',
        'public class A implements Comparable {}',
        'Class A must implement the method: Integer System.Comparable.compareTo(Object)'
    ],
    [
        'return paths',
        'public class A { Integer f(Boolean b) { if (b) return 1; } }',
        'Missing return statement required return type: Integer'
    ],
    ['unreachable code', 'public class A { void f() { return; f(); } }', 'Unreachable statement'],
    [
        'columns of queries',
        'public class A { Object f() { return [SELECT Nope__c FROM Account]; } }',
        "No such column 'Nope__c' on entity 'Account'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names."
    ],
    [
        'child relationships of queries',
        'public class A { Object f() { return [SELECT (SELECT Id FROM Nopes) FROM Account]; } }',
        "Didn't understand relationship 'Nopes' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names."
    ],
    [
        'types of binds',
        'public class A { Object f() { return [SELECT Id FROM Account WHERE Name = :1]; } }',
        'Invalid bind expression type of Integer for column of type String'
    ],
    [
        'objects of queries',
        'public class A { Object f() { return [SELECT Id FROM Nope__c]; } }',
        "sObject type 'Nope__c' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names."
    ]
];

describe('the language', () => {
    for (const [construct, body, classes, value] of RUNS) {
        test(construct, () => {
            const snippet = apex({ raw: [body] } as unknown as TemplateStringsArray);
            snippet.with(...classes).returns(value);
        });
    }

    for (const [rule, source, problem] of RULES) {
        test(`refuses by the rules of ${rule}`, () => {
            assert.equal(problemsOf(source)[0], problem);
        });
    }
});
