import { APP_TYPES, ECA_GLOBAL, ECA_OAUTH_POLICY, ECA_POLICY, ECA_SETTINGS } from '../../lib/app-types.ts';
import type { DoctorRule } from '../rule.ts';
import type { Facts } from '../facts.ts';
import { appSetting, offeredScopes, ofApp, shown } from '../app-settings.ts';
import { failureWith, isBroken, setting } from '../link-state.ts';
import { SOURCE_SHUT, TARGET_SHUT } from './reach.ts';
import { BEFORE_LOGIN, BEFORE_PROOF, BEFORE_TOKEN } from './stages.ts';

/** Description of the errors app_blocked and OAUTH_APP_BLOCKED. */
const BLOCKED = 'app is blocked by admin';
const ECA_ONLY = ['external-client-app'] as const;

/** Type of the kind of app that the link does not use. */
function otherType({ plan }: Facts): string {
    return APP_TYPES[plan.app === 'connected-app' ? 'external-client-app' : 'connected-app'];
}

/** A boolean element of an external client app that must be true. */
function mustBeOn(type: string, element: string): DoctorRule['find'] {
    return (facts) => {
        const document = ofApp(facts, type);
        return document !== undefined && document.text(element) !== 'true'
            ? setting(facts, shown(document, element))
            : undefined;
    };
}

/** Scopes that the app must be able to give, by their names in requests; any of them will do. */
function mustOffer(...scopes: readonly string[]): DoctorRule['find'] {
    return (facts) => {
        const offered = offeredScopes(facts);
        return offered !== undefined && !scopes.some((scope) => offered.has(scope))
            ? setting(facts, appSetting(facts, 'scopes')?.shown ?? '')
            : undefined;
    };
}

const APP_GONE = [...TARGET_SHUT, 'app-kind-differs', 'app-missing'];
export const APP_INCOMPLETE = [...APP_GONE, 'app-settings-missing'];

