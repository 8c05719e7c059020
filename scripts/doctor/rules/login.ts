import { appSetting, offeredScopes, requiresPkce } from '../app-settings.ts';
import { externalParameter, loginProvider, providerName, requestedScopes } from '../credential-settings.ts';
import { callbackUrl } from '../../lib/link-steps.ts';
import type { Facts } from '../facts.ts';
import { isBroken, setting } from '../link-state.ts';
import type { DoctorRule } from '../rule.ts';
import { APP_INCOMPLETE } from './app.ts';
import { DEPLOY, EC_GONE, isHostOf } from './credential.ts';
import { SOURCE_SHUT } from './reach.ts';
import { BEFORE_TOKEN } from './stages.ts';

const PROVIDER_GONE = [...SOURCE_SHUT, 'login-provider-missing'];
const LOG_IN = 'Log in to the target org again: npm run bridge -- connect, and open the address it prints.';

/** A setting of the login, with how the target answers a login because of it. */
function loginSetting(facts: Facts, text: string): string {
    const answer = facts.source.login.authorize ?? '';
    return answer === '' ? setting(facts, text) : `${text}; a login is answered: ${answer}`;
}

/** `authorizeUrl = …` for each of the provider's addresses that is not as it should be. */
function wrongUrls(facts: Facts, isRight: (url: string, path: string) => boolean): string[] {
    const provider = loginProvider(facts);
    const urls = [
        ['authorize URL', provider?.authorizeUrl, '/services/oauth2/authorize'],
        ['token URL', provider?.tokenUrl, '/services/oauth2/token']
    ] as const;
    return provider === undefined
        ? []
        : urls.flatMap(([label, url = '', path]) =>
              isRight(url, path) ? [] : [`${label} of ${provider.document.fullName} = ${url || '(empty)'}`]
          );
}

