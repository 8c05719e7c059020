import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { orgPairConfig } from '../lib/config.ts';
import type { LinkedOrgs } from '../lib/context.ts';
import { callTarget } from '../lib/credential-probe.ts';
import { readDeployedLogin } from '../lib/deployed-link.ts';
import { BridgeError } from '../lib/errors.ts';
import { findIntegrationUser } from '../lib/integration-user.ts';
import type { LinkFlags, LinkPlan } from '../lib/link-plan.ts';
import { readLinkStatus } from '../lib/link-status.ts';
import { listComponents, readComponent } from '../lib/metadata-component.ts';
import { presentPlan } from '../lib/present-plan.ts';
import { withNumber, numberOf } from '../lib/successor-names.ts';
import { Steps } from '../lib/steps.ts';
import { rotateCredentials } from '../rotation/rotate.ts';
import { CALLS, callsDuring } from './support/callouts.ts';
import { withConsent } from './support/consent.ts';
import { refusing, refusingDeploys } from './support/faults.ts';
import { startLinkedPair, type LinkedPair } from './support/linked-pair.ts';

/** A step of the rotation, the fault that stops it, and what the error says of the state. */
type Fault = readonly [point: string, strike: (orgs: LinkedOrgs) => LinkedOrgs, state: RegExp];

interface Way {
    readonly name: string;
    readonly flags: LinkFlags;
    /** Callouts in flight at least, by transactions of 50. */
    readonly transactions: number;
    readonly faults: readonly Fault[];
}

const inSource =
    (path: RegExp, options?: { skip?: number; times?: number }) =>
    ({ source, target }: LinkedOrgs): LinkedOrgs => ({ source: refusingDeploys(source, path, options), target });
const inTarget =
    (path: RegExp, options?: { skip?: number; times?: number }) =>
    ({ source, target }: LinkedOrgs): LinkedOrgs => ({ source, target: refusingDeploys(target, path, options) });

