import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { projectPath } from '../lib/project.ts';
import { lint } from '../lint/lint.ts';

const folders: string[] = [];

after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

type Files = Readonly<Record<string, string>>;

function folderWith(files: Files): string {
    const folder = mkdtempSync(join(tmpdir(), 'bridge-lint-'));
    folders.push(folder);
    for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
    }
    return folder;
}

function findings(files: Files, path = ''): string[] {
    return lint(join(folderWith(files), path)).findings.map(
        ({ rule, file, line }) => `${rule} ${basename(file).split('.')[0]}:${line}`
    );
}

function xml(type: string, ...lines: string[]): string {
    return [`<${type} xmlns="http://soap.sforce.com/2006/04/metadata">`, ...lines, `</${type}>`].join('\n');
}

function connectedApp(config: string[], policy: string[] = ['<ipRelaxation>ENFORCE</ipRelaxation>']): Files {
    return {
        'Old.connectedApp': xml(
            'ConnectedApp',
            '<contactEmail>a@example.com</contactEmail>',
            '<label>Old</label>',
            '<oauthConfig>',
            '<callbackUrl>https://example.com/callback</callbackUrl>',
            ...config,
            '</oauthConfig>',
            '<oauthPolicy>',
            ...policy,
            '</oauthPolicy>'
        )
    };
}

const SAFE_APP = ['<isAdminApproved>false</isAdminApproved>', '<isPkceRequired>true</isPkceRequired>'];

describe('connected apps', () => {
    const standing = ['new-connected-app Old:1', 'self-authorized-app Old:6'];
    const zero = ['<ipRelaxation>ENFORCE</ipRelaxation>', '<refreshTokenPolicy>zero</refreshTokenPolicy>'];

    const cases: Readonly<Record<string, { config: string[]; policy?: string[]; expected: string[] }>> = {
        'a consumer key and a secret': {
            config: [
                '<consumerKey>3MVG9abc</consumerKey>',
                '<consumerSecret>55aa</consumerSecret>',
                '<scopes>Api</scopes>'
            ],
            expected: ['consumer-key-committed Old:8', 'plaintext-secret Old:9']
        },
        'the scope Full in a list': {
            config: ['<scopes>Api</scopes>', '<scopes>Full</scopes>'],
            expected: ['full-scope Old:9']
        },
        'a flow without a user': {
            config: ['<isClientCredentialEnabled>true</isClientCredentialEnabled>', '<scopes>Api</scopes>'],
            expected: ['run-as-user-missing Old:4']
        },
        'relaxed addresses and endless refresh tokens': {
            config: ['<scopes>Api</scopes>'],
            policy: [
                '<ipRelaxation>BYPASS_2FACTOR</ipRelaxation>',
                '<refreshTokenPolicy>infinite</refreshTokenPolicy>'
            ],
            expected: ['ip-relaxed Old:11', 'refresh-token-never-expires Old:12']
        }
    };

    for (const [name, { config, policy = zero, expected }] of Object.entries(cases)) {
        it(`have the findings of ${name}`, () => {
            const found = findings(connectedApp([...SAFE_APP, ...config], policy));
            assert.deepEqual(found.toSorted(), [...standing, ...expected].toSorted());
        });
    }

    it('have PKCE off unless told otherwise', () => {
        const config = ['<isAdminApproved>true</isAdminApproved>', '<scopes>Api</scopes>'];
        assert.deepEqual(findings(connectedApp(config, zero)).toSorted(), [
            'new-connected-app Old:1',
            'nobody-preauthorized Old:6',
            'pkce-off Old:4'
        ]);
    });
});

describe('callback URLs', () => {
    it('are read one a line, each with its own place', () => {
        const found = findings({
            'App.ecaGlblOauth': xml(
                'ExtlClntAppGlobalOauthSettings',
                '<callbackUrl>https://example.com/callback',
                'http://127.0.0.1:1717/callback',
                'http://example.com/callback',
                'http://localhost.example.com/callback</callbackUrl>',
                '<externalClientApplication>App</externalClientApplication>'
            )
        });
        assert.deepEqual(found, ['http-callback App:4', 'http-callback App:5']);
    });
});

