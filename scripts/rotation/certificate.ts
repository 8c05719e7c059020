import { CONNECTED_APP, ECA_GLOBAL } from '../lib/app-types.ts';
import { renderAuth, targetAuthFolders } from '../lib/auth-source.ts';
import { deleteOthers } from '../lib/component-family.ts';
import type { LinkedOrgs } from '../lib/context.ts';
import { deployOrThrow } from '../lib/deployment.ts';
import { BridgeError } from '../lib/errors.ts';
import { findIntegrationUser, type IntegrationUser } from '../lib/integration-user.ts';
import type { LinkPlan } from '../lib/link-plan.ts';
import { linkValues } from '../lib/link-steps.ts';
import { deleteComponents } from '../lib/metadata-documents.ts';
import { readComponent } from '../lib/metadata-component.ts';
import type { BridgeOrg } from '../lib/org-connection.ts';
import type { DeployedLink } from '../lib/present-plan.ts';
import { audience, deploySourceAuth } from '../lib/source-auth.ts';
import { CERTIFICATE, makeCertificate, type SourceCertificate } from '../lib/source-certificate.ts';
import { refreshCredential } from '../lib/source-credential.ts';
import { askByAssertion } from '../lib/source-signature.ts';
import type { Steps } from '../lib/steps.ts';
import { attempt, failed, failing } from './outcome.ts';
import { probeCalls, refreshOrThrow } from './probe-calls.ts';

/** Types that hold the public half: the app's settings, or the whole of a connected app. */
const HOLDERS = new Set([ECA_GLOBAL, CONNECTED_APP]);

interface OldKey {
    readonly certificate: SourceCertificate;
    readonly issuer: string;
}

/**
 * A new key pair for the JWT bearer flow. An app holds one certificate (Metadata API Developer Guide: `certificate` is one
 * element of ExtlClntAppGlobalOauthSettings and of ConnectedApp), so no moment exists at which it takes both keys. What
 * bridges it is the access token: the source fetches one with the old key first, the app changes over, and the source signs
 * with the new key from its next token on. Tokens that were given stay good. A user of a principal per user who has no token
 * in the seconds between is refused.
 */
export async function rotateCertificate(orgs: LinkedOrgs, steps: Steps, link: DeployedLink): Promise<void> {
    const { source, target } = orgs;
    const { plan } = link;
    const user = await findIntegrationUser(target, plan);
    const old = await oldKey(source, link);
    const next = await steps.step('Make a new certificate in the source org and test it', async (report) => {
        const made = await failing('make', 'Nothing was changed.', () => makeCertificate(source, plan));
        report.detail(made.name);
        return made;
    });
    const change: Change = { orgs, steps, plan, user, old, next };
    await steps.step('Fetch a token with the old key, which lasts over the change', async () => {
        try {
            await refreshCredential(source, plan);
            await probeCalls(source, plan);
        } catch (cause) {
            // The old key gets no call through: the link was down before.
            throw failed('bridge', await removeNext(change), cause, false);
        }
    });
    await giveStep(change);
    await signStep(change);
    await retireStep(change);
}

interface Change {
    readonly orgs: LinkedOrgs;
    readonly steps: Steps;
    readonly plan: LinkPlan;
    readonly user: IntegrationUser;
    readonly old: OldKey;
    readonly next: SourceCertificate;
}

/** After a change that stopped; answers what is left. */
async function removeNext({ orgs, next }: Change): Promise<string> {
    return (await attempt(() => deleteComponents(orgs.source, [{ type: CERTIFICATE, fullName: next.name }])))
        ? 'The new certificate was removed again.'
        : `The new certificate ${next.name} is left in the source org, unused.`;
}

async function giveStep(change: Change): Promise<void> {
    const { orgs, steps, plan, user, old, next } = change;
    await steps.step('Give the public half to the app of the target org', async () => {
        try {
            await giveToApp(orgs, plan, user, next);
        } catch (cause) {
            const kept = await attempt(() => giveToApp(orgs, plan, user, old.certificate));
            const state = kept
                ? 'The app keeps the old certificate.'
                : 'The app could not be given the old certificate again.';
            throw failed('give', `${state} ${await removeNext(change)}`, cause, kept);
        }
    });
}

async function signStep(change: Change): Promise<void> {
    const { orgs, steps, plan, user, old, next } = change;
    await steps.step('Sign with the new key in the source org and call through it', async (report) => {
        const app = { key: old.issuer, secret: undefined };
        try {
            await deploySourceAuth(orgs, { ...plan, certificate: next.name }, app, user.username);
            report.detail(await proveNew(orgs, plan));
        } catch (cause) {
            const undone =
                (await attempt(() => giveToApp(orgs, plan, user, old.certificate))) &&
                (await attempt(() =>
                    deploySourceAuth(orgs, { ...plan, certificate: old.certificate.name }, app, user.username)
                ));
            // What is not put back may be what the link rests on now.
            const state = undone
                ? `The old key was put back. ${await removeNext(change)}`
                : `The old key could not be put back; the certificate ${next.name} is left in the source org.`;
            throw failed('sign', state, cause, undone);
        }
    });
}

async function oldKey(source: BridgeOrg, { plan, login }: DeployedLink): Promise<OldKey> {
    const name = login.certificate ?? plan.certificate;
    const pem = await readComponent(source, CERTIFICATE, name);
    if (login.issuer === undefined || pem === undefined) {
        throw new BridgeError('org', 'LINK_MISSING', `The source org has no certificate ${name} to rotate.`, [
            'Run: npm run bridge -- repair, with the same flags.'
        ]);
    }
    return { certificate: { name, pem: pem.trim(), created: false }, issuer: login.issuer };
}

async function giveToApp(
    orgs: LinkedOrgs,
    plan: LinkPlan,
    user: IntegrationUser,
    certificate: SourceCertificate
): Promise<void> {
    const values = {
        ...linkValues(orgs, plan, user, certificate),
        CONSUMER_KEY: undefined,
        CONSUMER_SECRET: undefined
    };
    const files = renderAuth(targetAuthFolders(plan), plan, values);
    await deployOrThrow(orgs.target, { files, include: ({ type }) => HOLDERS.has(type) });
}

/** A token that the new key got, and calls with it. */
async function proveNew({ source }: LinkedOrgs, plan: LinkPlan): Promise<string> {
    await refreshOrThrow(source, plan);
    return probeCalls(source, plan);
}

/** Ends the old key; certificates that a stopped rotation left go as well. */
async function retireStep({ orgs, steps, user, old: { certificate, issuer }, next }: Change): Promise<void> {
    const { source, target } = orgs;
    await steps.step('Prove that the old key is refused, and delete its certificate', async (report) => {
        const kept = 'The source uses the new key; the old certificate is left in the source org, and no app takes it.';
        await failing('retire', kept, async () => {
            const claims = { iss: issuer, sub: user.username, aud: await audience(target) };
            const answer = await askByAssertion(source, certificate.name, target.url, claims);
            if ('token' in answer) {
                throw new Error('the target org still takes the old key.');
            }
            await deleteOthers(source, [{ type: CERTIFICATE, fullName: next.name }]);
            report.detail(answer.refusal);
        });
    });
}
