import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startOrg, type RunningOrg } from '../../local-org/src/index.ts';
import { deployOrThrow } from '../lib/deployment.ts';
import { listComponents } from '../lib/metadata-component.ts';
import { connectLocal, type BridgeOrg } from '../lib/org-connection.ts';
import { BridgeSandbox } from './bridge-process.ts';
import { saveLogin } from './login.ts';
import { add } from './support/org-edits.ts';

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const SECRET = 'LegacySecretThatIsNeverCarried0123456789';

const LEGACY = [
    [
        'ConnectedApp',
        'Billing',
        'connectedApps/Billing.connectedApp',
        '<contactEmail>a@example.com</contactEmail><label>Billing</label><oauthConfig>' +
            '<callbackUrl>https://one.example/cb</callbackUrl><consumerKey>LegacyBillingKey0123</consumerKey>' +
            `<consumerSecret>${SECRET}</consumerSecret><scopes>Api</scopes></oauthConfig>`
    ],
    [
        'AuthProvider',
        'Crm',
        'authproviders/Crm.authprovider',
        '<authorizeUrl>https://crm.my.salesforce.com/services/oauth2/authorize</authorizeUrl>' +
            `<consumerKey>LegacyCrmKey0123</consumerKey><consumerSecret>${SECRET}</consumerSecret>` +
            '<friendlyName>Crm</friendlyName><providerType>Salesforce</providerType>' +
            '<tokenUrl>https://crm.my.salesforce.com/services/oauth2/token</tokenUrl>'
    ],
    [
        'NamedCredential',
        'Crm_Org',
        'namedCredentials/Crm_Org.namedCredential',
        '<authProvider>Crm</authProvider><endpoint>https://crm.my.salesforce.com</endpoint>' +
            '<label>Crm Org</label><oauthScope>api refresh_token</oauthScope>' +
            '<principalType>NamedUser</principalType><protocol>Oauth</protocol>'
    ]
] as const;

describe('bridge migrate --org', () => {
    const sandbox = new BridgeSandbox();
    const output = join(sandbox.folder, 'new');
    let running: RunningOrg;
    let org: BridgeOrg;

    before(async () => {
        running = await startOrg('legacy', {}, { page: false, allowNewConnectedApps: true });
        const { url, admin } = running.info();
        org = await connectLocal('source', { url, accessToken: admin.accessToken });
        for (const [type, fullName, path, content] of LEGACY) {
            await add(org, { type, fullName }, path, `<${type} ${NAMESPACE}>${content}</${type}>`);
        }
        await saveLogin(sandbox, { url, accessToken: admin.accessToken, alias: 'old' });
    });

    after(async () => {
        await running?.stop();
        await sandbox.dispose();
    });

    test('writes what an org takes, says what it left out, and changes nothing in the org', async () => {
        const run = await sandbox.run('migrate', '--org', 'old', '--output-dir', output, '--json');
        assert.equal(run.code, 0, run.stdout + run.stderr);
        const { status, notCarried } = run.json<{
            status: string;
            notCarried: { component: string; what: string }[];
        }>();
        assert.equal(status, 'migrated');
        assert.ok(notCarried.some(({ what }) => what === 'consumer key and secret'));
        assert.doesNotMatch(run.stdout + run.stderr, new RegExp(SECRET));
        assert.deepEqual(await listComponents(org, 'ExternalClientApplication'), []);
        const files = readdirSync(output, { recursive: true, encoding: 'utf8' });
        for (const file of [
            'Billing_ECA.eca-meta.xml',
            'Crm.externalAuthIdentityProvider-meta.xml',
            'Crm_Org_EC.externalCredential-meta.xml'
        ]) {
            assert.ok(
                files.some((path) => path.endsWith(file)),
                `${file} is not among ${files.join(', ')}`
            );
        }
        const lint = await sandbox.run('lint', output, '--json');
        assert.ok(lint.code === 0 || lint.code === 1, lint.stderr);
        const { findings } = lint.json<{ findings: { severity: string; message: string }[] }>();
        assert.deepEqual(
            findings.filter(({ severity }) => severity === 'error'),
            []
        );
    });

    test('the new metadata goes into an org', async () => {
        const { failures, created } = await deployOrThrow(org, { sourceDirs: [output] });
        assert.deepEqual(failures, []);
        assert.ok(created > 5);
        assert.deepEqual(await listComponents(org, 'ExternalClientApplication'), ['Billing_ECA']);
        assert.ok((await listComponents(org, 'ExternalCredential')).includes('Crm_Org_EC'));
    });

    test('a folder and an org at once, or neither, are refused', async () => {
        for (const args of [[], ['--org', 'old', '--source-dir', '.']]) {
            const run = await sandbox.run('migrate', '--output-dir', output, ...args, '--json');
            assert.equal(run.code, 2);
            assert.equal(run.json<{ code: string }>().code, 'ONE_SOURCE');
        }
    });
});
