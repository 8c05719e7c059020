import type { Flow } from '../../lib/config.ts';
import { parameterOf } from '../../lib/metadata-parameters.ts';
import { principalType } from '../../lib/source-credential.ts';
import { appSetting, shown } from '../app-settings.ts';
import { external, externalParameter, named } from '../credential-settings.ts';
import type { Facts } from '../facts.ts';
import { failureWith, isBroken, setting } from '../link-state.ts';
import type { DoctorRule } from '../rule.ts';
import { APP_INCOMPLETE } from './app.ts';
import { SOURCE_SHUT } from './reach.ts';
import { BEFORE_PROOF } from './stages.ts';

const NC_GONE = [...SOURCE_SHUT, 'named-credential-missing'];
export const EC_GONE = [...SOURCE_SHUT, 'external-credential-missing'];
export const DEPLOY = 'Deploy the credentials of the source org: npm run bridge -- connect.';
const STORE = 'Store the present key and secret of the app: npm run bridge -- connect.';
/** No API tells the secret of a connected app that exists. */
const NEW_APP =
    'Nobody can read the secret of a connected app again: delete the app in the target org, then npm run bridge -- up.';

/** Variants of the protocol by flow, in metadata; the browser flow has none. */
const VARIANTS: Readonly<Record<Flow, readonly (string | undefined)[]>> = {
    'client-credentials': ['ClientCredentialsClientSecret', 'ClientCredentialsClientSecretBasic'],
    'jwt-bearer': ['JwtBearer'],
    browser: [undefined]
};

/** Key and secret are stored again where they can be read; a connected app has to be made again. */
function ofBothKinds(rule: Omit<DoctorRule, 'apps' | 'fix' | 'remedy'>): DoctorRule[] {
    return [
        { ...rule, apps: ['external-client-app'], fix: STORE, remedy: 'connect' },
        { ...rule, apps: ['connected-app'], fix: NEW_APP }
    ];
}

const urlOf = (facts: Facts): string | undefined =>
    parameterOf(named(facts), 'namedCredentialParameters', 'Url')?.['parameterValue'];
const tokenUrlOf = (facts: Facts): string | undefined =>
    externalParameter(facts, 'AuthProviderUrl')?.['parameterValue'];

export function isHostOf(url: string, orgUrl: string): boolean {
    return URL.parse(url)?.origin.toLowerCase() === URL.parse(orgUrl)?.origin.toLowerCase();
}

