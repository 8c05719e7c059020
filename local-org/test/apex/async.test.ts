import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { testOutcomes } from './support/test-run.ts';

describe('asynchronous Apex in a test', () => {
    test('shares the static variables of the test, both ways', () => {
        const job = `
            public class Job implements Queueable {
                public static Integer input = 1;
                public static Integer output;
                public void execute(QueueableContext context) {
                    output = input * 2;
                }
            }`;
        const jobTest = `
            @IsTest
            private class JobTest {
                @IsTest
                static void runs() {
                    Job.input = 21;
                    Test.startTest();
                    System.enqueueJob(new Job());
                    Assert.isNull(Job.output, 'The job waits for stopTest');
                    Test.stopTest();
                    Assert.areEqual(42, Job.output);
                }
            }`;
        assert.deepEqual(testOutcomes(job, jobTest), ['JobTest.runs Pass']);
    });
});