const SECOND = /externalCredentials\/TargetOrg_EC_\d/;
const SWITCH = /namedCredentials\/TargetOrg_NC\.namedCredential/;
const DELETION = /destructiveChanges/;
const CERTIFICATES: readonly Fault[] = [
    ['make', inSource(/certs\//), /Nothing was changed/],
    ['give', inTarget(/<certificate>/, { times: 1 }), /keeps the old certificate/],
    ['give', inTarget(/<certificate>/, { times: 2 }), /could not be given the old certificate again.* may be down/],
    ['sign', inSource(/externalCredentials\//, { times: 1 }), /old key was put back/],
    ['sign', inSource(/externalCredentials\//, { times: 2 }), /could not be put back.* may be down/],
    ['retire', inSource(DELETION), /uses the new key/]
];
const SUCCESSORS: readonly Fault[] = [
    ['make', inSource(SECOND, { times: 1 }), /keeps the old credential/],
    ['switch', inSource(SWITCH, { times: 1 }), /keeps the old credential/],
    ['switch', inSource(SWITCH, { times: 2 }), /could not be switched back\. The link may be down/],
    ['retire', inSource(DELETION), /uses the new pair/]
];
const APP: Fault = ['stage', inTarget(/connectedApps\//), /Nothing was changed/];
const PAIR: Fault = [
    'stage',
    ({ source, target }) => ({ source, target: refusing(target, 'requestPost', /staged$/) }),
    /Nothing was changed/
];

const EXTERNAL = { flow: 'browser', identityProvider: 'external' } as const;
const PROVIDER = { flow: 'browser', identityProvider: 'auth-provider' } as const;
const WAYS: readonly Way[] = [
    { name: 'JWT bearer', flags: { flow: 'jwt-bearer' }, transactions: 20, faults: CERTIFICATES },
    {
        name: 'JWT bearer, per user',
        flags: { flow: 'jwt-bearer', principal: 'per-user' },
        transactions: 20,
        faults: CERTIFICATES
    },
    {
        name: 'JWT bearer, connected app',
        flags: { app: 'connected-app', flow: 'jwt-bearer' },
        transactions: 4,
        faults: []
    },
    {
        name: 'client credentials, connected app',
        flags: { app: 'connected-app' },
        transactions: 20,
        faults: [APP, ...SUCCESSORS]
    },
    {
        name: 'browser, auth provider',
        flags: PROVIDER,
        transactions: 20,
        faults: [PAIR, ['register', inTarget(/authcallback\/TargetOrgAuth_/), /keeps the old pair/], ...SUCCESSORS]
    },
    { name: 'browser, external identity provider', flags: EXTERNAL, transactions: 20, faults: [PAIR, ...SUCCESSORS] },
    {
        name: 'browser, auth provider, connected app',
        flags: { app: 'connected-app', ...PROVIDER },
        transactions: 4,
        faults: []
    },
    {
        name: 'browser, external identity provider, connected app',
        flags: { app: 'connected-app', ...EXTERNAL },
        transactions: 4,
        faults: []
    },
    { name: 'browser, per user', flags: { ...EXTERNAL, principal: 'per-user' }, transactions: 4, faults: [] }
];

for (const way of WAYS) {
    describe(`bridge rotate: ${way.name}`, () => {
        let linked: LinkedPair;

        before(async () => {
            linked = await startLinkedPair({ allowNewConnectedApps: true }, way.flags);
        });

        after(() => linked?.pair.stop());

        async function rotate(orgs: LinkedOrgs, steps: Steps = linked.steps): Promise<void> {
            const { plan } = linked;
            const work = (): Promise<void> => rotateCredentials(orgs, steps, plan);
            if (plan.flow !== 'browser') {
                return work();
            }
            const { username } = await findIntegrationUser(linked.orgs.target, plan);
            const names = await nextNames();
            return withConsent(linked.orgs.source, () => Promise.resolve(names), username, work);
        }

        async function nextNames(): Promise<LinkPlan> {
            const present = await presentPlan(linked.orgs, linked.plan);
            const taken = [
                ...(await listComponents(linked.orgs.source, 'ExternalCredential')),
                ...(await listComponents(linked.orgs.source, 'AuthProvider'))
            ];
            const number = Math.max(...taken.map(numberOf)) + 1;
            return { ...present, externalCredential: withNumber(present.externalCredential, number) };
        }

        async function assertWorks(): Promise<void> {
            const { apiPath } = orgPairConfig().target;
            assert.deepEqual(await callTarget(linked.orgs.source, linked.plan, apiPath), { ok: true });
        }

        /** Nothing of the login differs from what a deploy of the project would send. */
        async function assertAsDeployed(): Promise<void> {
            const { drift, auth } = await readLinkStatus(linked.orgs, linked.plan);
            assert.deepEqual(drift, []);
            for (const found of [auth.source, auth.target]) {
                assert.ok(found !== null && found.components > 0);
            }
        }

        /** What the login of the source rests on. */
        async function basis(): Promise<string> {
            const { source, target } = linked.orgs;
            const login = await readDeployedLogin(source, linked.plan);
            const certificate =
                login?.certificate === undefined ? '' : await readComponent(source, 'Certificate', login.certificate);
            const apps = await listComponents(target, 'ConnectedApp');
            return JSON.stringify([login, certificate, apps]);
        }

        /** A successor takes the place of what was there. */
        async function assertOneOfEach(): Promise<void> {
            for (const [org, type] of [
                ['source', 'NamedCredential'],
                ['source', 'ExternalCredential'],
                ['source', 'AuthProvider'],
                ['source', 'ExternalAuthIdentityProvider'],
                ['source', 'Certificate'],
                ['target', 'ConnectedApp']
            ] as const) {
                const left = await listComponents(linked.orgs[org], type);
                assert.ok(left.length < 2, `${type}: ${left.join(', ')}`);
            }
        }

        test(`fails none of ${way.transactions * CALLS} or more calls in flight, and leaves one of everything`, async (context) => {
            await assertAsDeployed();
            const before = await basis();
            const { made, good, during, steps } = await callsDuring(linked, way.transactions, (paced) =>
                rotate(linked.orgs, paced)
            );
            context.diagnostic(`${made} calls, ${made - good} failed, ${during} within the ${steps} steps`);
            assert.equal(good, made);
            assert.ok(steps >= 4 && during >= steps * CALLS, `only ${during} calls ran while it rotated`);
            assert.notEqual(await basis(), before);
            await assertWorks();
            await assertOneOfEach();
            await assertAsDeployed();
        });

        for (const [point, strike, state] of way.faults) {
            test(`stopped at "${point}", leaves a link that works, says what was undone, and can run again`, async () => {
                const before = await basis();
                const error = await rotate(strike(linked.orgs)).then(
                    () => assert.fail('the rotation was not stopped'),
                    (thrown: unknown) => thrown
                );
                assert.ok(error instanceof BridgeError, String(error));
                assert.equal(error.code, 'ROTATION_STOPPED');
                assert.match(error.message, new RegExp(`step "${point}": .*seeded fault`));
                assert.match(error.message, state);
                assert.match(error.message, /The link (works as before|may be down)\.$/);
                assert.match(error.actions.at(-1) ?? '', error.message.endsWith('down.') ? /repair/ : /rotate/);
                // What may be in use is left as it is.
                if (point !== 'retire' && error.message.endsWith('as before.')) {
                    assert.equal(await basis(), before);
                }
                await assertWorks();
                await rotate(linked.orgs);
                assert.notEqual(await basis(), before);
                await assertWorks();
                await assertOneOfEach();
            });
        }
    });
}

test('an org that creates no connected apps keeps the link, and the error says what to do', async () => {
    const linked = await startLinkedPair({ allowNewConnectedApps: true }, { app: 'connected-app' });
    try {
        const refused = { ...linked.orgs, target: refusingDeploys(linked.orgs.target, /connectedApps\/\w+_2\./) };
        await assert.rejects(rotateCredentials(refused, new Steps({ quiet: true }), linked.plan), {
            code: 'ROTATION_STOPPED'
        });
        const { apiPath } = orgPairConfig().target;
        assert.deepEqual(await callTarget(linked.orgs.source, linked.plan, apiPath), { ok: true });
    } finally {
        await linked.pair.stop();
    }
});
