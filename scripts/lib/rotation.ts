import { consumerUrl, readPair, withSecretAccess, type AppCredentials } from './app-credentials.ts';
import { orgPairConfig } from './config.ts';
import type { LinkedOrgs } from './context.ts';
import { callTarget } from './credential-probe.ts';
import { BridgeError, toBridgeError } from './errors.ts';
import type { LinkPlan } from './link-plan.ts';
import { refreshCredential, writeCredential } from './source-credential.ts';
import { deleteStaged, readStaged, rotatePair, stagePair, type StagedPair } from './staged-credentials.ts';
import type { Steps } from './steps.ts';
import { probeApp, tokenRefusal } from './token-probe.ts';

const AGAIN = 'Run: npm run bridge -- rotate';
/** Calls through the new credential before the old pair is retired. */
const PROBES = 5;

/**
 * New key and secret without a failed call: the target takes both pairs while the source changes over. A step that fails is
 * undone as far as the platform lets it, and the link works in every state in between.
 */
export async function rotateCredentials(orgs: LinkedOrgs, steps: Steps, plan: LinkPlan): Promise<void> {
    refuseOtherFlows(plan);
    const { appName, credentialSetupPermissionSet } = orgPairConfig().target;
    await withSecretAccess(orgs.target, credentialSetupPermissionSet, async () => {
        const consumer = await consumerUrl(orgs.target, appName);
        const old = await rotateTarget(orgs, steps, consumer);
        const next = await readPair(orgs.target, consumer);
        await changeOver(orgs, steps, plan, { old, next });
        await retire(orgs, steps, consumer, old);
    });
}

/** Brings the target to a new pair and answers the old one, which still works. Goes on with what a stopped run left. */
async function rotateTarget({ target }: LinkedOrgs, steps: Steps, consumer: string): Promise<StagedPair> {
    const left = await readStaged(target, consumer);
    if (left?.state === 'Rotated') {
        return steps.step('Stage a new key and secret in the target org', (report) => {
            report.already('a rotation was begun before; it is finished now');
            return left;
        });
    }
    const staged = await steps.step('Stage a new key and secret in the target org', async (report) => {
        if (left !== undefined) {
            await deleteStaged(target, consumer, left.id);
            report.detail('a pair that was staged before and never used is replaced');
        }
        return failing('stage', 'Nothing was changed.', () => stagePair(target, consumer));
    });
    return steps.step('Rotate: the target org takes the new pair, and the old one still', async () => {
        try {
            await rotatePair(target, consumer, staged.id);
        } catch (cause) {
            const undone = await attempt(() => deleteStaged(target, consumer, staged.id));
            throw failed(
                'rotate',
                undone ? 'The staged pair was removed again.' : 'The staged pair is left, unused.',
                cause
            );
        }
        const old = await readStaged(target, consumer);
        if (old === undefined) {
            throw failed('rotate', 'The target org does not show the old pair.', new Error('the slot is empty'));
        }
        return old;
    });
}

interface Pairs {
    readonly old: StagedPair;
    readonly next: AppCredentials;
}

/** Gives the source the new pair. The old one is put back when a call with the new one fails. */
async function changeOver(orgs: LinkedOrgs, steps: Steps, plan: LinkPlan, { old, next }: Pairs): Promise<void> {
    const { source, target } = orgs;
    const { apiPath } = orgPairConfig().target;
    const kept = `The source keeps the old pair, which works until ${old.expirationDate}.`;
    await steps.step('Prove the new pair: fetch a token and call the API', (report) =>
        failing('prove', kept, () => probeApp(target, next, apiPath, (text) => report.progress(text)))
    );
    await steps.step('Store the new pair in the source org and call through it', async (report) => {
        try {
            await writeCredential(source, plan, next);
            await refreshOrThrow(orgs, plan);
            for (let probe = 0; probe < PROBES; probe += 1) {
                const call = await callTarget(source, plan, apiPath);
                if (!call.ok) {
                    throw call.error;
                }
            }
        } catch (cause) {
            const undone = await attempt(() => writeCredential(source, plan, old));
            throw failed(
                'store',
                undone ? `The old pair was put back. ${kept}` : 'The old pair could not be put back.',
                cause
            );
        }
        report.detail(`${PROBES} calls answered`);
    });
}

async function retire({ target }: LinkedOrgs, steps: Steps, consumer: string, old: StagedPair): Promise<void> {
    await steps.step('Retire the old pair and prove that it is refused', async (report) => {
        const kept = `The source uses the new pair; the old one works until ${old.expirationDate} unless it is retired.`;
        await failing('retire', kept, () => deleteStaged(target, consumer, old.id));
        const refusal = await tokenRefusal(target, old);
        if (refusal === undefined) {
            throw failed('retire', kept, new Error('the target org still gives tokens for the old pair'));
        }
        report.detail(refusal);
    });
}

/** A source that cannot fetch a token on demand fetches it with the next call. */
async function refreshOrThrow({ source }: LinkedOrgs, plan: LinkPlan): Promise<void> {
    const refusal = await refreshCredential(source, plan);
    if (refusal.includes('OAuth token')) {
        throw new BridgeError('org', 'TOKEN_REFUSED', refusal);
    }
}

function refuseOtherFlows({ app, flow }: LinkPlan): void {
    if (app === 'external-client-app' && flow === 'client-credentials') {
        return;
    }
    const reason =
        flow === 'jwt-bearer'
            ? 'The JWT bearer flow has a certificate and no secret in the source org.'
            : 'Only an External Client App in the client credentials flow has a second pair that a source can change to unseen.';
    throw new BridgeError('user', 'ROTATION_UNSUPPORTED', `This link cannot be rotated. ${reason}`, [
        'Run: npm run bridge -- connect, which stores the present key and secret again.'
    ]);
}

async function failing<T>(point: string, state: string, work: () => Promise<T>): Promise<T> {
    try {
        return await work();
    } catch (cause) {
        throw failed(point, state, cause);
    }
}

function failed(point: string, state: string, cause: unknown): BridgeError {
    const { message } = toBridgeError(cause);
    return new BridgeError(
        'org',
        'ROTATION_STOPPED',
        `The rotation stopped at the step "${point}": ${message} ${state} The link works.`,
        [AGAIN],
        cause
    );
}

async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
        await work();
        return true;
    } catch {
        return false;
    }
}
