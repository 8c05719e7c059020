import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apexClass, apexTrigger, newApexOrg } from './support/apex.ts';

const EVENT = `
    @IsTest
    private class EventTest implements EventBus.EventPublishSuccessCallback, EventBus.EventPublishFailureCallback {
        private static List<String> log = new List<String>();
        public void onSuccess(EventBus.SuccessResult result) {
            log.add('success ' + result.getEventUuids().size());
        }
        public void onFailure(EventBus.FailureResult result) {
            log.add('failure ' + result.getEventUuids().size());
        }
        private static List<String> heard() {
            List<String> names = new List<String>();
            for (Account heard : [SELECT Name FROM Account ORDER BY Name]) {
                names.add(heard.Name);
            }
            return names;
        }
        private static String used() {
            return Limits.getDmlStatements() + ' ' + Limits.getDmlRows() + ' ' + Limits.getPublishImmediateDML();
        }
        @IsTest
        static void goesOutAtOnce() {
            EventBus.publish(new List<Shout__e>{ new Shout__e(), new Shout__e() });
            Assert.areEqual('0 0 1', used());
        }
        private static Ping__e ping(String text) {
            Ping__e event = (Ping__e) Ping__e.SObjectType.newSObject(null, true);
            event.Text__c = text;
            return event;
        }
        @IsTest
        static void waitsToBeDelivered() {
            Assert.isTrue(EventBus.publish(ping('a')).isSuccess());
            Assert.areEqual('1 1 0', used());
            Assert.isTrue(heard().isEmpty());
            Test.getEventBus().deliver();
            Assert.areEqual(new List<String>{ 'a' }, heard());
        }
        @IsTest
        static void isDeliveredByStopTest() {
            Test.startTest();
            EventBus.publish(new List<Ping__e>{ ping('b'), ping('a') });
            Test.stopTest();
            Assert.areEqual(new List<String>{ 'a', 'b' }, heard());
        }
        @IsTest
        static void lacksARequiredField() {
            Database.SaveResult result = EventBus.publish(new Ping__e());
            Assert.isFalse(result.isSuccess());
            Assert.isNull(EventBus.getOperationId(result));
            Assert.areEqual(StatusCode.REQUIRED_FIELD_MISSING, result.getErrors()[0].getStatusCode());
        }
        @IsTest
        static void itsResultTellsTheUuid() {
            Ping__e event = ping('a');
            Database.SaveResult result = EventBus.publish(event);
            Assert.areEqual(event.EventUuid, EventBus.getOperationId(result));
            Assert.areEqual(StatusCode.OPERATION_ENQUEUED, result.getErrors()[0].getStatusCode());
            Assert.areEqual(event.EventUuid, result.getErrors()[0].getMessage());
            List<Database.SaveResult> results = EventBus.publish(new List<Shout__e>{ new Shout__e(), new Shout__e() });
            UUID first = UUID.fromString(EventBus.getOperationId(results[0]));
            Assert.areNotEqual(first, UUID.fromString(EventBus.getOperationId(results[1])));
            Assert.isNull(EventBus.getOperationId(Database.insert(new Account(Name = 'x'))));
            try {
                EventBus.getOperationId('text');
                Assert.fail('no exception');
            } catch (InvalidParameterValueException e) {
                Assert.isTrue(e.getMessage().contains('Pass a Database.SaveResult'));
            }
        }
        @IsTest
        static void callsBack() {
            EventBus.publish(new List<Ping__e>{ ping('a'), ping('b') }, new EventTest());
            Test.getEventBus().deliver();
            EventBus.publish(ping('c'), new EventTest());
            Test.getEventBus().fail();
            Assert.areEqual(new List<String>{ 'success 2', 'failure 1' }, log);
            Assert.areEqual(new List<String>{ 'a', 'b' }, heard());
        }
        @IsTest
        static void aFailingTriggerIsToldToNoOne() {
            EventBus.publish(ping('bad'));
            Test.getEventBus().deliver();
            Assert.isTrue(heard().isEmpty());
        }
    }`;

const TRIGGER = `
    trigger PingTrigger on Ping__e (after insert) {
        List<Account> accounts = new List<Account>();
        for (Ping__e event : Trigger.new) {
            accounts.add(new Account(Name = event.Text__c));
        }
        insert accounts;
        if (accounts[0].Name == 'bad') {
            throw new IllegalArgumentException('bad');
        }
    }`;

describe('platform events', () => {
    test('reach their triggers when a test delivers them, and answer callbacks', () => {
        const org = newApexOrg();
        org.metadata.put({
            type: 'CustomObject',
            fullName: 'Ping__e',
            files: new Map(),
            document: { label: 'Ping', pluralLabel: 'Pings', eventType: 'HighVolume', deploymentStatus: 'Deployed' }
        });
        org.metadata.put({
            type: 'CustomObject',
            fullName: 'Shout__e',
            files: new Map(),
            document: {
                label: 'Shout',
                pluralLabel: 'Shouts',
                eventType: 'HighVolume',
                publishBehavior: 'PublishImmediately',
                deploymentStatus: 'Deployed'
            }
        });
        org.metadata.put({
            type: 'CustomField',
            fullName: 'Ping__e.Text__c',
            files: new Map(),
            document: { fullName: 'Text__c', label: 'Text', type: 'Text', length: '80', required: 'true' }
        });
        const { problems, program } = org.apex.compile([apexClass(EVENT), apexTrigger(TRIGGER)]);
        assert.deepEqual(problems, []);
        org.apex.install(program);
        const { results } = org.apex.runTests({ coverage: false }, org.admin.userId);
        assert.deepEqual(
            results.map(({ methodName, message }) => [methodName, message]),
            [
                ['goesOutAtOnce', null],
                ['waitsToBeDelivered', null],
                ['isDeliveredByStopTest', null],
                ['lacksARequiredField', null],
                ['itsResultTellsTheUuid', null],
                ['callsBack', null],
                ['aFailingTriggerIsToldToNoOne', null]
            ]
        );
    });
});
