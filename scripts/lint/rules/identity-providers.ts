import { isSalesforceTokenUrl } from '../credentials.ts';
import { parametersOf, parametersOfType } from '../parameters.ts';
import { problemAt, type Rule } from '../rule.ts';
import { child, isTrue, textOf } from '../xml.ts';

const pkceNotSent: Rule = {
    id: 'pkce-not-sent',
    severity: 'error',
    title: 'Browser flow against a Salesforce org without PKCE',
    why: 'External Client Apps ask for PKCE unless told otherwise ("missing required code challenge"), and auth providers send none unless told.',
    fix: 'Auth provider: isPkceEnabled true. External auth identity provider: parameter PkceEnabled, type IdentityProviderOptions, value true.',
    kinds: ['AuthProvider', 'ExternalAuthIdentityProvider'],
    *check(file) {
        if (file.kind === 'AuthProvider') {
            if (textOf(file.root, 'providerType') === 'Salesforce' && !isTrue(file.root, 'isPkceEnabled')) {
                yield problemAt(child(file.root, 'isPkceEnabled') ?? file.root, 'isPkceEnabled is not true.');
            }
            return;
        }
        const pkce = parametersOf(file).find(({ name }) => name === 'PkceEnabled');
        const [authorizeUrl] = parametersOfType(file, 'AuthorizeUrl');
        const isBrowserFlow = textOf(file.root, 'authenticationFlow') === 'AuthorizationCode';
        if (isBrowserFlow && isSalesforceTokenUrl(authorizeUrl?.value ?? '') && pkce?.value !== 'true') {
            yield problemAt(pkce?.place ?? file.root, 'PkceEnabled is not true.');
        }
    }
};

const identityProviderUrlMissing: Rule = {
    id: 'identity-provider-url-missing',
    severity: 'error',
    title: 'External auth identity provider without its URLs',
    why: 'The provider has no defaults: without TokenUrl no token can be fetched, without AuthorizeUrl no browser flow can start.',
    fix: 'Add parameters of type TokenUrl and, for AuthorizationCode, AuthorizeUrl.',
    kinds: ['ExternalAuthIdentityProvider'],
    *check(file) {
        const isBrowserFlow = textOf(file.root, 'authenticationFlow') === 'AuthorizationCode';
        const needed = isBrowserFlow ? ['AuthorizeUrl', 'TokenUrl'] : ['TokenUrl'];
        const missing = needed.filter((type) => parametersOfType(file, type)[0]?.value === undefined);
        if (missing.length > 0) {
            yield problemAt(file.root, `${missing.join(' and ')} left out.`);
        }
    }
};

export const identityProviderRules = [pkceNotSent, identityProviderUrlMissing];
