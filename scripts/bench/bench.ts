import { openLocalOrgs } from '../lib/context.ts';
import { linkPlan } from '../lib/link-plan.ts';
import { connectOrgs, deployBoth } from '../lib/link.ts';
import { hostLocalPair } from '../lib/local-pair.ts';
import { buildComponents } from '../lib/lwc-build.ts';
import { Steps } from '../lib/steps.ts';
import { measureCompiling } from './compile-speed.ts';
import { measureApexSpeed } from './apex-speed.ts';
import { measureDataSpeed } from './data-speed.ts';
import { measureDoctor } from './doctor-speed.ts';
import { measureLink } from './link-speed.ts';
import type { BenchRow } from './measure.ts';
import { measureStart } from './start-speed.ts';
import { measureSync } from './sync-speed.ts';

/**
 * `npm run bench`: every figure of the project in one run, as ratios where the machine matters. `--json` for programs;
 * `APEX_RECIPES=<folder of trailheadapps/apex-recipes>` measures compiling and testing that project too.
 */
const steps = new Steps();
const rows: BenchRow[] = [];
rows.push(...(await steps.step('npm start, three times', () => measureStart())));
await buildComponents();
const pair = await hostLocalPair({ page: false });
try {
    const orgs = await openLocalOrgs(pair.sessions);
    const quiet = new Steps({ quiet: true });
    await steps.step('Link a local pair', async () => {
        await deployBoth(orgs, quiet, linkPlan());
        await connectOrgs(orgs, quiet, linkPlan());
    });
    rows.push(...(await steps.step('Apex against JavaScript', (report) => measureApexSpeed(orgs.source, report))));
    rows.push(...(await steps.step('Data against JavaScript maps', () => measureDataSpeed(orgs.source))));
    rows.push(...(await steps.step('The link against bare HTTP', () => measureLink(orgs))));
    rows.push(...(await steps.step('The doctor', () => measureDoctor(orgs))));
} finally {
    await pair.stop();
}
rows.push(...(await steps.step('Records in step', (report) => measureSync(report))));
rows.push(...(await steps.step('Compiling apex-recipes', (report) => measureCompiling(report))));

if (process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify(rows)}\n`);
} else {
    const width = Math.max(...rows.map((row) => row.title.length));
    for (const row of rows) {
        const goal = row.goal === '' ? '' : `  goal: ${row.goal}, ${row.met ? 'met' : 'NOT met'}`;
        process.stdout.write(`${row.title.padEnd(width)}  ${row.figure}${goal}\n`);
    }
}
