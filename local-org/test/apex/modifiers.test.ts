import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problemsOf, refuses } from './support/apex.ts';

describe('modifiers', () => {
    test('global and webService members need a global class', () => {
        refuses(
            'public class A { global void run() {} }',
            'Defining type for global methods must be declared as global'
        );
        refuses('public class A { global Integer x; }', 'Defining type for global fields must be declared as global');
        refuses(
            'public class A { webService static void run() {} }',
            'Defining type for webService methods must be declared as global'
        );
        refuses('global class A { webService static void run() {} global Integer x; }');
    });

    test('webService methods are static', () => {
        refuses('global class A { webService void run() {} }', 'webService methods must be declared as static');
    });

    test('a class that cannot be extended has no new protected methods', () => {
        refuses(
            'public class A { protected void run() {} }',
            'New protected methods cannot be defined in non-virtual classes'
        );
        refuses('public virtual class A { protected void run() {} }');
        refuses('public abstract class A { protected abstract void run(); }');
    });

    test('methods and constructors have at most 32 parameters', () => {
        const parameters = (count: number): string =>
            Array.from({ length: count }, (_, index) => `Integer p${index}`).join(', ');
        refuses(`public class A { void run(${parameters(32)}) {} }`);
        refuses(`public class A { void run(${parameters(33)}) {} }`, 'Invalid number of parameters exceeds: 32');
        refuses(`public class A { A(${parameters(33)}) {} }`, 'Invalid number of parameters exceeds: 32');
    });
});

describe('annotations', () => {
    test('take only their own properties', () => {
        refuses(
            'public class A { @AuraEnabled(cachable=true) public static void run() {} }',
            'No such property, cachable, defined on this annotation: AuraEnabled'
        );
        refuses(
            'public class A { @TestVisible(a=true) private Integer x; }',
            'No such property, a, defined on this annotation: TestVisible'
        );
        refuses("public class A { @AuraEnabled(cacheable=true scope='global') public static void run() {} }");
        refuses("public class A { @SuppressWarnings('PMD') public void run() {} }");
    });

    test('JsonAccess says what it controls', () => {
        refuses('@JsonAccess public class A {}', 'At least one JSON serialization control parameter must be specified');
        refuses("@JsonAccess(serializable='always') public class A {}");
    });

    test('ReadOnly is for remote and scheduled entry points', () => {
        refuses(
            'public class A { @ReadOnly public static void run() {} }',
            'Only WebService, RemoteAction or Schedulable.execute(SchedulableContext) methods can be marked ReadOnly'
        );
        refuses('public class A { @ReadOnly @RemoteAction public static void run() {} }');
        refuses(
            'public class A implements Schedulable { @ReadOnly public void execute(SchedulableContext context) {} }'
        );
    });

    test('AuraEnabled getters and variables do not share a name', () => {
        refuses(
            'public class A { @AuraEnabled public String name; @AuraEnabled public String getName() { return name; } }',
            'AuraEnabled method and variable cannot have the same name: Name'
        );
    });
});

describe('types', () => {
    test('an interface that leads back to itself is refused', () => {
        refuses('public interface A extends A {}', 'Circular definition: A');
        assert.deepEqual(problemsOf('public interface A extends B {}', 'public interface B extends A {}'), [
            'Circular definition: B',
            'Circular definition: A'
        ]);
        const problems = problemsOf(
            'public interface A extends B { void a(); }',
            'public interface B extends A { void b(); }',
            'public interface C extends A { void c(); }'
        );
        assert.deepEqual(problems, ['Circular definition: B', 'Circular definition: A', 'Circular definition: A']);
    });

    test('collections say what they hold', () => {
        refuses('public class A { List x; }', 'No type arguments provided for a parameterized type: List');
        refuses('public class A { void run(Map x) {} }', 'No type arguments provided for a parameterized type: Map');
    });
});
