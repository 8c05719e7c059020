import { noNulls } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';

/** FeatureManagement (Apex Reference, System.FeatureManagement): custom permissions of the running user. */
export const featureManagementClass: NativeClass = nativeClass({
    name: 'System.FeatureManagement',
    statics: {
        'checkPermission(String)': noNulls((rt, permission: string) =>
            rt.org.access.customPermission(rt.tx.access.userId, permission)
        )
    }
});
