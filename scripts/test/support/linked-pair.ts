import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { startOrgPair, type OrgPair, type OrgPairOptions } from '../../../local-org/src/index.ts';
import { openLocalOrgs, type LinkedOrgs } from '../../lib/context.ts';
import { findIntegrationUser } from '../../lib/integration-user.ts';
import { linkPlan, type LinkFlags, type LinkPlan } from '../../lib/link-plan.ts';
import { connectOrgs, deployBoth } from '../../lib/link.ts';
import { sessionsOf } from '../../lib/local-pair.ts';
import { buildComponents } from '../../lib/lwc-build.ts';
import { Steps } from '../../lib/steps.ts';
import { consentUrl } from '../../lib/consent.ts';
import { allowAccess, withConsent } from './consent.ts';
import { signedAssertion } from './signed-assertion.ts';

/** How far an assertion goes beyond this machine's clock, in milliseconds as the tools send it: tests move those of the orgs. */
const YEARS_MS = 10 * 365 * 24 * 60 * 60_000;

/** A local pair in this process, linked as `bridge up` does. */
export interface LinkedPair {
    readonly pair: OrgPair;
    plan: LinkPlan;
    readonly steps: Steps;
    /** An access token of any user of an org of the pair. */
    readonly logIn: (url: string, username: string) => Promise<string>;
    orgs: LinkedOrgs;
    /** In the browser flow: a login of the run-as user in the target, which gives the source new tokens. */
    consent(): Promise<void>;
    /** After an org was refreshed. */
    reopen(): Promise<void>;
    /** Connects by the plan, with the consent where the flow needs one. */
    connect(): Promise<void>;
    /** Deploys and connects by the plan, or by another one. */
    setUp(plan?: LinkPlan): Promise<void>;
}

export async function startLinkedPair(options: OrgPairOptions = {}, flags: LinkFlags = {}): Promise<LinkedPair> {
    await buildComponents();
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const toolingCertificate = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const pair = await startOrgPair({ page: false, toolingCertificate, ...options });
    try {
        return await linkedPair(pair, privateKey, flags);
    } catch (error) {
        // Nobody else can: a pair that goes on running keeps the whole test run from ending.
        await pair.stop();
        throw error;
    }
}

async function linkedPair(pair: OrgPair, toolingKey: KeyObject, flags: LinkFlags): Promise<LinkedPair> {
    const open = (): Promise<LinkedOrgs> => openLocalOrgs(sessionsOf(pair));
    const linked: LinkedPair = {
        pair,
        plan: linkPlan(flags),
        steps: new Steps({ quiet: true }),
        async logIn(url, username) {
            const claims = { iss: 'PlatformCLI', sub: username, aud: url, exp: Date.now() + YEARS_MS };
            const assertion = signedAssertion(claims, toolingKey);
            const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
            const response = await fetch(`${url}/services/oauth2/token`, { method: 'POST', body });
            return ((await response.json()) as { access_token: string }).access_token;
        },
        orgs: await open(),
        async consent() {
            const { username } = await findIntegrationUser(linked.orgs.target, linked.plan);
            await allowAccess(await consentUrl(linked.orgs.source, linked.plan), username);
        },
        async reopen() {
            linked.orgs = await open();
        },
        connect: () => connect(linked),
        async setUp(next = linked.plan) {
            linked.plan = next;
            await deployBoth(linked.orgs, linked.steps, next);
            await connect(linked);
        }
    };
    await linked.setUp();
    return linked;
}

/** In the browser flow with the consent. */
async function connect({ orgs, steps, plan }: LinkedPair): Promise<void> {
    const work = (): Promise<void> => connectOrgs(orgs, steps, plan);
    const { username } = await findIntegrationUser(orgs.target, plan);
    await (plan.flow === 'browser' ? withConsent(orgs.source, () => Promise.resolve(plan), username, work) : work());
}
