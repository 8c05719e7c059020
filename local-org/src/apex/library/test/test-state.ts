import type { Id } from '../../../values/index.ts';
import type { LimitCounters } from '../../runtime/transaction.ts';
import type { PublishedEvent } from '../events/event-queue.ts';

/** What the Test class keeps for the test method that runs. */
export class TestState {
    /** Mocks of `Test.setMock` by lower-case interface name. */
    readonly mocks = new Map<string, object>();
    /** Whether the test sees the org's data: `@IsTest(SeeAllData=true)`. */
    seesAllData = false;
    phase: 'before' | 'started' | 'stopped' = 'before';
    /** Counters of the code around startTest and stopTest. */
    outerLimits: LimitCounters | undefined;
    /** Work collected since startTest, run by stopTest. */
    readonly onStop: (() => void)[] = [];
    /** Platform events that wait to be delivered. */
    readonly events: PublishedEvent[] = [];
    /** Batch jobs in the order they would run, those of the flex queue among them. */
    batchJobs: Id[] = [];
    /** What searches find, whatever they look for: `Test.setFixedSearchResults`. */
    searchResults: readonly Id[] = [];
}
