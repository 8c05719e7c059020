import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';

/**
 * Feature parameters belong to managed packages, of which a local org has none: whatever the name, there is no such
 * parameter. The reference tells no exception for it; its wording is the local org's own.
 */
const noParameter = noNulls((rt: Runtime, name: string): never =>
    rt.throwNew(
        'System.NoDataFoundException',
        `There is no feature parameter ${name}: feature parameters belong to managed packages, and none is installed`
    )
);

/** FeatureManagement (Apex Reference, System.FeatureManagement): custom permissions of the running user. */
export const featureManagementClass: NativeClass = nativeClass({
    name: 'System.FeatureManagement',
    statics: {
        'checkPackageBooleanValue(String)': noParameter,
        'checkPackageDateValue(String)': noParameter,
        'checkPackageIntegerValue(String)': noParameter,
        'checkPermission(String)': noNulls((rt, permission: string) =>
            rt.org.access.customPermission(rt.tx.access.userId, permission)
        ),
        'setPackageBooleanValue(String,Boolean)': noParameter,
        'setPackageDateValue(String,Date)': noParameter,
        'setPackageIntegerValue(String,Integer)': noParameter
    }
});
