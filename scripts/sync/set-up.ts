import { evaluateApex } from '../lib/anonymous-apex.ts';
import type { AuthSource } from '../lib/auth-source.ts';
import type { LinkedOrgs } from '../lib/context.ts';
import { deployOrThrow, describeOutcome } from '../lib/deployment.ts';
import { BridgeError } from '../lib/errors.ts';
import { findIntegrationUser, type IntegrationUser } from '../lib/integration-user.ts';
import type { LinkPlan } from '../lib/link-plan.ts';
import { connectOrgs, deployBoth } from '../lib/link.ts';
import type { BridgeOrg } from '../lib/org-connection.ts';
import { assignPermissionSets, unassignPermissionSet } from '../lib/permission-sets.ts';
import { presentPlan } from '../lib/present-plan.ts';
import { projectPath } from '../lib/project.ts';
import { sideBySide } from '../lib/side-by-side.ts';
import { deleteCredential } from '../lib/source-credential.ts';
import type { Steps } from '../lib/steps.ts';
import { GENERATED_FOLDER, generatedFolders, generatedPermissionSets } from './generate/generated-folder.ts';
import { resumeAfter } from './orders.ts';
import { PEER } from './peer.ts';

/** Why delivery is paused after `bridge down`; the next set-up ends that pause, and no other. */
const DOWN = 'bridge down';

const FOLDERS = ['main', 'example'];
/** Of the user as whom the other org acts here, and as whom this org delivers. */
const USER_SETS = ['Sync_Receiver', 'Sync_Sender', 'Sync_Example'];
const ADMIN_SETS = ['Sync_Admin', 'Sync_Sender', 'Sync_Example'];

export interface SyncSetUpOptions {
    /** Classes that take the place of those of the project, for tests of what a defect does. */
    readonly replaced?: AuthSource;
}

/** The link in the other direction: the target calls the source as the source calls the target. */
export function swapped({ source, target }: LinkedOrgs): LinkedOrgs {
    return { source: { ...target, role: 'source' }, target: { ...source, role: 'target' } };
}

/** The same link the other way round. A user whom the plan names is one of the target, so the way back has its own. */
function planBack(plan: LinkPlan): LinkPlan {
    return { ...plan, runAs: undefined };
}

/** The user of an org as whom the other org acts there. */
function userOf(org: BridgeOrg, plan: LinkPlan): Promise<IntegrationUser> {
    return findIntegrationUser(org, org.role === 'target' ? plan : planBack(plan));
}

/** Puts two linked orgs in step: the link back, the engine in both, access, the sweep, and a handshake each way. */
export async function setUpSync(
    orgs: LinkedOrgs,
    steps: Steps,
    plan: LinkPlan,
    options: SyncSetUpOptions = {}
): Promise<void> {
    const back = swapped(orgs);
    await deployBoth(back, steps, planBack(plan));
    await connectOrgs(back, steps, planBack(plan));
    for (const org of [orgs.source, orgs.target]) {
        await deployEngine(org, steps, plan, options);
    }
    for (const org of [orgs.source, orgs.target]) {
        await startSync(org, steps);
    }
}

async function deployEngine(
    org: BridgeOrg,
    steps: Steps,
    plan: LinkPlan,
    { replaced }: SyncSetUpOptions
): Promise<void> {
    const user = await userOf(org, plan);
    const out = new Set([...(replaced?.keys() ?? [])].map((path) => path.split('/').at(-1)?.split('.')[0]));
    await steps.step(`Deploy the sync engine to the ${org.role} org`, async (report) => {
        const outcome = await deployOrThrow(org, {
            sourceDirs: [
                ...FOLDERS.map((folder) => projectPath('force-app', 'sync', folder)),
                ...generatedFolders(GENERATED_FOLDER, org.role)
            ],
            ...(replaced !== undefined && {
                include: ({ type, fullName }) => type !== 'ApexClass' || !out.has(fullName),
                files: replaced
            }),
            replacements: { SYNC_ROLE: org.role === 'source' ? 'Source' : 'Target', SYNC_USERNAME: user.username },
            onProgress: (text) => report.progress(text)
        });
        report.detail(describeOutcome(outcome));
    });
    await giveAccess(org, steps, plan, generatedPermissionSets(GENERATED_FOLDER, org.role));
}