describe('secrets', () => {
    const provider = (secret: string): string =>
        xml(
            'AuthProvider',
            `<consumerSecret>${secret}</consumerSecret>`,
            '<friendlyName>IdP</friendlyName>',
            '<providerType>GitHub</providerType>'
        );

    for (const token of ['%%X%%', '${X}', '{{ x }}', '{X}', '#{x}', '@X@', '__X__', '$X']) {
        it(`are not where a deploy puts them: ${token}`, () => {
            assert.deepEqual(findings({ 'IdP.authprovider': provider(token) }), []);
        });
    }

    it('are not what the project itself replaces, and only in the files named', () => {
        const replacements = [{ glob: 'main/a/**', stringToReplace: 'to-be-filled', replaceWithEnv: 'SECRET' }];
        const found = findings({
            'sfdx-project.json': JSON.stringify({ packageDirectories: [{ path: 'main' }], replacements }),
            'main/a/Filled.authprovider': provider('to-be-filled'),
            'main/b/Kept.authprovider': provider('to-be-filled')
        });
        assert.deepEqual(found, ['plaintext-secret Kept:2']);
    });

    for (const text of ['Placeholder_Value', 'CHANGE-ME', '[REDACTED]', '***', 'your-secret here', 'xxxx']) {
        it(`are not stand-ins: ${text}`, () => {
            assert.deepEqual(findings({ 'IdP.authprovider': provider(text) }), ['stand-in-secret IdP:2']);
        });
    }

    it('are never part of a report', () => {
        const secret = 'canary-5b1f7c';
        const folder = folderWith({
            'IdP.authprovider': provider(secret),
            'Old.namedCredential': xml(
                'NamedCredential',
                `<endpoint>http://user:${secret}@example.com</endpoint>`,
                '<label>Old</label>',
                `<password>${secret}</password>`
            ),
            'App.ecaGlblOauth': xml(
                'ExtlClntAppGlobalOauthSettings',
                `<callbackUrl>http://user:${secret}@example.com/callback?code=${secret}</callbackUrl>`,
                `<consumerKey>${secret}</consumerKey>`,
                '<externalClientApplication>App</externalClientApplication>'
            )
        });
        const report = lint(folder);
        assert.deepEqual(report.findings.map(({ rule }) => rule).toSorted(), [
            'consumer-key-committed',
            'credentials-in-url',
            'http-callback',
            'http-endpoint',
            'legacy-named-credential',
            'plaintext-secret',
            'plaintext-secret'
        ]);
        assert.ok(!JSON.stringify(report).includes(secret));
    });
});

describe('references between files', () => {
    const flow = (enabled: boolean): string =>
        `<isClientCredentialsFlowEnabled>${enabled}</isClientCredentialsFlowEnabled>`;
    const settings = (enabled: boolean): string =>
        xml(
            'ExtlClntAppGlobalOauthSettings',
            '<externalClientApplication>App</externalClientApplication>',
            flow(enabled)
        );
    const policy = (enabled: boolean): string =>
        xml(
            'ExtlClntAppOauthConfigurablePolicies',
            '<clientCredentialsFlowUser>integration@example.com</clientCredentialsFlowUser>',
            '<commaSeparatedPermissionSet>Api</commaSeparatedPermissionSet>',
            '<externalClientApplication>App</externalClientApplication>',
            flow(enabled),
            '<permittedUsersPolicyType>AdminApprovedPreAuthorized</permittedUsersPolicyType>'
        );

    it('compare the files that lie together when a project has a variant for each flow', () => {
        const found = findings({
            'server/App.ecaGlblOauth': settings(true),
            'server/App.ecaOauthPlcy': policy(true),
            'browser/App.ecaGlblOauth': settings(false),
            'browser/App.ecaOauthPlcy': policy(false)
        });
        assert.deepEqual(found, []);
    });

    it('are followed in both directions', () => {
        assert.deepEqual(findings({ 'App.ecaGlblOauth': settings(false), 'App.ecaOauthPlcy': policy(true) }), [
            'client-credentials-half-enabled App:3'
        ]);
        assert.deepEqual(findings({ 'App.ecaGlblOauth': settings(true), 'App.ecaOauthPlcy': policy(false) }), [
            'client-credentials-half-enabled App:5'
        ]);
    });

    it('are looked up in the whole project when one file of it is checked', () => {
        const files = {
            'sfdx-project.json': JSON.stringify({ packageDirectories: [{ path: 'one' }, { path: 'two' }] }),
            'one/App.ecaGlblOauth': settings(false),
            'two/App.ecaOauthPlcy': policy(true)
        };
        assert.deepEqual(findings(files, 'one/App.ecaGlblOauth'), ['client-credentials-half-enabled App:3']);
        assert.deepEqual(findings(files, 'two'), []);
        assert.deepEqual(findings(files), ['client-credentials-half-enabled App:3']);
    });

    it('leave out what lies outside the package directories', () => {
        const files = {
            'sfdx-project.json': JSON.stringify({ packageDirectories: [{ path: 'one' }] }),
            'one/App.ecaGlblOauth': settings(true),
            'retrieved/App.ecaOauthPlcy': policy(false)
        };
        assert.deepEqual(findings(files), []);
        assert.deepEqual(findings(files, 'retrieved'), []);
    });
});

