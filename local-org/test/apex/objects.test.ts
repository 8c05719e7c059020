import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allPass, apexOrg } from '../library/apex-org.ts';

test('initialisers of a class and its bases run before the first constructor', () => {
    const org = apexOrg();
    org.install(
        `public virtual class Base {
            public List<String> log = new List<String>{ 'base' };
            public Base() { onNew(); }
            protected virtual void onNew() { log.add('plain'); }
        }`,
        `public class Derived extends Base {
            private List<String> own = new List<String>{ 'own' };
            public Derived() { super(); own.add('constructor'); log.addAll(own); }
            protected override void onNew() { own.add('called'); }
        }`,
        `public class FailedException extends Exception {
            public String code = 'E1';
        }`
    );
    const lines = org.run(`
        System.debug(String.join(new Derived().log, ' '));
        System.debug(new FailedException('x').code + ' ' + ((Derived) Type.forName('Derived').newInstance()).log.size());
    `);
    assert.deepEqual(lines, ['base own called constructor', 'E1 4']);
});

test('an object is read from JSON without a constructor to call', () => {
    const org = apexOrg();
    org.install(`public class Point {
        public Integer x;
        public Integer scale = 2;
        public Point(Integer x) { this.x = x; }
    }`);
    const lines = org.run(`
        Point p = (Point) JSON.deserialize('{"x":3}', Point.class);
        System.debug(p.x + ' ' + p.scale);
    `);
    assert.deepEqual(lines, ['3 2']);
});

test('results of DML are made from JSON, as mocks do', () => {
    const lines = apexOrg().run(`
        String text = '{"success":false,"id":"001000000000001AAA","errors":[{"message":"bad","statusCode":"REQUIRED_FIELD_MISSING","fields":["Name"]}]}';
        Database.SaveResult saved = (Database.SaveResult) JSON.deserialize(text, Database.SaveResult.class);
        Database.Error error = saved.getErrors()[0];
        System.debug(saved.isSuccess() + ' ' + saved.getId() + ' ' + error.getMessage() + ' ' + error.getStatusCode() + ' ' + error.getFields());
        List<Database.UpsertResult> upserts = (List<Database.UpsertResult>)
            JSON.deserialize('[{"success":true,"created":true}]', List<Database.UpsertResult>.class);
        System.debug(upserts[0].isSuccess() + ' ' + upserts[0].isCreated());
        String action = '{"success":true,"outputParameters":{"a":1},"errors":[{"code":"X"}]}';
        Invocable.Action.Result done = (Invocable.Action.Result) JSON.deserialize(action, Invocable.Action.Result.class);
        System.debug(done.isSuccess() + ' ' + done.getOutputParameters() + ' ' + done.getErrors()[0].getCode());
    `);
    assert.deepEqual(lines, [
        'false 001000000000001AAA bad REQUIRED_FIELD_MISSING (Name)',
        'true true',
        'true {a=1} X'
    ]);
});

test('an Iterable of Objects passes for one of any type, and an interface of no stated scope can be called', () => {
    const org = apexOrg();
    org.install(
        `public class Joiner {
            interface Part { String text(); }
            public class Word implements Part { public String text() { return 'w'; } }
            private static String joined(Iterable<String> parts) { return String.join(parts, '-'); }
            public static String all(Iterable<Object> parts) { return joined(parts); }
            @TestVisible private static Part part() { return new Word(); }
        }`,
        `@IsTest private class JoinerTest {
            @IsTest static void joins() {
                Assert.areEqual('a-b', Joiner.all(new List<Object>{ 'a', 'b' }));
                Assert.areEqual('w', Joiner.part().text());
            }
        }`
    );
    allPass(org.test());
});

test('DML of no records is no statement, and a null text in a collection shows as null', () => {
    const org = apexOrg();
    org.install('public class Silent { public override String toString() { return null; } }');
    const lines = org.run(`
        insert new List<Account>();
        System.debug(Limits.getDmlStatements() + ' ' + new List<Silent>{ new Silent() });
    `);
    assert.deepEqual(lines, ['0 (null)']);
});

test('a mock answers a request that names no endpoint; jobs of a finalizer run in the same test', () => {
    const org = apexOrg();
    org.install(
        `public class Step implements Queueable, Finalizer {
            private Integer left;
            public Step(Integer left) { this.left = left; }
            public void execute(QueueableContext context) {
                insert new Account(Name = 'step ' + left);
                System.attachFinalizer(this);
            }
            public void execute(FinalizerContext context) {
                if (left > 1 && !System.isQueueable()) System.enqueueJob(new Step(left - 1));
            }
        }`,
        `@IsTest private class StepTest implements HttpCalloutMock {
            public HttpResponse respond(HttpRequest request) {
                return new HttpResponse();
            }
            @IsTest static void runsAll() {
                Test.startTest();
                System.enqueueJob(new Step(3));
                Test.stopTest();
                Assert.areEqual(3, [SELECT COUNT() FROM Account]);
            }
            @IsTest static void answers() {
                Test.setMock(HttpCalloutMock.class, new StepTest());
                Assert.isNotNull(new Http().send(new HttpRequest()));
            }
        }`
    );
    allPass(org.test());
});

