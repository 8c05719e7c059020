import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls } from '../arguments.ts';
import { nativeClass, type NativeClass, type NativeStatic } from '../native.ts';

/** A local org has no sites, so that code never runs in one: what is asked of the current site is not there. */
const OUTSIDE_A_SITE = [
    'getAdminEmail',
    'getAdminId',
    'getAnalyticsTrackingCode',
    'getBaseCustomUrl',
    'getBaseInsecureUrl',
    'getBaseRequestUrl',
    'getBaseSecureUrl',
    'getBaseUrl',
    'getCurrentSiteUrl',
    'getCustomWebAddress',
    'getDomain',
    'getErrorDescription',
    'getErrorMessage',
    'getExperienceId',
    'getMasterLabel',
    'getName',
    'getOriginalUrl',
    'getPasswordPolicyStatement',
    'getPathPrefix',
    'getPrefix',
    'getSiteId',
    'getSiteType',
    'getSiteTypeLabel',
    'getTemplate'
];

function nothing(): null {
    return null;
}

/** What only a site can do: it fails as on the platform, in the test context too. */
function inSitesOnly(method: string): NativeStatic {
    return (rt: Runtime) =>
        rt.throwNew('System.UnsupportedOperationException', `Site.${method} can only be called from a site`);
}

/** Site (Apex Reference, System.Site). */
const siteClass = nativeClass({
    name: 'System.Site',
    statics: {
        ...Object.fromEntries(OUTSIDE_A_SITE.map((name) => [`${name}()`, nothing])),
        'changePassword/2': nothing,
        'changePassword/3': nothing,
        'createExternalUser/2': nothing,
        'createExternalUser/3': nothing,
        'createExternalUser/4': nothing,
        'createPersonAccountPortalUser/3': nothing,
        'createPersonAccountPortalUser/4': nothing,
        'createPortalUser/2': nothing,
        'createPortalUser/3': nothing,
        'createPortalUser/4': nothing,
        'forgotPassword/1': () => false,
        'forgotPassword/2': () => false,
        'isLoginEnabled()': () => false,
        'isPasswordExpired()': () => false,
        'isRegistrationEnabled()': () => false,
        'isValidUsername(String)': noNulls((_rt, name: string) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(name)),
        'login(String,String,String)': nothing,
        'passwordlessLogin/3': inSitesOnly('passwordlessLogin'),
        'setExperienceId(String)': nothing,
        'setPortalUserAsAuthProvider(SObject,String)': nothing,
        'validatePassword/3': nothing
    }
});

/** Network (Apex Reference, System.Network): as outside an Experience Cloud site. */
const networkClass = nativeClass({
    name: 'System.Network',
    statics: {
        'communitiesLanding()': nothing,
        'forwardToAuthPage/1': nothing,
        'forwardToAuthPage/2': nothing,
        'getLoginUrl(String)': nothing,
        'getLogoutUrl(String)': nothing,
        'getNetworkId()': nothing,
        'getSelfRegUrl(String)': nothing,
        'loadAllPackageDefaultNetworkDashboardSettings()': () => 0,
        'loadAllPackageDefaultNetworkPulseSettings()': () => 0,
        'loadAllPackageDefaultNetworkWorkspaceMetricSettings()': () => 0
    }
});

export const siteClasses: readonly NativeClass[] = [siteClass, networkClass];
