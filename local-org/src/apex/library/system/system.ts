import { EnumValue } from '../../runtime/enum-value.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { asyncStatics } from '../async/queueable.ts';
import { scheduleStatics } from '../async/schedule.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { currentPage } from '../page/page-reference.ts';
import { systemAssertions } from './assertions.ts';
import { today } from './date.ts';
import { now } from './user-context.ts';
import { withoutSessions } from './user-info.ts';
import { userManagementStatics } from './user-management.ts';
import { versionStatics } from './version.ts';

function debug(rt: Runtime, value: unknown): void {
    log(rt, 'DEBUG', value);
}

function debugAt(rt: Runtime, level: unknown, value: unknown): void {
    log(rt, level instanceof EnumValue ? level.name : rt.toText(level), value);
}

function log(rt: Runtime, level: string, value: unknown): void {
    rt.tx.debugLog.push(`USER_DEBUG|${level}|${withoutSessions(rt, rt.toText(value))}`);
}

/** System (Apex Reference, System.System). `System.runAs` is a statement and belongs to the compiler. */
export const systemClass: NativeClass = nativeClass({
    name: 'System.System',
    statics: {
        ...systemAssertions,
        ...asyncStatics,
        ...scheduleStatics,
        ...userManagementStatics,
        ...versionStatics,
        'currentPageReference()': currentPage,
        'currentTimeMillis()': (rt) => BigInt(rt.org.clock.now()),
        'debug/1': debug,
        'debug/2': debugAt,
        'equals(Object,Object)': (rt, left, right) => rt.equals(left, right),
        'hashCode(Object)': (rt, value) => rt.hashCode(value),
        'now()': now,
        'today()': today
    }
});