test('a trigger of an event that throws RetryableException sees the events again', () => {
    const org = apexOrg();
    org.deploy('CustomObject', 'Ping__e', { label: 'Ping', pluralLabel: 'Pings' });
    org.install(
        `trigger PingTrigger on Ping__e (after insert) {
            EventBus.TriggerContext context = EventBus.TriggerContext.currentContext();
            if (context.retries < 2) throw new EventBus.RetryableException('later');
            insert new Account(Name = context.retries + ' ' + context.lastError);
        }`,
        `@IsTest private class PingTest {
            @IsTest static void retries() {
                EventBus.publish(new Ping__e());
                for (Integer i = 0; i < 3; i++) Test.getEventBus().deliver();
                Assert.areEqual('2 later', [SELECT Name FROM Account].Name);
                Assert.isNull(EventBus.TriggerContext.currentContext());
            }
        }`
    );
    allPass(org.test());
});

test('a trigger of an event runs as Automated Process, or as the user that is configured', () => {
    const org = apexOrg();
    org.deploy('CustomObject', 'Ping__e', { label: 'Ping', pluralLabel: 'Pings' });
    const user = 'admin@apex.local';
    org.deploy('PlatformEventSubscriberConfig', 'Named', { platformEventConsumer: 'NamedTrigger', user });
    const body = `(after insert) {
        insert new Account(Name = UserInfo.getName(), Description = 'by ' + Trigger.new[0].CreatedById, Site = UserInfo.getProfileId());
    }`;
    org.install(
        `trigger PlainTrigger on Ping__e ${body}`,
        `trigger NamedTrigger on Ping__e ${body}`,
        `@IsTest private class PingTest {
            @IsTest static void users() {
                EventBus.publish(new Ping__e());
                Test.getEventBus().deliver();
                Account automated = [SELECT Owner.Alias, Description, Site FROM Account WHERE Name = 'Automated Process'];
                Assert.areEqual('autoproc', automated.Owner.Alias);
                Assert.areEqual('by ' + UserInfo.getUserId(), automated.Description);
                Assert.isNull(automated.Site);
                Account named = [SELECT OwnerId FROM Account WHERE Name != 'Automated Process'];
                Assert.areEqual(UserInfo.getUserId(), named.OwnerId);
                User process = [SELECT Name, ProfileId, Email, UserType FROM User WHERE Alias = 'autoproc'];
                Assert.areEqual('AutomatedProcess', process.UserType);
                Assert.isNull(process.ProfileId);
                Assert.isNull(process.Email);
            }
        }`
    );
    allPass(org.test());
});

test('each trigger of an event has its own batches, and goes on behind its checkpoint', () => {
    const org = apexOrg();
    org.deploy('CustomObject', 'Ping__e', { label: 'Ping', pluralLabel: 'Pings' });
    org.deploy('PlatformEventSubscriberConfig', 'Pairs', {
        masterLabel: 'Pairs',
        platformEventConsumer: 'PairTrigger',
        batchSize: '2'
    });
    org.install(
        `trigger PairTrigger on Ping__e (after insert) {
            insert new Account(Name = 'pairs ' + Trigger.new.size());
        }`,
        `trigger StepTrigger on Ping__e (after insert) {
            insert new Account(Name = 'rest ' + Trigger.new.size());
            EventBus.TriggerContext.currentContext().setResumeCheckpoint(Trigger.new[0].ReplayId);
            if (Trigger.new.size() == 4) throw new IllegalArgumentException('stopped');
        }`,
        `trigger FailTrigger on Ping__e (after insert) {
            insert new Account(Name = 'nothing');
            throw new IllegalArgumentException('failed');
        }`,
        `@IsTest private class PingTest {
            @IsTest static void batches() {
                EventBus.publish(new List<Ping__e>{ new Ping__e(), new Ping__e(), new Ping__e(), new Ping__e(), new Ping__e() });
                Test.getEventBus().deliver();
                List<String> names = new List<String>();
                for (Account found : [SELECT Name FROM Account ORDER BY Name]) names.add(found.Name);
                Assert.areEqual(
                    'pairs 1,pairs 2,pairs 2,rest 1,rest 2,rest 3,rest 4,rest 5',
                    String.join(names, ',')
                );
            }
        }`
    );
    allPass(org.test());
    // Outside a test too.
    assert.deepEqual(
        org.run(`EventBus.publish(new List<Ping__e>{ new Ping__e(), new Ping__e(), new Ping__e() });
            System.debug([SELECT COUNT() FROM Account]);`),
        ['0']
    );
    assert.deepEqual(
        org.run(
            "System.debug([SELECT COUNT() FROM Account WHERE Name LIKE 'pairs%'] + ' ' + [SELECT COUNT() FROM Account]);"
        ),
        ['2 5']
    );
});

test('a list or set of ids is one of texts', () => {
    const lines = apexOrg().run(`
        Object ids = new List<Id>{ '001000000000001AAA' };
        System.debug(ids instanceof List<String>);
        System.debug(String.join((List<String>) ids, ','));
        Object more = new Set<Id>{ '001000000000001AAA' };
        System.debug(((Set<String>) more).contains('001000000000001AAA'));
    `);
    assert.deepEqual(lines, ['true', '001000000000001AAA', 'true']);
});
