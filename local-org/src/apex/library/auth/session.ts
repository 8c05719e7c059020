import type { Runtime } from '../../runtime/runtime.ts';
import { platformEnumValue } from '../../runtime/enum-value.ts';
import { Datetime } from '../../../values/index.ts';
import { STRING } from '../../types/apex-types.ts';
import { mapFrom } from '../arguments.ts';
import { nativeClass, type NativeClass, type NativeStatic } from '../native.ts';
import { notImplemented } from '../not-implemented.ts';
import { TestState } from '../test/test-state.ts';
import { userField } from '../system/user-context.ts';

/** The session that runs the code, by the names the platform gives (Apex Reference, SessionManagement). */
function currentSession(rt: Runtime): unknown {
    const { userId } = rt.tx.access;
    const now = new Datetime(rt.org.clock.now()).toString();
    const entries = {
        LoginGeoId: '',
        SessionType: 'Aura',
        LoginDomain: '',
        NumSecondsValid: '7200',
        LoginType: 'Application',
        UserType: userField(rt, 'UserType') ?? 'Standard',
        Username: userField(rt, 'Username') ?? '',
        LoginHistoryId: '',
        ParentId: '',
        LogoutUrl: '',
        UsersId: userId,
        CreatedDate: now,
        LastModifiedDate: now,
        SourceIp: '127.0.0.1',
        SessionId: '',
        SessionSecurityLevel: 'STANDARD'
    };
    return mapFrom(rt, STRING, STRING, Object.entries(entries));
}

function notHere(member: string): NativeStatic {
    return (rt: Runtime) => notImplemented(rt, member);
}

/** Calls on the tokens of authentication providers: a local org has no users who logged in through one. */
const NO_TOKEN: readonly string[] = ['getAccessToken/2', 'refreshAccessToken/3', 'revokeAccess/4'];

/** Auth.SessionManagement, AuthToken, CommunitiesUtil and OauthToken (Apex Reference, Auth Namespace). */
export const authSessionClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'Auth.SessionManagement',
        statics: {
            'getCurrentSession()': currentSession,
            'inOrgNetworkRange(String)': () => false,
            'isIpAllowedForProfile(String,String)': () => true,
            'getRequiredSessionLevelForProfile(String)': () => platformEnumValue('Auth.SessionLevel', 'STANDARD'),
            'setSessionLevel(SessionLevel)': () => undefined,
            'finishLoginFlow()': () => null,
            'finishLoginFlow(String)': () => null,
            'validateTotpTokenForUser(String)': () => false,
            'validateTotpTokenForUser(String,String)': () => false
        }
    }),
    nativeClass({
        name: 'Auth.AuthToken',
        statics: Object.fromEntries(NO_TOKEN.map((key) => [key, notHere(`Auth.AuthToken.${key.split('/')[0]}`)])),
        refused: new Set(NO_TOKEN)
    }),
    nativeClass({
        name: 'Auth.HttpCalloutMockUtil',
        statics: {
            'setHttpMock(HttpCalloutMock)': (rt, mock: object | null) => {
                rt.tx.state(TestState).mocks.set('system.httpcalloutmock', mock ?? rt.nullPointer());
            }
        }
    }),
    nativeClass({
        name: 'Auth.CommunitiesUtil',
        statics: {
            'getLogoutUrl()': () => '/secur/logout.jsp',
            'getUserDisplayName()': (rt) => userField(rt, 'Name'),
            'isGuestUser()': () => false,
            'isInternalUser()': () => true
        }
    })
];
