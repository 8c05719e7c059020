import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { evaluateApex } from '../lib/anonymous-apex.ts';
import { readAppCredentials } from '../lib/app-credentials.ts';
import { orgPairConfig } from '../lib/config.ts';
import { openOrgs, type LinkedOrgs } from '../lib/context.ts';
import { findLocalPair } from '../lib/local-pair.ts';
import { soqlString } from '../lib/org-connection.ts';
import { projectPath } from '../lib/project.ts';
import type { StepRecord } from '../lib/steps.ts';
import { isInStep } from '../sync/set-up.ts';
import { assertNoTokens, BridgeSandbox } from './bridge-process.ts';

/** Before what an org has is compared with the project, or what the project has is deployed. */
const COMPILE = 'Compile the Lightning web components';

interface UpResult {
    readonly status: string;
    readonly source: { orgId: string; url: string };
    readonly target: { orgId: string; url: string };
    readonly verify: { read: number; created: number; updated: number; replayed: number };
    readonly page: string;
    readonly steps: readonly StepRecord[];
}

describe('bridge up on the local pair', () => {
    const sandbox = new BridgeSandbox();
    let up: ReturnType<BridgeSandbox['start']>;
    let result: UpResult;
    let orgs: LinkedOrgs;
    /** What was secret at any time of the job. */
    const secrets = new Set<string>();

    async function noteSecrets(): Promise<void> {
        const { appName, credentialSetupPermissionSet } = orgPairConfig().target;
        orgs = await openOrgs({});
        const app = await readAppCredentials(orgs.target, appName, credentialSetupPermissionSet);
        if (await isInStep(orgs)) {
            const back = await readAppCredentials(orgs.source, appName, credentialSetupPermissionSet);
            secrets.add(back.secret);
        }
        const sessions = await findLocalPair();
        assert.ok(sessions !== undefined);
        [app.secret, sessions.source.accessToken, sessions.target.accessToken].forEach((secret) => secrets.add(secret));
    }

    before(async () => {
        process.env['TMPDIR'] = sandbox.folder;
        up = sandbox.start('up', '--json', '--data', join(sandbox.folder, 'data'));
        result = JSON.parse(await up.firstLine) as UpResult;
        orgs = await openOrgs({});
    });

    after(() => sandbox.dispose());

    test('links two different orgs and proves it', () => {
        assert.equal(result.status, 'connected');
        assert.match(result.source.orgId, /^00D\w{15}$/);
        assert.notEqual(result.source.orgId, result.target.orgId);
        assert.ok(result.verify.read > 0, 'no Account was read');
        assert.deepEqual({ ...result.verify, read: 0 }, { read: 0, created: 1, updated: 1, replayed: 1 });
        assert.ok(result.steps.every((step) => step.outcome !== 'failed'));
        assert.ok(result.page.startsWith(result.source.url));
    });

    test('leaves the gate before the secret as it was', async () => {
        const soql = 'SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = ';
        const name = orgPairConfig().target.credentialSetupPermissionSet;
        const assignments = await orgs.target.connection.query(soql + soqlString(name));
        assert.equal(assignments.totalSize, 0);
        await assert.rejects(
            orgs.target.connection.requestGet(
                `${orgs.target.connection.baseUrl()}/apps/oauth/credentials/0xI000000000000`
            )
        );
    });

    test('every command can run again and says what was there', async () => {
        const again = async (command: string): Promise<UpResult> => {
            const run = await sandbox.run(command, '--json');
            assert.equal(run.code, 0, `${command}: ${run.stdout}${run.stderr}`);
            return run.json<UpResult>();
        };
        const deploy = await again('deploy');
        const userStep = deploy.steps.find((step) => step.title.startsWith('Provide the integration user'));
        assert.equal(userStep?.outcome, 'already');
        const connect = await again('connect');
        assert.ok(connect.steps.some((step) => step.outcome === 'already'));
        const verify = await again('verify');
        assert.equal(verify.verify.created, 1);
        const status = await again('status');
        assert.equal(status.status, 'complete');
        assert.deepEqual(
            status.steps.map(({ title }) => title),
            [COMPILE, 'Look at the orgs']
        );
    });

    test('the verification leaves no record behind', async () => {
        for (const org of [orgs.source, orgs.target]) {
            const probes = await org.connection.query("SELECT Id FROM Account WHERE Name = 'Org Bridge Verification'");
            assert.equal(probes.totalSize, 0, `${org.role} org keeps the probe`);
        }
    });

    test('the life of a link: examined, rotated, revoked and repaired', async () => {
        const outcomes: [string[], number, string][] = [
            [['doctor'], 0, 'healthy'],
            [['rotate'], 0, 'rotated'],
            [['doctor', '--fix'], 0, 'healthy'],
            [['revoke', '--now'], 0, 'revoked'],
            [['doctor'], 1, 'broken'],
            [['repair'], 0, 'repaired'],
            [['doctor'], 0, 'healthy']
        ];
        for (const [args, code, status] of outcomes) {
            await noteSecrets();
            const run = await sandbox.run(...args, '--json');
            assert.equal(run.code, code, `${args.join(' ')}: ${run.stdout}${run.stderr}`);
            const report = run.json<Pick<UpResult, 'status' | 'steps'>>();
            assert.equal(report.status, status, args.join(' '));
            assert.equal(
                report.steps.some(({ title }) => title === COMPILE),
                ['doctor', 'repair'].includes(args[0]),
                args.join(' ')
            );
        }
        await noteSecrets();
    });

    test('a refreshed sandbox is another org, and repair links it again', async () => {
        const before = orgs.target.orgId;
        const refreshed = await sandbox.run('local', 'refresh', 'target', '--deactivate-users', '--json');
        assert.equal(refreshed.code, 0, refreshed.stdout + refreshed.stderr);
        assert.notEqual(refreshed.json<{ orgId: string }>().orgId, before);
        await noteSecrets();
        const repaired = await sandbox.run('repair', '--json');
        assert.equal(repaired.code, 0, repaired.stdout + repaired.stderr);
        assert.equal(repaired.json<{ status: string }>().status, 'repaired');
        await noteSecrets();
    });

    test('the other commands run beside it', async () => {
        const fixtures = projectPath('scripts', 'test', 'fixtures', 'migrate');
        const outcomes: [string[], number][] = [
            [['up', '--dry-run'], 0],
            [['lint'], 0],
            [['migrate', '--source-dir', fixtures, '--output-dir', join(sandbox.folder, 'migrated')], 0],
            // The orgs are not in step.
            [['sync', 'check'], 3],
            [['sync', 'status'], 3],
            [['local', 'start'], 2],
            [
                [
                    'apex',
                    'test',
                    '--source-dir',
                    projectPath('force-app', 'target'),
                    '--class-names',
                    'RestApiUsingConnectClassTest'
                ],
                0
            ]
        ];
        for (const [args, code] of outcomes) {
            const run = await sandbox.run(...args, '--json');
            assert.equal(run.code, code, `${args.join(' ')}: ${run.stdout}${run.stderr}`);
        }
    });

    test('records in step: the queue is paused, replayed, dismissed and resumed', async () => {
        const sync = async <T>(...args: readonly string[]): Promise<T> => {
            const run = await sandbox.run('sync', ...args, '--json');
            assert.equal(run.code, 0, `${args.join(' ')}: ${run.stdout}${run.stderr}`);
            return run.json<T>();
        };
        const bury = (): Promise<string> =>
            evaluateApex<string>(
                orgs.source,
                `Sync_Outbox__c row = [SELECT Id FROM Sync_Outbox__c WHERE Status__c = 'Pending' LIMIT 1];
                row.Status__c = 'Dead Letter';
                update row;`,
                'row.Id'
            );
        assert.equal((await sync<{ status: string }>('up')).status, 'in step');
        assert.equal((await sync<{ status: string }>('pause', '--reason', 'Canary')).status, 'paused');
        await orgs.source.connection.sobject('Account').create({ Name: 'Waits' });
        assert.deepEqual(await sync('replay', await bury()), { replayed: 1 });
        await bury();
        const status = await sync<{ orgs: { pausedReason: string; deadLetterCount: number }[] }>('status');
        assert.deepEqual([status.orgs[0]?.pausedReason, status.orgs[0]?.deadLetterCount], ['Canary', 1]);
        assert.deepEqual(await sync('dismiss', '--all', '--reason', 'Canary'), { dismissed: 1 });
        assert.equal((await sync<{ status: string }>('resume')).status, 'running');
        await noteSecrets();
    });

    test('anonymous Apex of the guide runs in the source org', async () => {
        const file = join(sandbox.folder, 'guide.apex');
        writeFileSync(file, 'System.debug(AccountHelper.getAccountList().size());');
        const run = await sandbox.run('apex', 'run', '--file', file, '--json');
        assert.equal(run.code, 0, run.stdout + run.stderr);
        const broken = join(sandbox.folder, 'broken.apex');
        writeFileSync(broken, 'Integer i = nope;');
        const failed = await sandbox.run('apex', 'run', '--file', broken, '--json');
        assert.equal(failed.code, 1);
        assert.match(failed.json<{ problem: string }>().problem, /Variable does not exist: nope/);
    });

    test('no secret or token is in an output, a file, an argument or the environment', async () => {
        await noteSecrets();
        assert.ok(secrets.size > 5 && [...secrets].every((secret) => secret.length > 20));
        assert.throws(() => assertNoTokens(`x ${orgs.source.connection.accessToken} y`, 'a canary'), /a canary/);
        const find = (place: string, text: string): void => {
            assert.ok(![...secrets].some((secret) => text.includes(secret)), `a secret is in ${place}`);
            assertNoTokens(text, place);
        };
        for (const place of ['cmdline', 'environ']) {
            find(`/proc/${up.child.pid}/${place}`, readFileSync(`/proc/${up.child.pid}/${place}`, 'latin1'));
        }

        const stop = await sandbox.run('down', '--json');
        assert.equal(stop.code, 0, stop.stderr);
        const finished = await up.finished;
        assert.equal(finished.code, 0, finished.stderr);
        sandbox.runs.forEach((run) => find('the output of a command', run.stdout + run.stderr));
        const files = filesBelow(sandbox.folder);
        assert.ok(
            files.some((file) => file.includes('data')),
            'the data folder is empty'
        );
        files.forEach((file) => find(file, readFileSync(file, 'latin1')));
    });

    test('without a pair the commands refuse as a user error', async () => {
        const run = await sandbox.run('verify', '--json');
        assert.equal(run.code, 2);
        assert.equal(run.json<{ code: string }>().code, 'NO_LOCAL_PAIR');
        const flag = await sandbox.run('verify', '--nope', '--json');
        assert.equal(flag.code, 2);
        assert.match(flag.stdout + flag.stderr, /--nope/);
    });
});

function filesBelow(folder: string): string[] {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((name) => join(folder, name))
        .filter((path) => statSync(path).isFile());
}
