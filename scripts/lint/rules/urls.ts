import { isSalesforceTokenUrl, loginHostOf, originOf, urlsOf, usesClientCredentials } from '../credentials.ts';
import { problemAt, type Rule } from '../rule.ts';
import { child, linesOf, textOf } from '../xml.ts';

const httpCallback: Rule = {
    id: 'http-callback',
    severity: 'error',
    title: 'Callback URL without TLS',
    why: 'The authorization code travels in the clear, and whoever sees it first can use it (RFC 9700, section 2.6). Loopback addresses are exempt: they never leave the machine.',
    fix: 'Register the https address.',
    kinds: ['ConnectedApp', 'ExtlClntAppGlobalOauthSettings'],
    *check(file) {
        const parent = file.kind === 'ConnectedApp' ? child(file.root, 'oauthConfig') : file.root;
        const element = parent && child(parent, 'callbackUrl');
        for (const { text, position } of element ? linesOf(element) : []) {
            if (/^http:/i.test(text) && !/^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$)/i.test(text)) {
                yield { position, message: `The callback URL at ${originOf(text)} is not https.` };
            }
        }
    }
};

const httpEndpoint: Rule = {
    id: 'http-endpoint',
    severity: 'error',
    title: 'Call to an address without TLS',
    why: 'Tokens, secrets and records travel in the clear, for anyone on the way to read and to change.',
    fix: 'Use the https address.',
    kinds: [
        'AuthProvider',
        'CspTrustedSite',
        'ExternalAuthIdentityProvider',
        'ExternalCredential',
        'ExternalServiceRegistration',
        'NamedCredential',
        'RemoteSiteSetting'
    ],
    *check(file) {
        for (const { url, element } of urlsOf(file)) {
            if (/^http:/i.test(url)) {
                yield problemAt(element, `The address ${originOf(url)} is not https.`);
            }
        }
    }
};

const loginHost: Rule = {
    id: 'login-host',
    severity: 'error',
    title: 'Shared login host where only the My Domain host answers',
    why: 'login.salesforce.com and test.salesforce.com refuse the client credentials flow ("request not supported on this domain") and serve no data.',
    fix: "Use the target org's own host, https://<MyDomain>.my.salesforce.com.",
    kinds: ['ExternalCredential', 'NamedCredential'],
    *check(file) {
        for (const { url, element } of urlsOf(file)) {
            const host = loginHostOf(url);
            if (host !== undefined && (file.kind === 'NamedCredential' || usesClientCredentials(file))) {
                const use = file.kind === 'NamedCredential' ? 'serves no data' : 'refuses the client credentials flow';
                yield problemAt(element, `${host} ${use}.`);
            }
        }
    }
};

const loginHostHidesApp: Rule = {
    id: 'login-host-hides-app',
    severity: 'warning',
    title: 'Shared login host, on which External Client Apps are not found',
    why: 'An External Client App is known on the My Domain host of its org only ("External client app is not installed in this org"); the shared host finds connected apps, and those can no longer be created.',
    fix: "Use the target org's own host, https://<MyDomain>.my.salesforce.com.",
    kinds: ['AuthProvider', 'ExternalAuthIdentityProvider', 'ExternalCredential'],
    *check(file) {
        if (file.kind === 'ExternalCredential' && usesClientCredentials(file)) {
            return;
        }
        for (const { url, element } of urlsOf(file)) {
            const host = loginHostOf(url);
            if (host !== undefined && isSalesforceTokenUrl(url)) {
                yield problemAt(element, `${host} does not know External Client Apps.`);
            }
        }
    }
};

const authProviderDefaultHost: Rule = {
    id: 'auth-provider-default-host',
    severity: 'warning',
    title: 'Salesforce auth provider without its URLs',
    why: 'Left out, authorizeUrl and tokenUrl mean login.salesforce.com, where sandboxes, scratch orgs and External Client Apps are not found.',
    fix: "Add authorizeUrl and tokenUrl with the target org's own host.",
    kinds: ['AuthProvider'],
    *check(file) {
        const missing = ['authorizeUrl', 'tokenUrl'].filter((name) => textOf(file.root, name) === undefined);
        if (textOf(file.root, 'providerType') === 'Salesforce' && missing.length > 0) {
            yield problemAt(file.root, `${missing.join(' and ')} left out: login.salesforce.com is used.`);
        }
    }
};

export const urlRules = [httpCallback, httpEndpoint, loginHost, loginHostHidesApp, authProviderDefaultHost];
