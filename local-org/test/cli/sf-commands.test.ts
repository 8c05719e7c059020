import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { rmSync, writeFileSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startOrgPair, type OrgInfo, type OrgPair } from '../../src/index.ts';
import { eventually } from '../support/eventually.ts';
import { Sf } from './support/sf.ts';

interface Row {
    readonly [field: string]: unknown;
}

/**
 * The stock Salesforce CLI against the local orgs, one literal command after the other, as people work. Each test looks
 * at the exit code, at what `--json` says, and at the org itself, past the CLI.
 */
describe('the Salesforce CLI', () => {
    const sf = new Sf(fileURLToPath(new URL('project', import.meta.url)));
    const key = generateKeyPairSync('rsa', { modulusLength: 2048 });
    let pair: OrgPair | undefined;
    let source: OrgInfo;
    let target: OrgInfo;
    let hub: OrgInfo;

    before(async () => {
        const toolingCertificate = key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
        const log = (text: string): never => assert.fail(text);
        pair = await startOrgPair({ devHub: {}, page: false, toolingCertificate, log });
        ({ source, target } = pair.info());
        hub = pair.info().devHub!;
        writeFileSync(join(sf.home, 'server.key'), key.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    });

    after(async () => {
        await pair?.stop();
        sf.dispose();
    });

    /** The org past the CLI. */
    async function ask(org: OrgInfo, soql: string, api = ''): Promise<Row[]> {
        const url = `${org.url}/services/data/v67.0${api}/query?q=${encodeURIComponent(soql)}`;
        const response = await fetch(url, { headers: { authorization: `Bearer ${org.admin.accessToken}` } });
        const body = (await response.json()) as { records?: Row[] };
        assert.ok(body.records, JSON.stringify(body));
        return body.records;
    }

    const names = async (org: OrgInfo, soql: string, api?: string): Promise<unknown[]> =>
        (await ask(org, soql, api)).map((row) => row['Name']);

    describe('logs in', () => {
        test('org login jwt', async () => {
            const login = await sf.json<Row>(
                `org login jwt --client-id PlatformCLI --jwt-key-file ../server.key --username ${source.admin.username} --instance-url ${source.url} --alias source --set-default`
            );
            assert.equal(login['orgId'], source.id);
            assert.equal(String(login['instanceUrl']).replace(/\/$/, ''), source.url);
            const wrong = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
            writeFileSync(join(sf.home, 'wrong.key'), wrong.export({ type: 'pkcs8', format: 'pem' }));
            const refused = await sf.json<{ message: string }>(
                `org login jwt --client-id PlatformCLI --jwt-key-file ../wrong.key --username ${target.admin.username} --instance-url ${target.url}`,
                { code: 1 }
            );
            assert.match(refused.message, /invalid assertion/);
        });

        test('org login access-token', async () => {
            const login = await sf.json<Row>(
                `org login access-token --instance-url ${target.url} --alias target --no-prompt`,
                { env: { SF_ACCESS_TOKEN: target.admin.accessToken } }
            );
            assert.deepEqual([login['orgId'], login['username']], [target.id, target.admin.username]);
            await sf.json(`org login access-token --instance-url ${target.url} --no-prompt`, {
                env: { SF_ACCESS_TOKEN: source.admin.accessToken },
                code: 1
            });
        });

        test('org login web', async () => {
            const login = await sf.json<Row>(
                `org login web --instance-url ${hub.url} --alias hub --set-default-dev-hub`
            );
            assert.deepEqual([login['orgId'], login['username']], [hub.id, hub.admin.username]);
        });

        test('org list', async () => {
            const list = await sf.json<Record<string, Row[]>>('org list');
            assert.deepEqual(
                list['devHubs'].map((org) => org['alias']),
                ['hub']
            );
            assert.ok(list['other'].some((org) => org['alias'] === 'source' && org['connectedStatus'] === 'Connected'));
        });

        test('org display', async () => {
            const display = await sf.json<Row>('org display --target-org source');
            assert.deepEqual([display['id'], display['connectedStatus']], [source.id, 'Connected']);
            assert.equal((await sf.json<Row>('org display user --target-org source'))['id'], source.admin.userId);
            assert.equal(
                (await sf.json<Row>('org display --target-org nobody', { code: 2 }))['name'],
                'NamedOrgNotFoundError'
            );
        });

        test('org open --url-only', async () => {
            const { url } = await sf.json<{ url: string }>(
                'org open --url-only --target-org source --path /lightning/o/Account/list'
            );
            const opened = await fetch(url, { redirect: 'manual' });
            assert.equal(opened.status, 302);
            assert.match(opened.headers.get('set-cookie') ?? '', /^sid/);
            assert.match(opened.headers.get('location') ?? '', /lightning\/o\/Account\/list$/);
            assert.equal((await fetch(url, { redirect: 'manual' })).status, 403, 'the link is good once');
        });
    });

    describe('deploys and retrieves', () => {
        const CLASSES = "SELECT Name FROM ApexClass WHERE Name LIKE 'Greeting%' ORDER BY Name";

        test('project deploy validate changes nothing', async () => {
            const validated = await sf.json<Row>(
                'project deploy validate --source-dir force-app --test-level RunLocalTests --target-org source'
            );
            assert.deepEqual(
                [validated['status'], validated['checkOnly'], validated['numberTestsCompleted']],
                ['Succeeded', true, 2]
            );
            assert.deepEqual(await names(source, CLASSES, '/tooling'), []);
        });

        test('project deploy quick', async () => {
            const quick = await sf.json<Row>('project deploy quick --use-most-recent --target-org source');
            assert.deepEqual([quick['status'], quick['checkOnly']], ['Succeeded', false]);
            assert.deepEqual(await names(source, CLASSES, '/tooling'), ['Greeting', 'GreetingTest']);
        });

        test('project deploy start', async () => {
            const again = await sf.json<{ files: Row[] }>(
                'project deploy start --source-dir force-app --target-org source'
            );
            assert.ok(
                again.files.every((file) => file['state'] === 'Unchanged'),
                JSON.stringify(again.files)
            );
            const dry = await sf.json<Row>('project deploy start --source-dir force-app --dry-run --target-org target');
            assert.equal(dry['checkOnly'], true);
            assert.deepEqual(await names(target, CLASSES, '/tooling'), []);
            const rest = await sf.json<Row>('project deploy start --source-dir force-app --target-org target', {
                env: { SF_ORG_METADATA_REST_DEPLOY: 'true' }
            });
            assert.equal(rest['status'], 'Succeeded');
            assert.deepEqual(await names(target, CLASSES, '/tooling'), ['Greeting', 'GreetingTest']);
        });

        test('project deploy start --async, report and resume', async () => {
            const { id } = await sf.json<Row>(
                'project deploy start --source-dir force-app --async --target-org source'
            );
            const report = await sf.json<Row>(`project deploy report --job-id ${id as string} --target-org source`);
            assert.deepEqual([report['id'], report['status']], [id, 'Succeeded']);
            const cancel = await sf.json<{ message: string }>(`project deploy cancel --job-id ${id as string}`, {
                code: 1
            });
            assert.match(cancel.message, /already|complete/i);
        });

        test('a deploy with a fault fails with its place and leaves the org as it was', async () => {
            const file = join(sf.project, 'force-app/main/default/classes/Greeting.cls');
            const text = readFileSync(file, 'utf8');
            writeFileSync(file, text.replace("'Hello, '", 'nope'));
            const failed = await sf.json<{ files: Row[]; status: string }>(
                'project deploy start --source-dir force-app --target-org source',
                { code: 1 }
            );
            writeFileSync(file, text);
            const [fault] = (failed.files ?? (failed as never as { data: { files: Row[] } }).data.files).filter(
                (entry) => entry['state'] === 'Failed'
            );
            assert.equal(fault['fullName'], 'Greeting');
            assert.match(String(fault['error']), /Variable does not exist: nope \(6:16\)/);
            const [{ Body }] = await ask(source, "SELECT Body FROM ApexClass WHERE Name = 'Greeting'", '/tooling');
            assert.equal(Body, text);
        });

        test('project retrieve start', async () => {
            const folder = join(sf.project, 'force-app/main/default');
            const file = join(folder, 'classes/Greeting.cls');
            const text = readFileSync(file, 'utf8');
            rmSync(file);
            rmSync(`${file}-meta.xml`);
            rmSync(join(folder, 'permissionsets/Greeter.permissionset-meta.xml'));
            await sf.json(
                'project retrieve start --metadata ApexClass:Greeting --metadata PermissionSet:Greeter --target-org source'
            );
            assert.equal(readFileSync(file, 'utf8'), text);
            assert.match(
                readFileSync(join(folder, 'permissionsets/Greeter.permissionset-meta.xml'), 'utf8'),
                /<apexClass>Greeting</
            );
        });

        test('org list metadata and metadata-types', async () => {
            const classes = await sf.json<Row[]>('org list metadata --metadata-type ApexClass --target-org source');
            assert.deepEqual(classes.map((entry) => entry['fullName']).sort(), ['Greeting', 'GreetingTest']);
            const types = await sf.json<{ metadataObjects: Row[] }>('org list metadata-types --target-org source');
            assert.ok(types.metadataObjects.some((type) => type['xmlName'] === 'ApexClass'));
        });
    });

    describe('runs Apex', () => {
        test('apex run', async () => {
            const run = await sf.json<Row>('apex run --file scripts/hello.apex --target-org source');
            assert.equal(run['success'], true);
            assert.match(String(run['logs']), /USER_DEBUG\|.*DEBUG\|inserted/);
            assert.equal((await ask(source, "SELECT Id FROM Account WHERE Name = 'Hello, Apex'")).length, 1);
            const broken = await sf.json<{ message: string }>(
                'apex run --file scripts/broken.apex --target-org source',
                { code: 1 }
            );
            assert.match(broken.message, /Variable does not exist: nope/);
        });

        test('apex run test, synchronous with coverage', async () => {
            const run = await sf.json<{ summary: Row; coverage: { coverage: Row[] } }>(
                'apex run test --class-names GreetingTest --synchronous --code-coverage --target-org source'
            );
            assert.deepEqual(
                [run.summary['outcome'], run.summary['testsRan'], run.summary['passing']],
                ['Passed', 2, 2]
            );
            const covered = run.coverage.coverage.find((entry) => entry['name'] === 'Greeting');
            assert.equal(covered?.['coveredPercent'], 100);
        });

        test('apex run test, asynchronous, and get test', async () => {
            const run = await sf.json<{ summary: Row; tests: Row[] }>(
                'apex run test --test-level RunLocalTests --wait 5 --code-coverage --result-format json --target-org source'
            );
            assert.deepEqual([run.summary['outcome'], run.tests.length], ['Passed', 2]);
            const got = await sf.json<{ summary: Row }>(
                `apex get test --test-run-id ${run.summary['testRunId'] as string} --target-org source`
            );
            assert.equal(got.summary['testsRan'], 2);
        });

        test('a failing test is exit code 100', async () => {
            const file = join(sf.project, 'force-app/main/default/classes/GreetingTest.cls');
            const text = readFileSync(file, 'utf8');
            writeFileSync(file, text.replace('Hello, World', 'Good morning'));
            await sf.json('project deploy start --metadata ApexClass:GreetingTest --target-org source');
            const run = await sf.json<{ summary: Row; tests: Row[] }>(
                'apex run test --tests GreetingTest.greets --synchronous --target-org source',
                { code: 100 }
            );
            assert.equal(run.summary['outcome'], 'Failed');
            assert.match(String(run.tests[0]['Message']), /Expected: Good morning, Actual: Hello, World/);
            writeFileSync(file, text);
            await sf.json('project deploy start --metadata ApexClass:GreetingTest --target-org source');
        });
    });

    describe('works with data', () => {
        test('data create, get, update and delete record', async () => {
            const { id } = await sf.json<{ id: string }>(
                `data create record --sobject Account --values "Name='From sf' Phone=123" --target-org source`
            );
            assert.deepEqual(
                (await ask(source, `SELECT Name, Phone FROM Account WHERE Id = '${id}'`)).map((row) => [
                    row['Name'],
                    row['Phone']
                ]),
                [['From sf', '123']]
            );
            assert.equal(
                (await sf.json<Row>(`data get record --sobject Account --where "Name='From sf'" --target-org source`))[
                    'Id'
                ],
                id
            );
            await sf.json(
                `data update record --sobject Account --record-id ${id} --values "Phone=456" --target-org source`
            );
            assert.equal((await ask(source, `SELECT Phone FROM Account WHERE Id = '${id}'`))[0]['Phone'], '456');
            await sf.json(`data delete record --sobject Account --record-id ${id} --target-org source`);
            assert.equal((await ask(source, `SELECT Id FROM Account WHERE Id = '${id}'`)).length, 0);
            const refused = await sf.json<Row>(
                'data create record --sobject Account --values "Phone=1" --target-org source',
                { code: 1 }
            );
            assert.equal(refused['name'], 'REQUIRED_FIELD_MISSING');
        });

        test('data query', async () => {
            const result = await sf.json<{ records: Row[] }>(
                `data query --query "SELECT Name, CreatedBy.Name FROM Account WHERE Name = 'Hello, Apex'" --target-org source`
            );
            assert.deepEqual(
                result.records.map((row) => row['Name']),
                ['Hello, Apex']
            );
            const csv = await sf.run(
                `data query --query "SELECT Name FROM Account WHERE Name = 'Hello, Apex'" --result-format csv --target-org source`
            );
            assert.equal(csv.stdout.trim(), 'Name\n"Hello, Apex"');
            const tooling = await sf.json<{ totalSize: number }>(
                'data query --use-tooling-api --query "SELECT Id FROM ApexClass" --target-org source'
            );
            assert.equal(tooling.totalSize, 2);
            assert.equal(
                (await sf.json<Row>('data query --query "SELECT Nope FROM Account" --target-org source', { code: 1 }))[
                    'name'
                ],
                'INVALID_FIELD'
            );
        });

        test('data upsert bulk', async () => {
            // The permission set is what makes the new field visible to the API.
            await sf.json('org assign permset --name Greeter --target-org source');
            const command =
                'data upsert bulk --sobject Account --external-id Greeting_Key__c --file data/accounts.csv --wait 5 --target-org source';
            assert.equal((await sf.json<{ jobInfo: Row }>(command)).jobInfo['numberRecordsProcessed'], 3);
            await sf.json(command);
            assert.deepEqual(
                await names(source, 'SELECT Name FROM Account WHERE Greeting_Key__c != null ORDER BY Name'),
                ['First', 'Second', 'Third']
            );
        });

        test('data import tree and export tree', async () => {
            const imported = await sf.json<Row[]>('data import tree --files data/Account.json --target-org target');
            assert.equal(imported.length, 2);
            assert.deepEqual(await names(target, "SELECT Name FROM Account WHERE Name LIKE 'Tree %' ORDER BY Name"), [
                'Tree One',
                'Tree Two'
            ]);
            await sf.json(
                `data export tree --query "SELECT Name FROM Account WHERE Name LIKE 'Tree %'" --output-dir exported --target-org target`
            );
            assert.ok(existsSync(join(sf.project, 'exported', 'Account.json')));
        });

        test('data export bulk', async () => {
            await sf.json(
                'data export bulk --query "SELECT Name FROM Account WHERE Greeting_Key__c != null" --output-file all.csv --wait 5 --target-org source'
            );
            assert.deepEqual(readFileSync(join(sf.project, 'all.csv'), 'utf8').trim().split('\n').sort(), [
                '"First"',
                '"Name"',
                '"Second"',
                '"Third"'
            ]);
        });
    });

    describe('administers', () => {
        test('org assign permset', async () => {
            const assignments = await ask(
                source,
                "SELECT Assignee.Username FROM PermissionSetAssignment WHERE PermissionSet.Name = 'Greeter'"
            );
            assert.deepEqual(
                assignments.map((row) => (row['Assignee'] as Row)['Username']),
                [source.admin.username]
            );
            const unknown = await sf.json<{ result?: unknown; failures: Row[] }>(
                'org assign permset --name Nobody --target-org source',
                { code: 1 }
            );
            assert.match(JSON.stringify(unknown), /Nobody/);
        });

        test('api request rest', async () => {
            const { stdout } = await sf.run('api request rest /services/data/v67.0/limits --target-org source');
            assert.equal((JSON.parse(stdout) as { DailyApiRequests: Row }).DailyApiRequests['Max'], 15_000);
            const created = await sf.run(
                `api request rest /services/data/v67.0/sobjects/Account --method POST --body '{"Name":"By REST"}' --target-org source`
            );
            assert.equal((JSON.parse(created.stdout) as Row)['success'], true);
            assert.equal((await ask(source, "SELECT Id FROM Account WHERE Name = 'By REST'")).length, 1);
        });

        test('sobject list and describe, org list limits, apex list log', async () => {
            assert.ok(
                (await sf.json<string[]>('sobject list --sobject standard --target-org source')).includes('Account')
            );
            const { fields } = await sf.json<{ fields: Row[] }>(
                'sobject describe --sobject Account --target-org source'
            );
            assert.ok(fields.some((field) => field['name'] === 'Greeting_Key__c'));
            assert.ok(
                (await sf.json<Row[]>('org list limits --target-org source')).some(
                    (limit) => limit['name'] === 'DailyApiRequests'
                )
            );
            assert.ok(Array.isArray(await sf.json('apex list log --target-org source')));
        });
    });

    describe('creates scratch orgs', () => {
        const ACTIVE = 'SELECT SignupUsername FROM ActiveScratchOrg';

        /**
         * The CLI starts to delete the file of the login, does not wait, and deletes it again; when the first is quick, it
         * fails with TargetFileNotFound after everything has been done. Whatever it says, the org has to be gone.
         */
        async function deleteScratch(alias: string): Promise<void> {
            const answer = await sf.run(`org delete scratch --target-org ${alias} --no-prompt --json`, { code: 'any' });
            const { status, name } = JSON.parse(answer.stdout) as { status: number; name?: string };
            assert.ok(status === 0 || name === 'TargetFileNotFound', answer.stdout);
            assert.deepEqual(await ask(hub, ACTIVE), []);
        }

        test('org create scratch, deploy to it, delete it', async () => {
            const created = await sf.json<Row>(
                'org create scratch --definition-file config/scratch-def.json --alias scratch --target-dev-hub hub --no-track-source --wait 5'
            );
            assert.deepEqual(
                (await ask(hub, ACTIVE)).map((row) => row['SignupUsername']),
                [created['username']]
            );
            const display = await sf.json<Row>('org display --target-org scratch');
            assert.deepEqual(
                [display['status'], display['edition'], display['orgName']],
                ['Active', 'Developer', 'CLI Smoke']
            );
            const deployed = await sf.json<Row>('project deploy start --source-dir force-app --target-org scratch');
            assert.equal(deployed['status'], 'Succeeded');
            const list = await sf.json<Record<string, Row[]>>('org list');
            assert.deepEqual(
                list['scratchOrgs'].map((org) => [org['alias'], org['status']]),
                [['scratch', 'Active']]
            );
            await sf.json('org generate password --target-org scratch');
            await deleteScratch('scratch');
            // The org ends soon after the answer.
            await eventually(
                () =>
                    fetch(`${display['instanceUrl'] as string}/services/data`).then(
                        ({ status }) => status,
                        () => undefined
                    ),
                (status) => status === undefined
            );
        });

        test('org create scratch --async and resume', async () => {
            const created = await sf.json<{ scratchOrgInfo: Row }>(
                'org create scratch --edition developer --alias later --target-dev-hub hub --no-track-source --async'
            );
            await sf.json(`org resume scratch --job-id ${created.scratchOrgInfo['Id'] as string} --wait 5`);
            await deleteScratch('later');
        });

        test('a tracked scratch org knows what was deployed', async () => {
            await sf.json(
                'org create scratch --definition-file config/scratch-def.json --alias tracked --target-dev-hub hub --wait 5'
            );
            const preview = await sf.json<{ toDeploy: Row[] }>('project deploy preview --target-org tracked');
            assert.ok(preview.toDeploy.length > 0);
            const deployed = await sf.json<Row>('project deploy start --target-org tracked');
            assert.equal(deployed['status'], 'Succeeded');
            const nothing = await sf.json<{ toDeploy: Row[]; toRetrieve: Row[] }>(
                'project deploy preview --target-org tracked'
            );
            assert.deepEqual([nothing.toDeploy, nothing.toRetrieve], [[], []]);
            await deleteScratch('tracked');
        });

        test('a sign-up that fails says why', async () => {
            const definition = { orgName: 'CLI Smoke', edition: 'Developer', features: ['ServiceCloud'] };
            writeFileSync(join(sf.project, 'config', 'refused.json'), JSON.stringify(definition));
            const failed = await sf.json<Row>(
                'org create scratch --definition-file config/refused.json --target-dev-hub hub --wait 5',
                { code: 1 }
            );
            assert.match(String(failed['message']), /NOT_SUPPORTED_LOCALLY \(feature ServiceCloud\)/);
        });
    });

    test('project delete source and org logout', async () => {
        await sf.json('project delete source --metadata ApexClass:GreetingTest --no-prompt --target-org target');
        assert.deepEqual(await names(target, 'SELECT Name FROM ApexClass', '/tooling'), ['Greeting']);
        await sf.json('org logout --target-org target --no-prompt');
        await sf.json('org display --target-org target', { code: 2 });
    });

    test('these are at least 25 different commands', (context) => {
        const different = new Set(sf.commands.map((command) => command.split(' --')[0]));
        context.diagnostic(`${sf.commands.length} command lines of ${different.size} sf commands`);
        assert.ok(different.size >= 25, [...different].join(', '));
    });
});
