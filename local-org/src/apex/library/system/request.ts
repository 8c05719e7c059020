import { platformEnumValue } from '../../runtime/enum-value.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { currentRestRequest } from '../http/rest-context.ts';
import { nativeClass, type NativeClass } from '../native.ts';

/** What started a transaction, as `Request.getQuiddity()` tells it; who starts one may set it. */
export class RequestOrigin {
    quiddity: string | undefined;
}

class RequestObject extends NativeObject {
    readonly className = 'System.Request';
}

function quiddity(rt: Runtime): string {
    const { quiddity: known } = rt.tx.state(RequestOrigin);
    if (known !== undefined) {
        return known;
    }
    if (rt.tx.isTest) {
        return 'RUNTEST_SYNC';
    }
    return currentRestRequest(rt) === null ? 'SYNCHRONOUS' : 'REST';
}

/** Request (Apex Reference, System.Request). */
export const requestClass: NativeClass = nativeClass({
    name: 'System.Request',
    statics: { 'getCurrent()': () => new RequestObject() },
    methods: {
        'getQuiddity()': (rt) => platformEnumValue('System.Quiddity', quiddity(rt)),
        'getRequestId()': (rt) => rt.tx.id
    }
});
