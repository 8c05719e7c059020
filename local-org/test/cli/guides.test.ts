import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startOrgPair, type OrgInfo, type OrgPair } from '../../src/index.ts';
import { Sf } from './support/sf.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The install is what this test runs on; a fresh clone is installed by .ci/run. */
const INSTALL = 'npm ci';

function read(page: string): string {
    return readFileSync(join(root, 'docs', page), 'utf8');
}

/** Contents of the fenced blocks of a language. */
function blocks(page: string, language: string): string[] {
    return [...read(page).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block]) => block);
}

function lines(block: string): string[] {
    return block.split('\n').filter((line) => line.trim() !== '' && line !== INSTALL);
}

/** Commands of the steps of a workflow, in their order. */
function workflowCommands(block: string): string[] {
    return [...block.matchAll(/^\s+(?:- )?run: (.+)$/gm)]
        .map(([, command]) => command)
        .filter((line) => line !== INSTALL);
}

/** What the guides print, run as it stands there, in a home of its own and with the local orgs in place of real ones. */
describe('the guides', () => {
    const sf = new Sf();
    const key = generateKeyPairSync('rsa', { modulusLength: 2048 });
    let pair: OrgPair | undefined;
    let hub: OrgInfo;
    let addresses: Readonly<Record<string, string>>;

    before(async () => {
        const toolingCertificate = key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
        pair = await startOrgPair({ devHub: {}, page: false, toolingCertificate, log: (text) => assert.fail(text) });
        const { source, target, devHub } = pair.info();
        hub = devHub!;
        addresses = { 'my-source': source.url, 'my-target': target.url, hub: hub.url };
        mkdirSync(join(sf.home, 'tmp'));
    });

    after(async () => {
        await pair?.stop();
        sf.dispose();
    });

    /** A login without an address goes to Salesforce; the alias says which local org stands in for it. */
    async function run(script: string, more: NodeJS.ProcessEnv = {}): Promise<string> {
        const alias = /org login web --alias (\S+)/.exec(script)?.[1];
        const where = alias === undefined ? '' : ` --instance-url ${addresses[alias]}`;
        const own = { TMPDIR: join(sf.home, 'tmp'), RUNNER_TEMP: join(sf.home, 'tmp') };
        const child = spawn('bash', ['-eo', 'pipefail', '-c', script + where], {
            cwd: root,
            env: { ...sf.environment(), ...own, ...more }
        });
        let output = '';
        for (const stream of [child.stdout, child.stderr]) {
            stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
        }
        const code = await new Promise<number | null>((done) => child.on('close', done));
        assert.equal(code, 0, `${script}\nended with ${code}:\n${output}`);
        return output;
    }

    async function scratchOrgs(): Promise<number> {
        const response = await fetch(`${hub.url}/services/data/v67.0/query?q=SELECT+Id+FROM+ActiveScratchOrg`, {
            headers: { authorization: `Bearer ${hub.admin.accessToken}` }
        });
        return ((await response.json()) as { totalSize: number }).totalSize;
    }

    function secrets(): NodeJS.ProcessEnv {
        return {
            HUB_CLIENT_ID: 'PlatformCLI',
            HUB_USERNAME: hub.admin.username,
            HUB_URL: hub.url,
            HUB_KEY: key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
        };
    }

    test('real-orgs.md links two orgs, from the login to taking the link down', async (context) => {
        const commands = blocks('real-orgs.md', 'sh').flatMap(lines);
        const said = new Map<string, string>();
        for (const command of commands) {
            said.set(command, await run(command));
        }
        const find = (text: string): string => [...said].find(([command]) => command.includes(text))?.[1] ?? '';
        assert.match(find('--dry-run'), /created {2}ApexClass AccountHelper[\s\S]*Nothing was changed/);
        assert.match(find('bridge -- status'), /The link is complete/);
        assert.match(find('bridge -- verify'), /The link works: .* 1 created, 1 updated, 1 replayed/);
        assert.match(find('bridge -- down --source'), /can no longer call the target org/);
        assert.equal(await scratchOrgs(), 0);
        context.diagnostic(`${commands.length} commands of real-orgs.md were run`);
    });

    test('ci.md: the recipes for a shell', async () => {
        const [pullRequest, nightly] = blocks('ci.md', 'sh').map((block) => lines(block).join('\n'));
        assert.match(await run(pullRequest), /"status":"connected"/);
        assert.match(await run(nightly, secrets()), /"status":"connected"[\s\S]*"status":"down"/);
        assert.equal(await scratchOrgs(), 0);
    });

    test('ci.md: the recipes for GitHub Actions', async () => {
        const [pullRequest, nightly] = blocks('ci.md', 'yaml').map(workflowCommands);
        // The same commands as for a shell, which have just been run.
        assert.deepEqual(pullRequest, lines(blocks('ci.md', 'sh')[0]));
        const said: string[] = [];
        for (const command of nightly) {
            said.push(await run(command, secrets()));
        }
        assert.match(said.join('\n'), /"status":"connected"[\s\S]*"status":"down"/);
        assert.equal(await scratchOrgs(), 0);
    });
});
