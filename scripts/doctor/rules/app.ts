import type { MetadataDocument } from '../../lib/metadata-documents.ts';
import type { Facts } from '../facts.ts';
import { failureWith, isBroken, setting } from '../link-state.ts';
import type { DoctorRule } from '../rule.ts';
import { TARGET_SHUT } from './reach.ts';
import { BEFORE_APP, BEFORE_TOKEN } from './stages.ts';

const SETTINGS = 'ExtlClntAppOauthSettings';
const GLOBAL = 'ExtlClntAppGlobalOauthSettings';
const OAUTH_POLICY = 'ExtlClntAppOauthConfigurablePolicies';
const POLICY = 'ExtlClntAppConfigurablePolicies';

/** The file of a type that belongs to the app. */
export function ofApp({ target, config }: Facts, type: string): MetadataDocument | undefined {
    return target.documents
        .list(type)
        .find((document) => document.text('externalClientApplication') === config.target.appName);
}

export function oauthPolicy(facts: Facts): MetadataDocument | undefined {
    return ofApp(facts, OAUTH_POLICY);
}

/** `Name: element = value`, as evidence. */
export function shown(document: MetadataDocument, element: string): string {
    return `${document.type} ${document.fullName}: ${element} = ${document.text(element) ?? '(empty)'}`;
}

/** A boolean element that must be true. */
function mustBeOn(type: string, element: string): DoctorRule['find'] {
    return (facts) => {
        const document = ofApp(facts, type);
        return document !== undefined && document.text(element) !== 'true'
            ? setting(facts, shown(document, element))
            : undefined;
    };
}

export const APP_GONE = [...TARGET_SHUT, 'app-missing'];
const APP_INCOMPLETE = [...APP_GONE, 'app-settings-missing'];

/** The External Client App and its settings, which its developer makes. */
export const APP: readonly DoctorRule[] = [
    {
        id: 'app-missing',
        severity: 'error',
        org: 'target',
        title: 'The target org has no External Client App of the name',
        hiddenBy: TARGET_SHUT,
        fix: 'Deploy the app again: npm run bridge -- deploy, then connect.',
        remedy: 'deploy',
        find: (facts) => {
            const { target, config } = facts;
            return isBroken(facts) &&
                target.documents.get('ExternalClientApplication', config.target.appName) === undefined
                ? setting(facts, `ExternalClientApplication ${config.target.appName}: not in the target org`)
                : undefined;
        }
    },
    {
        id: 'app-settings-missing',
        severity: 'error',
        org: 'target',
        title: 'The app has no OAuth settings, so it has neither key nor flow',
        hiddenBy: APP_GONE,
        fix: 'Deploy the app with its settings: npm run bridge -- deploy, then connect.',
        remedy: 'deploy',
        find: (facts) => {
            const missing = [SETTINGS, GLOBAL].filter((type) => ofApp(facts, type) === undefined);
            return isBroken(facts) && missing.length > 0
                ? setting(facts, `${missing.join(', ')}: none for ${facts.config.target.appName}`)
                : undefined;
        }
    },
    {
        id: 'app-blocked',
        severity: 'error',
        org: 'target',
        title: 'The app is blocked in the target org',
        hiddenBy: APP_GONE,
        fix: 'Find out who blocked it; then set isEnabled in its policy again: npm run bridge -- deploy.',
        find: mustBeOn(POLICY, 'isEnabled')
    },
    {
        id: 'flow-off-in-settings',
        severity: 'error',
        org: 'target',
        flows: ['client-credentials'],
        title: 'The client credentials flow is off in the settings of the app',
        hiddenBy: APP_INCOMPLETE,
        fix: 'Set isClientCredentialsFlowEnabled in the global OAuth settings: npm run bridge -- deploy.',
        remedy: 'deploy',
        find: mustBeOn(GLOBAL, 'isClientCredentialsFlowEnabled')
    },
    {
        id: 'flow-off-in-policy',
        severity: 'error',
        org: 'target',
        flows: ['client-credentials'],
        title: 'The client credentials flow is off in the policy of the app',
        hiddenBy: APP_INCOMPLETE,
        fix: 'Set isClientCredentialsFlowEnabled in the OAuth policy: npm run bridge -- deploy.',
        remedy: 'deploy',
        find: mustBeOn(OAUTH_POLICY, 'isClientCredentialsFlowEnabled')
    },
    {
        id: 'scope-missing',
        severity: 'error',
        org: 'target',
        title: 'The app does not ask for the scope Api',
        hiddenBy: APP_INCOMPLETE,
        fix: 'Put Api into commaSeparatedOauthScopes of the OAuth settings: npm run bridge -- deploy.',
        remedy: 'deploy',
        find: (facts) => {
            const settings = ofApp(facts, SETTINGS);
            const scopes = settings?.text('commaSeparatedOauthScopes') ?? '';
            return settings !== undefined && !/\b(Api|Full)\b/.test(scopes)
                ? setting(facts, shown(settings, 'commaSeparatedOauthScopes'))
                : undefined;
        }
    },
    {
        id: 'ip-restricted',
        severity: 'error',
        org: 'target',
        title: 'The profile of the run-as user does not let the source log in from its address',
        hiddenBy: [...APP_INCOMPLETE, ...BEFORE_APP, ...BEFORE_TOKEN],
        fix: 'Add the addresses of the source org to the login IP ranges of the profile in the target org.',
        find: (facts) => failureWith(facts, 'ip restricted')
    },
    {
        id: 'secrets-readable',
        severity: 'warning',
        org: 'target',
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