/** The app and its settings, which its developer makes. */
export const APP: readonly DoctorRule[] = [
    {
        id: 'app-kind-differs',
        severity: 'error',
        org: 'target',
        title: 'The app of the target org is of the other kind',
        hiddenBy: TARGET_SHUT,
        fix: 'Pass --app external-client-app or --app connected-app as the target org has it; a name is taken once.',
        find: (facts) => {
            const { appName } = facts.plan;
            const isOther = ofApp(facts, otherType(facts)) !== undefined;
            return isOther && ofApp(facts, APP_TYPES[facts.plan.app]) === undefined
                ? `${otherType(facts)} ${appName}: in the target org; the link is one with --app ${facts.plan.app}`
                : undefined;
        }
    },
    {
        id: 'app-missing',
        severity: 'error',
        org: 'target',
        title: 'The target org has no app of the name',
        hiddenBy: [...TARGET_SHUT, 'app-kind-differs'],
        fix: 'Deploy the app again: npm run bridge -- deploy, then connect.',
        remedy: 'deploy',
        find: (facts) => {
            const type = APP_TYPES[facts.plan.app];
            return isBroken(facts) && ofApp(facts, type) === undefined
                ? setting(facts, `${type} ${facts.plan.appName}: not in the target org`)
                : undefined;
        }
    },
    {
        id: 'app-settings-missing',
        severity: 'error',
        org: 'target',
        apps: ECA_ONLY,
        title: 'The app has no OAuth settings, so it has neither key nor flow',
        hiddenBy: APP_GONE,
        fix: 'Deploy the app with its settings: npm run bridge -- deploy, then connect.',
        remedy: 'deploy',
        find: (facts) => {
            const missing = [ECA_SETTINGS, ECA_GLOBAL].filter((type) => ofApp(facts, type) === undefined);
            return isBroken(facts) && missing.length > 0
                ? setting(facts, `${missing.join(', ')}: none for ${facts.plan.appName}`)
                : undefined;
        }
    },
    {
        id: 'app-blocked',
        severity: 'error',
        org: 'target',
        apps: ECA_ONLY,
        title: 'The app is blocked in the target org',
        hiddenBy: APP_GONE,
        fix: 'Find out who blocked it; then set isEnabled in its policy again: npm run bridge -- deploy.',
        find: mustBeOn(ECA_POLICY, 'isEnabled')
    },
    {
        // No API tells it (Object Reference, ConnectedApplication); the target says so to whoever asks for a token.
        id: 'connected-app-blocked',
        severity: 'error',
        org: 'target',
        apps: ['connected-app'],
        title: 'The connected app is blocked in the target org',
        hiddenBy: [...SOURCE_SHUT, ...APP_GONE],
        hiddenInFlow: {
            'client-credentials': [...BEFORE_PROOF, 'secret-wrong'],
            'jwt-bearer': BEFORE_PROOF,
            browser: BEFORE_LOGIN
        },
        fix: 'Find out who blocked it; then unblock it in Setup > Connected Apps OAuth Usage of the target org.',
        find: (facts) =>
            failureWith(facts, BLOCKED) ??
            (facts.source.login.authorize?.includes(BLOCKED) === true ? facts.source.login.authorize : undefined)
    },
    {
        id: 'flow-off-in-settings',
        severity: 'error',
        org: 'target',
        flows: ['client-credentials'],
        title: 'The client credentials flow is off in the settings of the app',
        hiddenBy: APP_INCOMPLETE,
        fix: 'Switch the client credentials flow on in the OAuth settings of the app: npm run bridge -- deploy.',
        remedy: 'deploy',
        find: (facts) => {
            const flow = appSetting(facts, 'flow');
            return flow !== undefined && flow.values[0] !== 'true' ? setting(facts, flow.shown) : undefined;
        }
    },
    {
        id: 'flow-off-in-policy',
        severity: 'error',
        org: 'target',
        flows: ['client-credentials'],
        apps: ECA_ONLY,
        title: 'The client credentials flow is off in the policy of the app',
        hiddenBy: APP_INCOMPLETE,
        fix: 'Set isClientCredentialsFlowEnabled in the OAuth policy: npm run bridge -- deploy.',
        remedy: 'deploy',
        find: mustBeOn(ECA_OAUTH_POLICY, 'isClientCredentialsFlowEnabled')
    },
    {
        id: 'scope-missing',
        severity: 'error',
        org: 'target',
        title: 'The app does not have the scope Api',
        hiddenBy: APP_INCOMPLETE,
        fix: 'Add Api to the scopes of the app: npm run bridge -- deploy.',
        remedy: 'deploy',
        find: mustOffer('api', 'full')
    },
    {
        id: 'refresh-scope-missing',
        severity: 'error',
        org: 'target',
        flows: ['jwt-bearer', 'browser'],
        title: 'The app does not have the scope RefreshToken, without which the flow gives no tokens that last',
        hiddenBy: APP_INCOMPLETE,
        fix: 'Add RefreshToken to the scopes of the app: npm run bridge -- deploy.',
        remedy: 'deploy',
        find: mustOffer('refresh_token', 'offline_access')
    },
    {
        id: 'ip-restricted',
        severity: 'error',
        org: 'target',
        flows: ['client-credentials', 'jwt-bearer'],
        title: 'The profile of the run-as user does not let the source log in from its address',
        hiddenBy: BEFORE_TOKEN,
        fix: 'Add the addresses of the source org to the login IP ranges of the profile in the target org.',
        find: (facts) => failureWith(facts, 'ip restricted')
    },
    {
        id: 'secrets-readable',
        severity: 'warning',
        org: 'target',
        apps: ECA_ONLY,
        title: 'Secrets of apps can be read over REST, although nobody reads them now',
        hiddenBy: TARGET_SHUT,
        fix: 'Switch enableClientSecretInRestApiAccess off and take the set-up permission set away: doctor --fix.',
        remedy: 'close-secrets',
        find: ({ target, config }) => {
            const settings = target.documents.get('Settings', 'ExternalClientApp');
            const open = settings?.text('enableClientSecretInRestApiAccess') === 'true';
            const held = target.setupHolders > 0;
            return open || held
                ? [
                      ...(open ? ['ExternalClientAppSettings: enableClientSecretInRestApiAccess = true'] : []),
                      ...(held
                          ? [`${config.target.credentialSetupPermissionSet}: assigned to ${target.setupHolders} users`]
                          : [])
                  ].join('; ')
                : undefined;
        }
    }
];
