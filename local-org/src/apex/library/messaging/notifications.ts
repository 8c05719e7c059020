import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls } from '../arguments.ts';
import type { BeanObject } from '../bean.ts';
import { beanClass } from '../bean.ts';
import type { ApexSet } from '../collections/apex-set.ts';
import type { NativeClass } from '../native.ts';

/** Recipients of one notification (Apex Reference, CustomNotification.send). */
const MAXIMUM_RECIPIENTS = 500;

/** A notification is checked and written to the debug log, never sent. */
function sendCustom(rt: Runtime, self: BeanObject, recipients: ApexSet): void {
    for (const property of ['notificationTypeId', 'title', 'body']) {
        if ((self.get(property) ?? '') === '') {
            rt.throwNew('System.IllegalArgumentException', `Missing or invalid ${property}`);
        }
    }
    if (self.get('targetId') === null && self.get('targetPageRef') === null) {
        rt.throwNew('System.IllegalArgumentException', 'Specify a targetId or a targetPageRef');
    }
    const count = [...recipients.values()].length;
    if (count === 0 || count > MAXIMUM_RECIPIENTS) {
        rt.throwNew('System.IllegalArgumentException', `Invalid number of recipients: ${count}`);
    }
    rt.tx.debugLog.push(`CUSTOM_NOTIFICATION|${rt.toText(self.get('title'))}`);
}

function sendPush(rt: Runtime, self: BeanObject, application: string): void {
    if (self.get('payload') === null) rt.throwNew('System.IllegalArgumentException', 'The payload is missing');
    rt.tx.debugLog.push(`PUSH_NOTIFICATION|${application}`);
}

/** CustomNotification and PushNotification (Apex Reference, Messaging Namespace). */
export const notificationClasses: readonly NativeClass[] = [
    beanClass('Messaging.CustomNotification', {
        parameters: [['notificationTypeId', 'sender', 'title', 'body', 'targetId', 'targetPageRef']],
        extra: { methods: { 'send(Set)': noNulls(sendCustom) } }
    }),
    beanClass('Messaging.PushNotification', {
        parameters: [['payload']],
        extra: { methods: { 'send(String,Set)': noNulls(sendPush) } }
    })
];
