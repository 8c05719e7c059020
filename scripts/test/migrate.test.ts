import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { BridgeError } from '../lib/errors.ts';
import { projectPath } from '../lib/project.ts';
import { lint } from '../lint/lint.ts';
import { migrate } from '../migrate/migrate.ts';
import { readFolder } from '../migrate/read.ts';
import { writeFiles } from '../migrate/write.ts';

const FIXTURES = projectPath('scripts', 'test', 'fixtures', 'migrate');

describe('bridge migrate', () => {
    const folder = mkdtempSync(join(tmpdir(), 'migrate-'));
    const { files, notCarried } = migrate(readFolder(FIXTURES));
    const content = (name: string): string => files.find(({ path }) => path.endsWith(name))?.content ?? '';

    before(() => void writeFiles(folder, files, false));
    after(() => rmSync(folder, { recursive: true }));

    test('what it writes has no error for the linter, which knows every element and value', () => {
        const errors = lint(folder).findings.filter(({ severity }) => severity === 'error');
        assert.deepEqual(
            errors.map(({ rule, message }) => `${String(rule)} ${message}`),
            []
        );
        assert.ok(readdirSync(folder).includes('externalClientApps'));
    });

    test('a connected app becomes the five files of an External Client App', () => {
        assert.equal(files.filter(({ path }) => path.includes('Billing_ECA')).length, 5);
        assert.match(content('.eca-meta.xml'), /Calls &amp; is called/);
        assert.match(content('.ecaOauth-meta.xml'), /<commaSeparatedOauthScopes>Api, SFApiPlatform</);
        assert.match(content('.ecaOauth-meta.xml'), /<endIpAddress>10\.0\.0\.255</);
        assert.match(content('.ecaGlblOauth-meta.xml'), /https:\/\/one\.example\/cb\s+https:\/\/two\.example\/cb/);
        assert.match(content('.ecaGlblOauth-meta.xml'), /<isPkceRequired>true</);
        const policy = content('.ecaOauthPlcy-meta.xml');
        assert.match(policy, /<clientCredentialsFlowUser>billing\.user@example\.com</);
        assert.match(policy, /<commaSeparatedPermissionSet>Billing_Users</);
        assert.match(policy, /<permittedUsersPolicyType>AdminApprovedPreAuthorized</);
        assert.match(policy, /<refreshTokenPolicyType>SpecificInactivity</);
    });

    test('an auth provider and the legacy credential that uses it go together', () => {
        assert.match(
            content('Crm.externalAuthIdentityProvider-meta.xml'),
            /crm\.my\.salesforce\.com\/services\/oauth2\/token/
        );
        const credential = content('Crm_Org_EC.externalCredential-meta.xml');
        assert.match(credential, /<externalAuthIdentityProvider>Crm</);
        assert.match(credential, /<parameterValue>api refresh_token</);
        assert.match(content('Crm_Org.namedCredential-meta.xml'), /<externalCredential>Crm_Org_EC</);
        assert.match(content('Crm_Org_Access.permissionset-meta.xml'), /Crm_Org_EC-Integration/);
        assert.match(content('Ledger_EC.externalCredential-meta.xml'), /PerUserPrincipal/);
    });

    test('no key is carried, and what is left out is listed with what to do', () => {
        assert.ok(files.every((file) => !file.content.includes('3MVG9legacy')));
        const listed = notCarried.map(({ component, what }) => `${component}: ${what}`);
        for (const expected of [
            'ConnectedApp Billing: consumer key and secret',
            'ConnectedApp Billing: startUrl',
            'ConnectedApp Billing: permission set "Elsewhere"',
            'AuthProvider Social: provider of type Facebook',
            'NamedCredential Bucket: protocol AwsSv4',
            'NamedCredential Ledger: user name and password'
        ]) {
            assert.ok(listed.includes(expected), `${expected} is not listed:\n${listed.join('\n')}`);
        }
        assert.ok(notCarried.every(({ instead }) => instead.length > 10));
    });

    test('nothing is overwritten silently, and nothing is written by halves', () => {
        assert.ok(writeFiles(folder, files, false).every(({ state }) => state === 'unchanged'));
        const path = join(folder, files[0].path);
        writeFileSync(path, 'mine');
        const more = [...files, { path: 'new.txt', content: 'x' }];
        assert.throws(
            () => writeFiles(folder, more, false),
            (error) =>
                error instanceof BridgeError && error.code === 'FILES_EXIST' && error.message.includes(files[0].path)
        );
        assert.equal(readFileSync(path, 'utf8'), 'mine');
        assert.ok(!readdirSync(folder).includes('new.txt'));
        assert.equal(writeFiles(folder, files, true).filter(({ state }) => state === 'overwritten').length, 1);
    });
});
