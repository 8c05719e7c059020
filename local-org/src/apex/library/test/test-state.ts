import type { Id } from '../../../values/index.ts';
import type { LimitCounters } from '../../runtime/transaction.ts';
import type { PublishedEvent } from '../events/event-queue.ts';

/** Batches that start each other from `finish` end here at the latest. */
const MAXIMUM_ROUNDS = 100;

/** Runs collected work, and what that puts off in turn. */
export function runCollected({ onStop }: TestState): void {
    for (let round = 0; onStop.length > 0 && round < MAXIMUM_ROUNDS; round++) {
        for (const job of onStop.splice(0)) job();
    }
}

/** What the Test class keeps for the test method that runs. */
export class TestState {
    /** Mocks of `Test.setMock` by lower-case interface name. */
    readonly mocks = new Map<string, object>();
    /** Whether the test sees the org's data: `@IsTest(SeeAllData=true)`. */
    seesAllData = false;
    /** Whether the org pretends to be in read-only mode: `Test.setReadOnlyApplicationMode`. */
    isReadOnly = false;
    phase: 'before' | 'started' | 'stopped' | 'ended' = 'before';
    /** Counters of the code around startTest and stopTest. */
    outerLimits: LimitCounters | undefined;
    /** Work collected since startTest, run by stopTest. */
    readonly onStop: (() => void)[] = [];
    /** Queueables of queueables: they run when the method has ended, and what they chain does not. */
    readonly chained: (() => void)[] = [];
    /** Platform events that wait to be delivered. */
    readonly events: PublishedEvent[] = [];
    /** Batch jobs in the order they would run, those of the flex queue among them. */
    batchJobs: Id[] = [];
    /** What searches find, whatever they look for: `Test.setFixedSearchResults`. */
    searchResults: readonly Id[] = [];
}
