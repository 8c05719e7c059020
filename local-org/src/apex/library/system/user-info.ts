import type { Runtime } from '../../runtime/runtime.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { runningUser, userField, userTimeZone } from './user-context.ts';
import { TimeZoneObject } from './time-zone.ts';

/** Tokens given out in a transaction, by user; the debug log hides them. */
export class OwnSessions {
    readonly tokens = new Map<string, string>();
}

/** A session of the running user that may call the APIs. Asynchronous code has none (Apex Reference, UserInfo). */
function sessionId(rt: Runtime): string | null {
    const { tokens } = rt.tx.state(OwnSessions);
    const { userId } = rt.tx.access;
    if (rt.tx.isAsync) return null;
    // No session of a test opens anything.
    if (rt.tx.isTest) return `${rt.org.id.slice(0, 15)}!ApexTestSession`;
    const token = tokens.get(userId) ?? rt.org.sessions.open({ userId, scopes: new Set(['api', 'web']) }).token;
    tokens.set(userId, token);
    return token;
}

/** Text for the debug log, without session ids. */
export function withoutSessions(rt: Runtime, text: string): string {
    const tokens = [...rt.tx.state(OwnSessions).tokens.values()];
    return tokens.reduce((shown, token) => shown.replaceAll(token, 'SESSION_ID_REMOVED'), text);
}

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
        'getSessionId()': sessionId,
        'getTimeZone()': (rt) => new TimeZoneObject(userTimeZone(rt)),
        'getUiTheme()': () => 'Theme4d',
        'getUiThemeDisplayed()': () => 'Theme4d',
        'getUserEmail()': (rt) => userField(rt, 'Email'),
        'getUserId()': (rt) => rt.tx.access.userId,
        'getUserName()': (rt) => userField(rt, 'Username'),
        'getUserRoleId()': (rt) => userField(rt, 'UserRoleId'),
        'getUserType()': (rt) => (runningUser(rt) === undefined ? null : (userField(rt, 'UserType') ?? 'Standard')),
        'isMultiCurrencyOrganization()': () => false,
        'getCurrentUvid()': () => null,
        // There are no managed packages in a local org, so that nobody has a licence of one.
        'hasPackageLicense(Id)': () => false,
        'isCurrentUserLicensed(String)': (rt, namespace) =>
            rt.throwNew('System.TypeException', `Invalid namespace prefix: ${rt.toText(namespace)}`),
        'isCurrentUserLicensedForPackage(Id)': () => false
    }
});
