import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startOrgPair, type OrgInfo, type OrgPair } from '../../local-org/src/index.ts';
import { readAppCredentials } from '../lib/app-credentials.ts';
import { orgPairConfig } from '../lib/config.ts';
import { connectLocal } from '../lib/org-connection.ts';
import type { StepRecord } from '../lib/steps.ts';
import { assertNoTokens, BridgeSandbox } from './bridge-process.ts';
import { saveLogin } from './login.ts';

interface Changes {
    readonly kind: string;
    readonly components: readonly { type: string; fullName: string; change: string }[];
    readonly failures: readonly string[];
    readonly testsRun: number;
    readonly notValidated: readonly string[];
}

interface Result {
    readonly status: string;
    readonly code?: string;
    readonly message?: string;
    readonly source: Changes;
    readonly target: Changes;
    readonly integrationUser: string;
    readonly accessPermissionSet: string;
    readonly credential: string;
    readonly verify: object;
    readonly steps: readonly StepRecord[];
}

/** What a link writes in an org. */
const WRITTEN: readonly string[] = [
    'SELECT Id, Username, SystemModstamp FROM User ORDER BY Id',
    'SELECT Id, Name, SystemModstamp FROM PermissionSet ORDER BY Id',
    'SELECT Id, PermissionSetId, AssigneeId FROM PermissionSetAssignment ORDER BY Id',
    'SELECT Id, DeveloperName FROM NamedCredential ORDER BY Id',
    'SELECT Id, DeveloperName FROM ExternalClientApplication ORDER BY Id',
    'SELECT Id, Name FROM Account ORDER BY Id'
];

const CHANGING: readonly string[] = [
    'up',
    'deploy',
    'connect',
    'verify',
    'apex run',
    'rotate',
    'revoke',
    'repair',
    'down',
    'doctor --fix',
    'sync up',
    'sync load',
    'sync verify --repair',
    'sync generate --object Asset --deploy',
    'sync pause',
    'sync resume',
    'sync replay --all',
    'sync dismiss --all --reason none',
    'import-s2s --write'
];
/** The same without the flag that changes something, and what changes nothing. */
const LOOKING: readonly string[] = ['status', 'doctor', 'sync plan', 'sync verify', 'import-s2s'];

/** Both orgs are production orgs: they take Apex only with its tests, and bridge asks before it changes them. */
describe('bridge on production orgs', () => {
    const sandbox = new BridgeSandbox();
    let pair: OrgPair;
    let orgs: readonly OrgInfo[];

    before(async () => {
        const live = { organizationType: 'Enterprise Edition' };
        pair = await startOrgPair({ source: live, target: live, page: false, log: (text) => assert.fail(text) });
        const { source, target } = pair.info();
        orgs = [source, target];
        for (const [alias, org] of Object.entries({ live: source, 'live-target': target })) {
            await saveLogin(sandbox, { alias, url: org.url, accessToken: org.admin.accessToken });
        }
    });

    after(async () => {
        await pair?.stop();
        await sandbox.dispose();
    });

    const ends = ['--source', 'live', '--target', 'live-target', '--json'];

    /** Everything that a link could have changed, with what the Tooling API says of the code. */
    async function state(): Promise<string> {
        const rows = orgs.flatMap(({ url, admin }) =>
            [...WRITTEN, 'SELECT Id, Name, LastModifiedDate FROM ApexClass ORDER BY Id'].map(async (soql) => {
                const api = soql.includes('ApexClass') ? '/tooling' : '';
                const path = `/services/data/v67.0${api}/query?q=${encodeURIComponent(soql)}`;
                const response = await fetch(url + path, { headers: { authorization: `Bearer ${admin.accessToken}` } });
                assert.equal(response.status, 200, soql);
                return response.text();
            })
        );
        return (await Promise.all(rows)).join('\n');
    }

    test('a dry run shows what would change in both orgs, and changes nothing', async () => {
        const before = await state();
        const run = await sandbox.run('up', '--dry-run', ...ends);
        assert.equal(run.code, 0, run.stdout + run.stderr);
        const result = run.json<Result>();
        assert.equal(result.status, 'valid');
        for (const org of [result.source, result.target]) {
            assert.equal(org.kind, 'production');
            assert.ok(org.components.length > 0 && org.components.every(({ change }) => change === 'created'));
            assert.ok(org.testsRun > 0, 'no test ran');
        }
        assert.ok(result.target.components.some(({ fullName }) => fullName === 'Account.Source_Record_Key__c'));
        assert.match(result.target.notValidated.join(), /policies of the app/);
        assert.equal(result.integrationUser, 'would be created');
        assert.equal(result.accessPermissionSet, 'would be assigned');
        assert.equal(result.credential, 'absent');
        assert.equal(await state(), before);
    });

    test('nothing is changed without a confirmation', async () => {
        const before = await state();
        for (const command of CHANGING) {
            const run = await sandbox.run(...command.split(' '), ...ends);
            assert.equal(run.code, 2, run.stdout + run.stderr);
            const { code, message } = run.json<Result>();
            assert.equal(code, 'CONFIRMATION_NEEDED');
            assert.match(message ?? '', /This changes production: the source org http.* and the target org http/);
        }
        assert.equal(await state(), before);
    });

    test('what only looks asks nobody', async () => {
        for (const command of LOOKING) {
            const { code } = (await sandbox.run(...command.split(' '), ...ends)).json<Result>();
            assert.notEqual(code, 'CONFIRMATION_NEEDED', command);
        }
    });

    test('with --yes the tests run, what was validated is deployed, and the link works', async () => {
        const run = await sandbox.run('up', '--yes', ...ends);
        assert.equal(run.code, 0, run.stdout + run.stderr);
        const result = run.json<Result>();
        assert.equal(result.status, 'connected');
        assert.deepEqual(result.verify, { read: 0, created: 1, updated: 1, replayed: 1 });
        for (const title of ['Deploy the target org: API', 'Deploy the source org: Apex']) {
            const step = result.steps.find((record) => record.title.startsWith(title));
            assert.match(step?.detail ?? '', /[1-9]\d* Apex tests passed/);
        }
    });

    test('a dry run after it finds nothing to change, and the credential accepted', async () => {
        const before = await state();
        const result = (await sandbox.run('up', '--dry-run', ...ends)).json<Result>();
        for (const { components } of [result.source, result.target]) {
            const changed = components.filter(({ change }) => change !== 'unchanged');
            assert.deepEqual(changed, []);
        }
        assert.deepEqual(
            [result.integrationUser, result.accessPermissionSet, result.credential, result.target.notValidated],
            ['exists', 'assigned', 'accepted by the target org', []]
        );
        assert.equal(await state(), before);
    });

    test('no secret or token is in an output', async () => {
        const { appName, credentialSetupPermissionSet } = orgPairConfig().target;
        const { url, admin } = pair.info().target;
        const target = await connectLocal('target', { url, accessToken: admin.accessToken });
        const { secret } = await readAppCredentials(target, appName, credentialSetupPermissionSet);
        assert.ok(sandbox.runs.length > 5);
        for (const { stdout, stderr } of sandbox.runs) {
            assert.ok(!(stdout + stderr).includes(secret), 'the secret of the app was printed');
            assertNoTokens(stdout + stderr, 'the output of a command');
        }
    });
});
