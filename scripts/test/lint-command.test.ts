import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { RULES } from '../lint/rules.ts';
import { BridgeSandbox } from './bridge-process.ts';

interface SarifResult {
    ruleId: string;
    ruleIndex: number;
    level: string;
    locations: {
        physicalLocation: {
            artifactLocation: { uri: string };
            region: { startLine: number; startColumn: number };
        };
    }[];
    suppressions?: { kind: string; justification: string }[];
}

interface Sarif {
    version: string;
    runs: { tool: { driver: { rules: { id: string }[] } }; results: SarifResult[] }[];
}

const FIXTURES = 'scripts/test/fixtures/lint';
const BAD = `${FIXTURES}/full-scope/bad`;
const BAD_FILE = `${BAD}/App_oauth.ecaOauth-meta.xml`;

describe('bridge lint', () => {
    const sandbox = new BridgeSandbox();
    after(() => sandbox.dispose());

    it('ends with 0 and says so when there is nothing to say', async () => {
        const run = await sandbox.run('lint');
        assert.equal(run.code, 0, run.stdout + run.stderr);
        assert.match(run.stdout, /^\d+ files of auth metadata, no findings/);
    });

    it('ends with 1 and shows place, rule, reason and fix', async () => {
        const run = await sandbox.run('lint', BAD);
        assert.equal(run.code, 1);
        const [place, why, fix, last] = run.stdout.split('\n');
        assert.equal(place, `${BAD_FILE}:3:5  error  full-scope  The scope "Full" is asked for.`);
        assert.match(why, /^ {4}why {2}\S/);
        assert.match(fix, /^ {4}fix {2}\S/);
        assert.equal(last, '1 finding (1 error, 0 warnings) in 1 file of auth metadata.');
    });

    it('prints one JSON object', async () => {
        const run = await sandbox.run('lint', BAD, '--json');
        assert.equal(run.code, 1);
        const { fix, message, why, ...finding } = run.json<{ findings: Record<string, string>[] }>().findings[0];
        assert.deepEqual(finding, { rule: 'full-scope', severity: 'error', file: BAD_FILE, line: 3, column: 5 });
        assert.ok([fix, message, why].every((text) => text.length > 0));
    });

    it('writes SARIF with every rule, the findings and the suppressed findings', async () => {
        const file = join(sandbox.folder, 'lint.sarif');
        const run = await sandbox.run('lint', `${FIXTURES}/secret-not-required/bad`, '--sarif', file, '--json');
        assert.equal(run.code, 1);
        const { version, runs } = JSON.parse(readFileSync(file, 'utf8')) as Sarif;
        assert.equal(version, '2.1.0');
        const [{ tool, results }] = runs;
        assert.deepEqual(
            tool.driver.rules.map(({ id }) => id),
            RULES.map(({ id }) => id)
        );
        assert.deepEqual(
            results.map(({ ruleId, ruleIndex, level, locations, suppressions }) => ({
                ruleId,
                indexed: tool.driver.rules[ruleIndex].id,
                level,
                line: locations[0].physicalLocation.region.startLine,
                uri: locations[0].physicalLocation.artifactLocation.uri,
                reason: suppressions?.[0].justification
            })),
            [
                {
                    ruleId: 'secret-not-required',
                    indexed: 'secret-not-required',
                    level: 'warning',
                    line: 5,
                    uri: `${FIXTURES}/secret-not-required/bad/App_glbloauth.ecaGlblOauth-meta.xml`,
                    reason: undefined
                },
                {
                    ruleId: 'pkce-off',
                    indexed: 'pkce-off',
                    level: 'warning',
                    line: 7,
                    uri: `${FIXTURES}/secret-not-required/bad/App_glbloauth.ecaGlblOauth-meta.xml`,
                    reason: 'shows the two together'
                }
            ]
        );
    });

    it('prints SARIF on stdout', async () => {
        const run = await sandbox.run('lint', BAD, '--sarif', '-');
        assert.equal(run.code, 1);
        assert.equal((JSON.parse(run.stdout) as Sarif).runs[0].results.length, 1);
    });

    it('ends with 2 when used wrongly', async () => {
        for (const [args, code] of [
            [['no/such/folder'], 'PATH_MISSING'],
            [[BAD, '--json', '--sarif', '-'], 'ONE_REPORT_ON_STDOUT'],
            [[BAD, '--sarif', 'no/such/folder/lint.sarif'], 'REPORT_NOT_WRITTEN']
        ] as const) {
            const run = await sandbox.run('lint', ...args);
            assert.equal(run.code, 2);
            assert.ok((run.stdout + run.stderr).includes(code), run.stdout + run.stderr);
        }
    });
});