/** Gives the permission sets of the engine, and of what was generated, to the integration user and to you. */
async function giveAccess(org: BridgeOrg, steps: Steps, plan: LinkPlan, generated: readonly string[]): Promise<void> {
    const user = await userOf(org, plan);
    await steps.step(`Give access to records in step in the ${org.role} org`, async (report) => {
        const forUser = await assignPermissionSets(org, [...USER_SETS, ...generated, plan.permissionSet], user.id);
        const forYou = await assignPermissionSets(org, [...ADMIN_SETS, ...generated], org.userId);
        if (forUser.length + forYou.length === 0) {
            report.already('both users have it');
        }
    });
}

/** Deploys generated mappings to both orgs, which have the engine, and gives access to their objects. */
export async function deployGenerated(orgs: LinkedOrgs, steps: Steps, plan: LinkPlan, folder: string): Promise<void> {
    if (!(await isInStep(orgs))) {
        throw new BridgeError('user', 'NOT_IN_STEP', 'The orgs lack the sync engine, which the mappings need.', [
            'Put the orgs in step: npm run bridge -- sync up, with the same orgs'
        ]);
    }
    for (const org of [orgs.source, orgs.target]) {
        await steps.step(`Deploy the mappings to the ${org.role} org`, async (report) => {
            const outcome = await deployOrThrow(org, {
                sourceDirs: generatedFolders(folder, org.role),
                onProgress: (text) => report.progress(text)
            });
            report.detail(describeOutcome(outcome));
        });
        await giveAccess(org, steps, plan, generatedPermissionSets(folder, org.role));
    }
}

/** Schedules the sweep and lets the org ask the other one who it is. */
async function startSync(org: BridgeOrg, steps: Steps): Promise<void> {
    await steps.step(`Schedule the sweep of the ${org.role} org`, async () => {
        await evaluateApex<string>(org, 'SyncSweep.schedule();', `'scheduled'`);
        await resumeAfter(org, DOWN);
    });
    await steps.step(`Shake hands: the ${org.role} org asks the other one`, async (report) => {
        const { role, contract, fault } = await evaluateApex<{ role?: string; contract?: number; fault?: string }>(
            org,
            `Map<String, Object> met = new Map<String, Object>();
            try {
                SyncHello hello = new SyncClient(SyncConfig.get().peer('${PEER}')).hello();
                met.put('role', hello.role);
                met.put('contract', hello.contract);
            } catch (SyncException e) {
                met.put('fault', e.getMessage());
            }`,
            'met'
        );
        const expected = org.role === 'source' ? 'Target' : 'Source';
        if (role !== expected) {
            const what = fault ?? `It says that it is the ${String(role)}, not the ${expected}.`;
            throw new BridgeError('org', 'SYNC_HANDSHAKE', `The orgs do not understand each other. ${what}`, [
                'Run the command again; it deploys the engine to both orgs.',
                'Check the link: npm run bridge -- verify'
            ]);
        }
        report.detail(`${role}, contract ${String(contract)}`);
    });
}

/** Whether both orgs have the engine. */
export async function isInStep(orgs: LinkedOrgs): Promise<boolean> {
    const found = await sideBySide(
        [orgs.source, orgs.target].map(({ connection }) =>
            connection.tooling.query(`SELECT Id FROM ApexClass WHERE Name = 'SyncPeers'`)
        )
    );
    return found.every(({ totalSize }) => totalSize > 0);
}

/**
 * Stops delivery in both orgs, takes the access away, and with it the way back from the target to the source; records,
 * links and history stay.
 */
export async function takeDownSync(orgs: LinkedOrgs, steps: Steps, plan: LinkPlan): Promise<void> {
    for (const org of [orgs.source, orgs.target]) {
        await steps.step(`Pause the ${org.role} org and end its sweep`, () =>
            evaluateApex<string>(
                org,
                `SyncPeers.pause('${PEER}', '${DOWN}');
                for (CronTrigger job : [
                    SELECT Id FROM CronTrigger WHERE CronJobDetail.Name LIKE 'Org Bridge Sync Sweep%'
                ]) {
                    System.abortJob(job.Id);
                }`,
                `'paused'`
            )
        );
        await steps.step(`Take the access away in the ${org.role} org`, async () => {
            const user = await userOf(org, plan);
            const generated = generatedPermissionSets(GENERATED_FOLDER, org.role);
            for (const name of [...USER_SETS, ...generated, plan.permissionSet]) {
                await unassignPermissionSet(org, name, user.id);
            }
            await unassignPermissionSet(org, plan.permissionSet, org.userId);
        });
    }
    const back = swapped(orgs);
    const present = await presentPlan(back, planBack(plan));
    await steps.step(`Delete the credential of the ${orgs.target.role} org`, async (report) => {
        if (!(await deleteCredential(back.source, present))) {
            report.already('none was stored');
        }
    });
}