describe('suppressions', () => {
    const on = '<enableClientSecretInRestApiAccess>true</enableClientSecretInRestApiAccess>';
    const settings = (...lines: string[]): Files => ({
        'ExternalClientApp.settings': xml('ExternalClientAppSettings', ...lines)
    });

    it('carry their reason into the report', () => {
        const comment = '<!-- bridge-lint-disable-next-line secret-api-left-on: a test org: see docs -->';
        const { findings: found, suppressed } = lint(folderWith(settings(comment, on)));
        assert.deepEqual(found, []);
        assert.deepEqual(
            suppressed.map(({ rule, line, reason }) => ({ rule, line, reason })),
            [{ rule: 'secret-api-left-on', line: 3, reason: 'a test org: see docs' }]
        );
    });

    it('count from the last line of the comment', () => {
        const comment = '<!-- bridge-lint-disable-next-line\nsecret-api-left-on: a test org -->';
        assert.deepEqual(findings(settings(comment, on)), []);
    });

    it('do nothing without a reason', () => {
        for (const directive of ['secret-api-left-on', 'secret-api-left-on:', ': no rule']) {
            const comment = `<!-- bridge-lint-disable-next-line ${directive} -->`;
            assert.deepEqual(findings(settings(comment, on)), [
                'suppression-without-reason ExternalClientApp:2',
                'secret-api-left-on ExternalClientApp:3'
            ]);
        }
    });

    it('do nothing for other rules and other lines', () => {
        const other = '<!-- bridge-lint-disable-next-line full-scope: wrong rule -->';
        const far = '<!-- bridge-lint-disable-next-line secret-api-left-on: too far -->';
        assert.deepEqual(findings(settings(other, on)), [
            'suppression-unused ExternalClientApp:2',
            'secret-api-left-on ExternalClientApp:3'
        ]);
        assert.deepEqual(findings(settings(far, '', on)), [
            'suppression-unused ExternalClientApp:2',
            'secret-api-left-on ExternalClientApp:4'
        ]);
    });
});

describe('elements that a later version took away', () => {
    const policy = xml(
        'ExtlClntAppOauthConfigurablePolicies',
        '<commaSeparatedPermissionSet>Api</commaSeparatedPermissionSet>',
        '<externalClientApplication>App</externalClientApplication>',
        '<isNamedUserJwtEnabled>false</isNamedUserJwtEnabled>',
        '<permittedUsersPolicyType>AdminApprovedPreAuthorized</permittedUsersPolicyType>'
    );
    const project = (sourceApiVersion: string): Files => ({
        'sfdx-project.json': JSON.stringify({ packageDirectories: [{ path: 'app' }], sourceApiVersion }),
        'app/App.ecaOauthPlcy': policy
    });

    it('are known while the project deploys with a version that has them', () => {
        assert.deepEqual(findings(project('62.0')), []);
        assert.deepEqual(findings(project('64.0')), ['unknown-element App:4']);
        assert.deepEqual(findings({ 'App.ecaOauthPlcy': policy }), ['unknown-element App:4']);
    });
});

describe('what the typings require', () => {
    it('may be left out where deploys take it so', () => {
        assert.deepEqual(findings(connectedApp(SAFE_APP, ['<refreshTokenPolicy>zero</refreshTokenPolicy>'])), [
            'new-connected-app Old:1',
            'self-authorized-app Old:6'
        ]);
    });
});

describe('principals of a project with a namespace', () => {
    it('are granted under their full names', () => {
        const credential = xml(
            'ExternalCredential',
            '<authenticationProtocol>Custom</authenticationProtocol>',
            '<externalCredentialParameters>',
            '<parameterGroup>Caller</parameterGroup>',
            '<parameterName>Caller</parameterName>',
            '<parameterType>NamedPrincipal</parameterType>',
            '<sequenceNumber>1</sequenceNumber>',
            '</externalCredentialParameters>',
            '<label>Service</label>'
        );
        const granting = (principal: string): string =>
            xml(
                'PermissionSet',
                '<externalCredentialPrincipalAccesses>',
                '<enabled>true</enabled>',
                `<externalCredentialPrincipal>${principal}</externalCredentialPrincipal>`,
                '</externalCredentialPrincipalAccesses>',
                '<label>Callers</label>',
                '<objectPermissions>',
                '<allowRead>true</allowRead>',
                '<object>UserExternalCredential</object>',
                '</objectPermissions>'
            );
        const files = (principal: string): Files => ({
            'Service.externalCredential': credential,
            'Callers.permissionset': granting(principal)
        });
        assert.deepEqual(findings(files('acme__Service-Caller')), []);
        assert.deepEqual(findings(files('acme__Other-Caller')), ['principal-not-granted Service:3']);
    });
});

describe('this project', () => {
    it('has no findings', () => {
        const report = lint(projectPath());
        assert.deepEqual(report.findings, []);
        assert.ok(report.files >= 10);
    });
});
