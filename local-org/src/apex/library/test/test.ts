import { releaseAllSavepoints } from '../database/savepoints.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { LimitCounters } from '../../runtime/transaction.ts';
import { noNulls } from '../arguments.ts';
import { TestBroker } from '../events/event-bus.ts';
import { deliverTestEvents } from '../events/event-queue.ts';
import { flexQueueTestStatics } from '../async/flex-queue.ts';
import { continuationTestStatics } from '../http/continuation.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { CurrentPage, setCurrentPage } from '../page/page-reference.ts';
import { setFixedSearchResults } from '../search/search.ts';
import type { TypeObject } from '../system/type.ts';
import { loadData, setCreatedDate, standardPricebook } from './load-data.ts';
import { packageTestStatics } from './package-tests.ts';
import { soqlStubTestStatics } from './soql-stubs.ts';
import { createStub } from './stub.ts';
import { runCollected, TestState } from './test-state.ts';

function setMock(rt: Runtime, type: TypeObject | null, mock: object | null): void {
    if (type === null || mock === null) {
        return rt.nullPointer();
    }
    rt.tx
        .state(TestState)
        .mocks.set(type.type.kind === 'platform' ? type.type.key : type.type.name.toLowerCase(), mock);
}

function zeroCounters(counters: LimitCounters): LimitCounters {
    return Object.fromEntries(Object.keys(counters).map((name) => [name, 0])) as unknown as LimitCounters;
}

/** A fresh set of limits, and work before it no longer stands in the way of callouts. */
function startTest(rt: Runtime): void {
    const state = rt.tx.state(TestState);
    if (state.phase !== 'before') {
        rt.throwNew('System.FinalException', 'Testing already started');
    }
    state.phase = 'started';
    state.outerLimits = rt.tx.limits;
    rt.tx.limits = zeroCounters(rt.tx.limits);
    rt.tx.uncommittedWork = false;
    releaseAllSavepoints(rt);
}

/** Runs the asynchronous work that was collected and delivers events, then puts the counters of the test method back. */
function stopTest(rt: Runtime): void {
    const state = rt.tx.state(TestState);
    if (state.phase !== 'started') {
        rt.throwNew('System.FinalException', 'Testing not started');
    }
    state.phase = 'stopped';
    releaseAllSavepoints(rt);
    runCollected(state);
    deliverTestEvents(rt);
    rt.tx.limits = state.outerLimits ?? rt.tx.limits;
}

/** Test (Apex Reference, System.Test). */
export const testClass: NativeClass = nativeClass({
    name: 'System.Test',
    statics: {
        // Groups are worked out whenever they are asked for; there is nothing to bring up to date.
        'calculatePermissionSetGroup(List)': noNulls(() => undefined),
        'calculatePermissionSetGroup(String)': noNulls(() => undefined),
        ...continuationTestStatics,
        ...flexQueueTestStatics,
        ...packageTestStatics,
        ...soqlStubTestStatics,
        'createStub(Type,StubProvider)': createStub,
        'enableChangeDataCapture()': () => undefined,
        'getEventBus()': () => new TestBroker(),
        'getStandardPricebookId()': standardPricebook,
        'loadData(SObjectType,String)': loadData,
        'setCreatedDate(Id,Datetime)': setCreatedDate,
        'isRunningTest()': (rt) => rt.tx.isTest,
        'clearApexPageMessages()': (rt) => {
            rt.tx.state(CurrentPage).messages.length = 0;
        },
        'setCurrentPage(Object)': setCurrentPage,
        'setCurrentPageReference(Object)': setCurrentPage,
        'setFixedSearchResults(List)': setFixedSearchResults,
        'setMock(Type,Object)': setMock,
        'setReadOnlyApplicationMode(Boolean)': noNulls((rt, isReadOnly: boolean) => {
            rt.tx.state(TestState).isReadOnly = isReadOnly;
        }),
        'startTest()': startTest,
        'stopTest()': stopTest
    },
    extraSignatures: [
        'static Boolean isSoqlStubDefined(Schema.SObjectType targetType)',
        'static void setFixedSearchResults(List<Id> ids)'
    ]
});
