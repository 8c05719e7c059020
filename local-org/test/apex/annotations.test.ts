import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accepts, apexClass, apexTrigger, problemsOf, refuses } from './support/apex.ts';

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
            `public class A {
                public class Plain { public String s; }
                public class Out { @InvocableVariable public List<Plain> all; }
                @InvocableMethod public static List<Out> run(List<Plain> all) { return null; }
            }`,
            'InvocableMethod methods do not support parameter type of List<A.Plain>'
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