/** Named and external credential of the source org, and what they hold. */
export const CREDENTIAL: readonly DoctorRule[] = [
    {
        id: 'named-credential-missing',
        severity: 'error',
        org: 'source',
        title: 'The source org has no named credential of the name',
        hiddenBy: SOURCE_SHUT,
        fix: DEPLOY,
        remedy: 'connect',
        find: (facts) =>
            isBroken(facts) && named(facts) === undefined
                ? setting(facts, `NamedCredential ${facts.plan.namedCredential}: not in the source org`)
                : undefined
    },
    {
        id: 'callout-disabled',
        severity: 'error',
        org: 'source',
        title: 'The named credential is disabled for callouts',
        hiddenBy: NC_GONE,
        fix: `Set calloutStatus to Enabled. ${DEPLOY}`,
        remedy: 'connect',
        find: (facts) => {
            const document = named(facts);
            return document?.text('calloutStatus') === 'Disabled'
                ? setting(facts, shown(document, 'calloutStatus'))
                : undefined;
        }
    },
    {
        id: 'named-credential-host',
        severity: 'error',
        org: 'source',
        title: 'The named credential does not point at the target org',
        hiddenBy: NC_GONE,
        fix: `Use the My Domain of the target org, never login.salesforce.com. ${DEPLOY}`,
        remedy: 'connect',
        find: (facts) => {
            const url = urlOf(facts);
            return named(facts) !== undefined && (url === undefined || !isHostOf(url, facts.orgs.target.url))
                ? setting(
                      facts,
                      `Url of ${facts.plan.namedCredential} = ${url ?? '(empty)'}; the target is ${facts.orgs.target.url}`
                  )
                : undefined;
        }
    },
    {
        id: 'named-credential-without-login',
        severity: 'error',
        org: 'source',
        title: 'The named credential uses another external credential',
        hiddenBy: NC_GONE,
        fix: `Let it reference the external credential of this link. ${DEPLOY}`,
        remedy: 'connect',
        find: (facts) => {
            const document = named(facts);
            const reference = parameterOf(document, 'namedCredentialParameters', 'Authentication')?.[
                'externalCredential'
            ];
            return document !== undefined && reference !== facts.plan.externalCredential
                ? setting(facts, `Authentication of ${document.fullName} = ${reference ?? '(none)'}`)
                : undefined;
        }
    },
    {
        id: 'authorization-header-off',
        severity: 'error',
        org: 'source',
        title: 'The named credential sends no Authorization header',
        hiddenBy: NC_GONE,
        fix: `Set generateAuthorizationHeader. ${DEPLOY}`,
        remedy: 'connect',
        find: (facts) => {
            const document = named(facts);
            return document?.text('generateAuthorizationHeader') === 'false'
                ? setting(facts, shown(document, 'generateAuthorizationHeader'))
                : undefined;
        }
    },
    {
        id: 'external-credential-missing',
        severity: 'error',
        org: 'source',
        title: 'The source org has no external credential of the name',
        hiddenBy: SOURCE_SHUT,
        fix: DEPLOY,
        remedy: 'connect',
        find: (facts) =>
            isBroken(facts) && external(facts) === undefined
                ? setting(facts, `ExternalCredential ${facts.plan.externalCredential}: not in the source org`)
                : undefined
    },
    {
        id: 'flow-differs',
        severity: 'error',
        org: 'source',
        title: 'The external credential uses another flow than this link',
        hiddenBy: EC_GONE,
        fix: `Set AuthProtocolVariant for the flow of the link. ${DEPLOY}`,
        remedy: 'connect',
        find: (facts) => {
            const variant = externalParameter(facts, 'AuthProtocolVariant')?.['parameterValue'];
            const document = external(facts);
            const protocol = document?.text('authenticationProtocol');
            return document !== undefined && (protocol !== 'Oauth' || !VARIANTS[facts.plan.flow].includes(variant))
                ? setting(facts, `AuthProtocolVariant of ${document.fullName} = ${variant ?? '(none)'}, ${protocol}`)
                : undefined;
        }
    },
    {
        id: 'token-host',
        severity: 'error',
        org: 'source',
        flows: ['client-credentials', 'jwt-bearer'],
        title: 'Tokens are asked for at another host than the target org',
        hiddenBy: EC_GONE,
        fix: `Use the My Domain of the target org: login hosts refuse External Client Apps. ${DEPLOY}`,
        remedy: 'connect',
        find: (facts) => {
            const url = tokenUrlOf(facts);
            return url !== undefined && !isHostOf(url, facts.orgs.target.url)
                ? setting(facts, `AuthProviderUrl = ${url}; the target is ${facts.orgs.target.url}`)
                : undefined;
        }
    },
    {
        id: 'token-path',
        severity: 'error',
        org: 'source',
        flows: ['client-credentials', 'jwt-bearer'],
        title: 'The token URL is not the token endpoint',
        hiddenBy: EC_GONE,
        fix: `The path is /services/oauth2/token. ${DEPLOY}`,
        remedy: 'connect',
        find: (facts) => {
            const url = tokenUrlOf(facts);
            return url !== undefined && URL.parse(url)?.pathname !== '/services/oauth2/token'
                ? setting(facts, `AuthProviderUrl = ${url}`)
                : undefined;
        }
    },
    {
        id: 'scope-sent',
        severity: 'error',
        org: 'source',
        flows: ['client-credentials'],
        title: 'A scope is sent in the client credentials flow, which takes none',
        hiddenBy: EC_GONE,
        fix: `Remove the parameter Scope of the external credential. ${DEPLOY}`,
        remedy: 'connect',
        find: (facts) => {
            const scope = externalParameter(facts, 'AuthParameter', 'Scope');
            return scope === undefined ? undefined : setting(facts, `Scope = ${scope['parameterValue'] ?? ''}`);
        }
    },
    {
        id: 'principal-missing',
        severity: 'error',
        org: 'source',
        title: 'The external credential has no principal of the name and kind',
        hiddenBy: EC_GONE,
        fix: `Deploying without the principal removed it and its secret. ${DEPLOY}`,
        remedy: 'connect',
        find: (facts) => {
            const principals = (external(facts)?.list('externalCredentialParameters') ?? [])
                .filter((entry) => entry['parameterType']?.endsWith('Principal'))
                .map((entry) => `${entry['parameterName']} (${entry['parameterType']})`);
            const wanted = `${facts.plan.principalName} (${principalType(facts.plan)})`;
            return external(facts) !== undefined && !principals.includes(wanted)
                ? setting(facts, `Principals of ${facts.plan.externalCredential}: ${principals.join(', ') || '(none)'}`)
                : undefined;
        }
    },
    ...ofBothKinds({
        id: 'secret-missing',
        severity: 'error',
        org: 'source',
        flows: ['client-credentials'],
        title: 'The principal holds no key and secret',
        hiddenBy: [...EC_GONE, 'principal-missing'],
        find: (facts) =>
            isBroken(facts) && facts.source.credential === undefined
                ? setting(facts, 'GET named-credentials/credential: NOT_FOUND')
                : undefined
    }),
    ...ofBothKinds({
        id: 'key-wrong',
        severity: 'error',
        org: 'source',
        flows: ['client-credentials'],
        title: 'The stored key is not that of the app',
        hiddenBy: [...EC_GONE, ...APP_INCOMPLETE, 'principal-missing', 'secret-missing'],
        find: (facts) => {
            const [deployed] = appSetting(facts, 'consumerKey')?.values ?? [];
            const stored = facts.source.credential?.clientId;
            const differs = deployed !== undefined && stored !== undefined && stored !== deployed;
            return isBroken(facts) && differs
                ? (failureWith(facts, 'invalid_client_id') ??
                      setting(facts, 'clientId of the principal differs from consumerKey of the app'))
                : undefined;
        }
    }),
    ...ofBothKinds({
        id: 'secret-wrong',
        severity: 'error',
        org: 'source',
        flows: ['client-credentials'],
        title: 'The stored secret is not that of the app',
        hiddenBy: BEFORE_PROOF,
        find: (facts) => failureWith(facts, 'Error: invalid_client. ')
    })
];