/** Provider, consent and tokens of the browser flow. A login that cannot begin is found before somebody needs it. */
export const LOGIN: readonly DoctorRule[] = (
    [
        {
            id: 'login-provider-missing',
            severity: 'error',
            org: 'source',
            title: 'The source org has no login provider of the name',
            hiddenBy: SOURCE_SHUT,
            fix: DEPLOY,
            remedy: 'connect',
            find: (facts) => {
                const { type, name } = providerName(facts);
                return isBroken(facts) && loginProvider(facts) === undefined
                    ? setting(facts, `${type} ${name}: not in the source org`)
                    : undefined;
            }
        },
        {
            id: 'login-provider-differs',
            severity: 'error',
            org: 'source',
            title: 'The external credential logs in through another provider',
            hiddenBy: [...EC_GONE, 'login-provider-missing', 'flow-differs'],
            fix: `Let it name the login provider of the link. ${DEPLOY}`,
            remedy: 'connect',
            find: (facts) => {
                const { type, name } = providerName(facts);
                const element = type === 'AuthProvider' ? 'authProvider' : 'externalAuthIdentityProvider';
                const reference = externalParameter(facts, type)?.[element];
                return isBroken(facts) && reference !== name
                    ? setting(facts, `${type} of ${facts.plan.externalCredential} = ${reference ?? '(none)'}`)
                    : undefined;
            }
        },
        {
            id: 'provider-host',
            severity: 'error',
            org: 'source',
            title: 'The login provider points at another host than the target org',
            hiddenBy: PROVIDER_GONE,
            fix: `Use the My Domain of the target org: login hosts refuse External Client Apps. ${DEPLOY}`,
            remedy: 'connect',
            find: (facts) => {
                const wrong = wrongUrls(facts, (url) => isHostOf(url, facts.orgs.target.url));
                return wrong.length === 0 ? undefined : loginSetting(facts, wrong.join(', '));
            }
        },
        {
            id: 'provider-path',
            severity: 'error',
            org: 'source',
            title: 'The addresses of the login provider are not those of the OAuth endpoints',
            hiddenBy: [...PROVIDER_GONE, 'provider-host'],
            fix: `The paths are /services/oauth2/authorize and /services/oauth2/token. ${DEPLOY}`,
            remedy: 'connect',
            find: (facts) => {
                const wrong = wrongUrls(facts, (url, path) => URL.parse(url)?.pathname === path);
                return wrong.length === 0 ? undefined : loginSetting(facts, wrong.join(', '));
            }
        },
        {
            id: 'provider-secret-missing',
            severity: 'error',
            org: 'source',
            title: 'The external auth identity provider holds no client id and secret',
            hiddenBy: PROVIDER_GONE,
            fix: 'Store the key and secret of the app: npm run bridge -- connect.',
            remedy: 'connect',
            find: (facts) =>
                facts.source.login.providerStored === false
                    ? loginSetting(facts, 'GET external-auth-identity-provider-credentials: none')
                    : undefined
        },
        {
            id: 'provider-key-wrong',
            severity: 'error',
            org: 'source',
            title: 'The login provider sends another key than that of the app',
            hiddenBy: [
                ...PROVIDER_GONE,
                ...APP_INCOMPLETE,
                'flow-differs',
                'login-provider-differs',
                'provider-host',
                'provider-path',
                'provider-secret-missing',
                // They say which provider the link uses, and whether a login can begin.
                'external-credential-missing',
                'principal-missing'
            ],
            fix: 'Run npm run bridge -- connect --identity-provider external: an auth provider keeps the secret of its first app.',
            find: (facts) => {
                const [key] = appSetting(facts, 'consumerKey')?.values ?? [];
                const own = loginProvider(facts)?.consumerKey;
                const isRefused = facts.source.login.authorize?.includes('invalid_client_id') === true;
                return isRefused || (own !== undefined && key !== undefined && own !== key)
                    ? loginSetting(facts, 'the key of the provider is not the consumerKey of the app')
                    : undefined;
            }
        },
        {
            id: 'redirect-mismatch',
            severity: 'error',
            org: 'target',
            title: 'The app does not have the address that the source org gets its codes at',
            hiddenBy: APP_INCOMPLETE,
            fix: 'Add the address to the callback URLs of the app, character by character: npm run bridge -- deploy.',
            remedy: 'deploy',
            find: (facts) => {
                const callback = callbackUrl(facts.orgs.source, facts.plan);
                const urls = appSetting(facts, 'callbackUrls');
                return urls !== undefined && !urls.values.includes(callback)
                    ? loginSetting(facts, `${urls.shown}; the source has ${callback}`)
                    : undefined;
            }
        },
        {
            id: 'pkce-mismatch',
            severity: 'error',
            org: 'source',
            title: 'The app requires PKCE, and the login provider does not do it',
            hiddenBy: [...PROVIDER_GONE, ...APP_INCOMPLETE],
            fix: `Switch PKCE on in the login provider, not off in the app. ${DEPLOY}`,
            remedy: 'connect',
            find: (facts) => {
                const provider = loginProvider(facts);
                return provider?.usesPkce === false && requiresPkce(facts)
                    ? loginSetting(facts, `${provider.document.fullName}: PKCE off`)
                    : undefined;
            }
        },
        {
            id: 'scope-not-offered',
            severity: 'error',
            org: 'source',
            title: 'The login asks for a scope that the app does not have',
            hiddenBy: [
                ...EC_GONE,
                ...PROVIDER_GONE,
                ...APP_INCOMPLETE,
                'login-provider-differs',
                'scope-missing',
                'refresh-scope-missing'
            ],
            fix: `Ask for api and refresh_token only. ${DEPLOY}`,
            remedy: 'connect',
            find: (facts) => {
                const offered = offeredScopes(facts);
                // Every app gives the identity of the user.
                const extra = requestedScopes(facts).filter((scope) => scope !== 'id' && offered?.has(scope) === false);
                return extra.length > 0
                    ? loginSetting(facts, `Scope = ${requestedScopes(facts).join(' ')}`)
                    : undefined;
            }
        },
        {
            id: 'scope-not-asked',
            severity: 'error',
            org: 'source',
            title: 'The login does not ask for api and refresh_token',
            hiddenBy: [...EC_GONE, ...PROVIDER_GONE, 'login-provider-differs', 'flow-differs'],
            fix: `Let the external credential ask for them. ${DEPLOY}`,
            remedy: 'connect',
            find: (facts) => {
                const asked = requestedScopes(facts);
                // Without a word about scopes the app gives all that it has.
                return asked.length > 0 && !['api', 'refresh_token'].every((scope) => asked.includes(scope))
                    ? loginSetting(facts, `Scope = ${asked.join(' ')}`)
                    : undefined;
            }
        },
        {
            id: 'consent-missing',
            severity: 'error',
            org: 'source',
            title: 'Nobody has logged in to the target org for the principal',
            hiddenBy: [
                ...EC_GONE,
                'principal-missing',
                'login-provider-missing',
                'login-provider-differs',
                'provider-secret-missing',
                'flow-differs'
            ],
            fix: LOG_IN,
            find: (facts) => {
                const status = facts.source.credential?.status;
                return isBroken(facts) && status !== 'Configured'
                    ? setting(facts, `authenticationStatus = ${status ?? 'NOT_FOUND'}`)
                    : undefined;
            }
        },
        {
            id: 'tokens-refused',
            severity: 'error',
            org: 'source',
            title: 'The target org no longer takes the tokens: revoked, expired, or the secret of the app has changed',
            hiddenBy: BEFORE_TOKEN,
            fix: LOG_IN,
            find: ({ refresh }) => (refresh === undefined || refresh === '' ? undefined : refresh)
        }
    ] satisfies DoctorRule[]
).map((rule) => ({ ...rule, flows: ['browser'] }));
