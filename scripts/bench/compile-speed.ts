import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOrg, type RunningOrg } from '../../local-org/src/index.ts';
import { runApexTests } from '../lib/apex-tests.ts';
import { deploySource } from '../lib/deployment.ts';
import { connectLocal, type BridgeOrg } from '../lib/org-connection.ts';
import type { StepReport } from '../lib/steps.ts';
import { ratioRow, skippedRow, type BenchRow } from './measure.ts';

/** Where a checkout of the project lies; see `bench.ts`. */
const FOLDER = process.env['APEX_RECIPES'];

/**
 * Deploys apex-recipes to a new org without anything of an earlier time, again to the same org, and to another new one with
 * what the first kept on disk; then runs all its tests. Skipped without a checkout.
 */
export async function measureCompiling(report: StepReport): Promise<BenchRow[]> {
    if (FOLDER === undefined || !existsSync(FOLDER)) {
        return [skippedRow('apex-recipes', 'APEX_RECIPES names no folder')];
    }
    const cache = mkdtempSync(join(tmpdir(), 'bench-cache-'));
    process.env['ORG_BRIDGE_CACHE'] = cache;
    try {
        report.progress('with empty caches');
        const [coldMs, warmMs] = await inNewOrg(async (org) => [
            await deployMs(org, FOLDER),
            await deployMs(org, FOLDER)
        ]);
        report.progress('with the cache on disk');
        const [diskMs, tests] = await inNewOrg(async (org) => [await deployMs(org, FOLDER), await testsOf(org)]);
        return [
            ratioRow('apex-recipes deployed again to the same org', warmMs, 'the first time', coldMs),
            ratioRow('apex-recipes deployed to a new org, cache on disk', diskMs, 'the first time', coldMs, 1),
            {
                title: 'apex-recipes, all tests',
                figure: `${(tests.ms / 1000).toFixed(1)} s, ${tests.passed} of ${tests.total} pass`,
                goal: '',
                met: true
            }
        ];
    } finally {
        delete process.env['ORG_BRIDGE_CACHE'];
        rmSync(cache, { recursive: true, force: true });
    }
}

async function inNewOrg<T>(work: (org: BridgeOrg) => Promise<T>): Promise<T> {
    const running: RunningOrg = await startOrg('bench');
    try {
        const { url, admin } = running.info();
        return await work(await connectLocal('source', { url, accessToken: admin.accessToken }));
    } finally {
        await running.stop();
    }
}

async function deployMs(org: BridgeOrg, folder: string): Promise<number> {
    const started = performance.now();
    // What is not supported here must not keep the rest from being compiled.
    await deploySource(org, { sourceDirs: [join(folder, 'force-app')], rollbackOnError: false });
    return performance.now() - started;
}

async function testsOf(org: BridgeOrg): Promise<{ ms: number; passed: number; total: number }> {
    const started = performance.now();
    const result = await runApexTests(org, undefined);
    const tests = result?.tests ?? [];
    const passed = tests.filter(({ outcome }) => (outcome as string) === 'Pass').length;
    return { ms: performance.now() - started, passed, total: tests.length };
}
