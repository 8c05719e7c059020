import type { Runtime } from '../../runtime/runtime.ts';
import { platformEnumValue } from '../../runtime/enum-value.ts';
import { beanClass, BeanObject } from '../bean.ts';
import { randomBytes } from 'node:crypto';
import type { ApexDate, Id } from '../../../values/index.ts';
import { noNulls } from '../arguments.ts';
import type { NativeClass, NativeStatic } from '../native.ts';
import { isReadOnly } from '../test/read-only.ts';

/** Passwords are not kept here: people log in to a local org without one. The user must exist, as on the platform. */
function knownUser(rt: Runtime, id: Id): void {
    const { totalSize } = rt.org.database.query('SELECT Id FROM User WHERE Id = :id', {
        access: { userId: rt.tx.access.userId, mode: 'system', sharing: false },
        binds: new Map([['id', id]])
    });
    if (totalSize === 0) rt.throwNew('System.InvalidParameterValueException', `Invalid user id: ${id.value}`);
}

function resetPassword(rt: Runtime, id: Id): BeanObject {
    knownUser(rt, id);
    return new BeanObject('System.ResetPasswordResult', { password: randomBytes(9).toString('base64url') });
}

/** Finished jobs up to a day are forgotten; gives their number. */
function purgeOldJobs(rt: Runtime, day: ApexDate): number {
    const { records } = rt.org.database.query(
        "SELECT Id FROM AsyncApexJob WHERE CompletedDate < :day AND Status IN ('Completed', 'Failed', 'Aborted')",
        { access: { userId: rt.tx.access.userId, mode: 'system', sharing: false }, binds: new Map([['day', day]]) }
    );
    records.forEach((record) => record.id !== null && rt.org.database.removeRow('AsyncApexJob', record.id));
    return records.length;
}

/** Members of System about users and the org (Apex Reference, System.System). */
export const userManagementStatics: Readonly<Record<string, NativeStatic>> = {
    'getApplicationReadWriteMode()': (rt) =>
        platformEnumValue('System.ApplicationReadWriteMode', isReadOnly(rt) ? 'READ_ONLY' : 'DEFAULT'),
    'purgeOldAsyncJobs(Date)': noNulls(purgeOldJobs),
    'resetPassword(Id,Boolean)': noNulls(resetPassword),
    'resetPasswordWithEmailTemplate(Id,Boolean,String)': noNulls(resetPassword),
    'setPassword(Id,String)': noNulls(knownUser)
};

export const resetPasswordResultClass: NativeClass = beanClass('System.ResetPasswordResult', { readOnly: true });
