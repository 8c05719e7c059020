import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import { projectPath } from '../lib/project.ts';
import { lint, type Finding } from '../lint/lint.ts';
import { LINT_DOCS_PATH, renderLintDocs } from '../lint/rule-table.ts';
import { RULES } from '../lint/rules.ts';

/** Where the bad fixture of each rule has its one finding; the good fixture has none. */
const PLACES: Readonly<Record<string, string>> = {
    'plaintext-secret': 'Target.authprovider-meta.xml:5:5',
    'stand-in-secret': 'Target.authprovider-meta.xml:5:5',
    'private-key-committed': 'App_glbloauth.ecaGlblOauth-meta.xml:4:5',
    'secret-in-header': 'Target.namedCredential-meta.xml:19:9',
    'credentials-in-url': 'Target.namedCredential-meta.xml:9:9',
    'consumer-key-committed': 'App_glbloauth.ecaGlblOauth-meta.xml:4:5',
    'client-id-committed': 'Target.authprovider-meta.xml:4:5',
    'secret-rotates-on-deploy': 'App_glbloauth.ecaGlblOauth-meta.xml:5:5',
    'secret-api-left-on': 'ExternalClientApp.settings-meta.xml:3:5',
    'full-scope': 'App_oauth.ecaOauth-meta.xml:3:5',
    'unknown-scope': 'App_oauth.ecaOauth-meta.xml:3:5',
    'scope-with-client-credentials': 'Target.externalCredential-meta.xml:9:5',
    'http-callback': 'App_glbloauth.ecaGlblOauth-meta.xml:3:18',
    'http-endpoint': 'Target.namedCredential-meta.xml:9:9',
    'login-host': 'Target.externalCredential-meta.xml:12:9',
    'login-host-hides-app': 'Target.authprovider-meta.xml:8:5',
    'auth-provider-default-host': 'Target.authprovider-meta.xml:2:1',
    'dangling-oauth-link': 'App_oauth.ecaOauth-meta.xml:6:5',
    'org-scoped-app': 'App.eca-meta.xml:6:5',
    'unknown-app': 'App_oauth_defaultPolicy.ecaOauthPlcy-meta.xml:4:5',
    'policy-name': 'App_policy.ecaOauthPlcy-meta.xml:2:1',
    'policy-missing': 'App.eca-meta.xml:2:1',
    'app-disabled': 'App_plcy.ecaPlcy-meta.xml:5:5',
    'new-connected-app': 'App.connectedApp-meta.xml:2:1',
    'legacy-flow-allowed': 'OauthOidc.settings-meta.xml:3:5',
    'self-authorized-app': 'App_oauth_defaultPolicy.ecaOauthPlcy-meta.xml:6:5',
    'nobody-preauthorized': 'App_oauth_defaultPolicy.ecaOauthPlcy-meta.xml:5:5',
    'ip-relaxed': 'App_oauth_defaultPolicy.ecaOauthPlcy-meta.xml:5:5',
    'pkce-off': 'App_glbloauth.ecaGlblOauth-meta.xml:5:5',
    'secret-not-required': 'App_glbloauth.ecaGlblOauth-meta.xml:5:5',
    'refresh-token-never-expires': 'App_oauth_defaultPolicy.ecaOauthPlcy-meta.xml:7:5',
    'refresh-token-period-missing': 'App_oauth_defaultPolicy.ecaOauthPlcy-meta.xml:7:5',
    'client-credentials-half-enabled': 'App_oauth_defaultPolicy.ecaOauthPlcy-meta.xml:6:5',
    'run-as-user-missing': 'App_oauth_defaultPolicy.ecaOauthPlcy-meta.xml:2:1',
    'run-as-user-not-a-username': 'App_oauth_defaultPolicy.ecaOauthPlcy-meta.xml:3:5',
    'pkce-not-sent': 'Target.authprovider-meta.xml:6:5',
    'identity-provider-url-missing': 'Target.externalAuthIdentityProvider-meta.xml:2:1',
    'principal-missing': 'Target.externalCredential-meta.xml:2:1',
    'auth-protocol-variant-missing': 'Target.externalCredential-meta.xml:4:5',
    'auth-protocol-variant-unknown': 'Target.externalCredential-meta.xml:7:9',
    'token-url-missing': 'Target.externalCredential-meta.xml:2:1',
    'two-identity-providers': 'Target.externalCredential-meta.xml:9:5',
    'reference-by-value': 'Target.namedCredential-meta.xml:14:9',
    'unknown-reference': 'Target.namedCredential-meta.xml:12:9',
    'jwt-without-certificate': 'Target.externalCredential-meta.xml:2:1',
    'jwt-audience-not-json': 'Target.externalCredential-meta.xml:32:9',
    'jwt-claim-missing': 'Target.externalCredential-meta.xml:2:1',
    'legacy-named-credential': 'Target.namedCredential-meta.xml:3:5',
    'named-credential-without-credential': 'Target.namedCredential-meta.xml:11:5',
    'authorization-header-off': 'Target.namedCredential-meta.xml:4:5',
    'callout-disabled': 'Target.namedCredential-meta.xml:3:5',
    'external-service-without-credential': 'Accounts.externalServiceRegistration-meta.xml:2:1',
    'user-external-credential-missing': 'Caller.permissionset-meta.xml:5:9',
    'user-external-credential-too-wide': 'Caller.permissionset-meta.xml:15:9',
    'unknown-principal': 'Caller.permissionset-meta.xml:9:9',
    'principal-not-granted': 'Target.externalCredential-meta.xml:14:5',
    'malformed-xml': 'App.eca:3:22',
    'unknown-element': 'Target.externalCredential-meta.xml:20:5',
    'missing-element': 'Target.externalCredential-meta.xml:2:1',
    'invalid-value': 'App.eca-meta.xml:4:5',
    'protocol-spelling': 'Target.externalCredential-meta.xml:3:5',
    'elements-not-adjacent': 'Target.externalCredential-meta.xml:15:5',
    'suppression-without-reason': 'ExternalClientApp.settings-meta.xml:3:5',
    'suppression-unused': 'ExternalClientApp.settings-meta.xml:3:5'
};

