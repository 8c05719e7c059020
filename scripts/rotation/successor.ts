import { orgPairConfig } from '../lib/config.ts';
import { waitForConsent } from '../lib/consent.ts';
import type { LinkedOrgs } from '../lib/context.ts';
import { deployOrThrow } from '../lib/deployment.ts';
import { findIntegrationUser, type IntegrationUser } from '../lib/integration-user.ts';
import type { LinkPlan } from '../lib/link-plan.ts';
import { writeCredential, writeProviderCredentials } from '../lib/source-credential.ts';
import type { Steps } from '../lib/steps.ts';
import { probeApp } from '../lib/token-probe.ts';
import { attempt, failed, failing } from './outcome.ts';
import { probeCalls } from './probe-calls.ts';
import { nextPlan, removeOthers, removeSuccessor, successorFiles, type Files, type Plans } from './source-successor.ts';
import { connectedAppSide, stagedPairSide, type NewPair } from './target-successor.ts';

/**
 * New key and secret by a second credential beside the old one: it gets the new pair and, in the browser flow, a consent of
 * its own; when calls through it are answered, the named credential is switched to it in one deploy, and the old one goes.
 * Until the switch nothing that is in use is touched. Tokens belong to the pair that got them, so in the browser flow one
 * consent is needed; with a principal per user everybody else logs in once more after the switch.
 */
export async function rotateToSuccessor(orgs: LinkedOrgs, steps: Steps, plan: LinkPlan): Promise<void> {
    const user = await findIntegrationUser(orgs.target, plan);
    const next = await nextPlan(orgs, plan);
    const makePair = plan.app === 'connected-app' ? connectedAppSide : stagedPairSide;
    const pair = await makePair(orgs, steps, { plan, next, user });
    const files = await successorFiles(orgs, { plan, next }, pair.app, user.username);
    const rotation: Rotation = { orgs, steps, plan, next, user, pair, files };
    await makeStep(rotation);
    await consentAndProve(rotation);
    await switchStep(rotation);
    await retireStep(rotation);
}

interface Rotation extends Plans {
    readonly orgs: LinkedOrgs;
    readonly steps: Steps;
    readonly user: IntegrationUser;
    readonly pair: NewPair;
    readonly files: Files;
}

/** Takes away what was made. What could not be taken away is not in use, and the next rotation removes it. */
async function undo({ orgs, plan, next, pair, files }: Rotation): Promise<string> {
    await attempt(() => deployOrThrow(orgs.source, { files: files.old, include: isPermissionSet }));
    await removeSuccessor(orgs.source, { plan, next });
    return `The source keeps the old credential. ${await pair.undo()}`;
}

async function makeStep(rotation: Rotation): Promise<void> {
    const { orgs, steps, plan, next, pair, files } = rotation;
    const { source, target } = orgs;
    await steps.step('Make a second credential in the source org, with the new pair', async (report) => {
        try {
            if (plan.flow === 'client-credentials') {
                const { apiPath } = orgPairConfig().target;
                await probeApp(target, pair.app, apiPath, (text) => report.progress(text));
            }
            await deployOrThrow(source, { files: files.both });
            if (plan.flow === 'client-credentials') {
                await writeCredential(source, next, pair.app);
            } else if (plan.identityProvider === 'external') {
                await writeProviderCredentials(source, next.externalIdentityProvider, pair.app);
            }
            report.detail(next.externalCredential);
        } catch (cause) {
            throw failed('make', await undo(rotation), cause);
        }
    });
}

async function consentAndProve(rotation: Rotation): Promise<void> {
    const { orgs, steps, plan, next, user } = rotation;
    if (plan.flow === 'browser') {
        await steps.step('Wait for the consent in the target org', async (report) => {
            try {
                await waitForConsent(orgs.source, next, user.username, report);
            } catch (cause) {
                throw failed('consent', await undo(rotation), cause);
            }
        });
    }
    await steps.step('Prove the new credential: call the target org through it', async (report) => {
        try {
            report.detail(await probeCalls(orgs.source, next));
        } catch (cause) {
            throw failed('prove', await undo(rotation), cause);
        }
    });
}

async function switchStep(rotation: Rotation): Promise<void> {
    const { orgs, steps, plan, next, files } = rotation;
    await steps.step('Switch the named credential to the new one', async (report) => {
        try {
            await deployOrThrow(orgs.source, { files: files.next, include: isNamedCredential });
            report.detail(
                `${plan.namedCredential}: ${next.externalCredential}; ${await probeCalls(orgs.source, plan)}`
            );
        } catch (cause) {
            const back = await attempt(() =>
                deployOrThrow(orgs.source, { files: files.old, include: isNamedCredential })
            );
            const state = back ? await undo(rotation) : 'The named credential could not be switched back.';
            throw failed('switch', state, cause, back);
        }
    });
}

async function retireStep({ orgs, steps, plan, next, pair, files }: Rotation): Promise<void> {
    await steps.step('Retire the old credential and the old pair, and prove that it is refused', async (report) => {
        const kept = 'The source uses the new pair; the old one is still good, and nothing uses it.';
        await failing('retire', kept, async () => {
            await deployOrThrow(orgs.source, { files: files.next, include: isPermissionSet });
            await removeOthers(orgs.source, { plan, next });
            report.detail(await pair.retire());
        });
    });
}

const isNamedCredential = ({ type }: { type: string }): boolean => type === 'NamedCredential';
const isPermissionSet = ({ type }: { type: string }): boolean => type === 'PermissionSet';
