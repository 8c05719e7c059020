import { nativeClass, type NativeClass } from '../native.ts';
import { runningUser, userField, userTimeZone } from './user-context.ts';
import { TimeZoneObject } from './time-zone.ts';

/** UserInfo (Apex Reference, System.UserInfo): the user that runs the code now, `System.runAs` included. */
export const userInfoClass: NativeClass = nativeClass({
    name: 'System.UserInfo',
    statics: {
        'getDefaultCurrency()': () => 'USD',
        'getFirstName()': (rt) => userField(rt, 'FirstName'),
        'getLanguage()': (rt) => userField(rt, 'LanguageLocaleKey') ?? 'en_US',
        'getLastName()': (rt) => userField(rt, 'LastName'),
        'getLocale()': (rt) => userField(rt, 'LocaleSidKey') ?? 'en_US',
        'getName()': (rt) => userField(rt, 'Name'),
        'getOrganizationId()': (rt) => rt.org.id,
        'getOrganizationName()': (rt) => rt.org.name,
        'getProfileId()': (rt) => userField(rt, 'ProfileId'),
        'getTimeZone()': (rt) => new TimeZoneObject(userTimeZone(rt)),
        'getUiTheme()': () => 'Theme4d',
        'getUiThemeDisplayed()': () => 'Theme4d',
        'getUserEmail()': (rt) => userField(rt, 'Email'),
        'getUserId()': (rt) => rt.tx.access.userId,
        'getUserName()': (rt) => userField(rt, 'Username'),
        'getUserRoleId()': (rt) => userField(rt, 'UserRoleId'),
        'getUserType()': (rt) => (runningUser(rt) === undefined ? null : (userField(rt, 'UserType') ?? 'Standard')),
        'isMultiCurrencyOrganization()': () => false
    }
});