describe('lint rules', () => {
    it('have a fixture each', () => {
        assert.deepEqual(Object.keys(PLACES), [...RULES.map(({ id }) => id)]);
    });

    for (const [rule, place] of Object.entries(PLACES)) {
        it(`${rule} finds the mistake, at its place, and nothing else`, () => {
            assert.deepEqual(lint(fixture(rule, 'bad')).findings.map(describeFinding), [`${rule} ${place}`]);
        });

        it(`${rule} is content with the correction`, () => {
            const report = lint(fixture(rule, 'good'));
            assert.deepEqual(report.findings.map(describeFinding), []);
            assert.ok(report.files > 0);
        });
    }

    it('say why and how to fix it in one line each', () => {
        for (const { id, title, why, fix } of RULES) {
            assert.match(id, /^[a-z]+(-[a-z]+)*$/);
            assert.match(why, /^[^\n]+\.$/, id);
            assert.match(fix, /^[^\n]+\.$/, id);
            assert.match(title, /^[^\n]+[^.]$/, id);
        }
    });

    it('are the ones that docs/lint.md lists (else run: node scripts/generate-lint-docs.ts)', async () => {
        assert.equal(readFileSync(LINT_DOCS_PATH, 'utf8'), await renderLintDocs());
    });
});

function fixture(rule: string, side: 'bad' | 'good'): string {
    return projectPath('scripts', 'test', 'fixtures', 'lint', rule, side);
}

function describeFinding({ rule, file, line, column }: Finding): string {
    return `${rule} ${basename(file)}:${line}:${column}`;
}
