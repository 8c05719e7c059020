import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { callTarget } from '../lib/credential-probe.ts';
import { orgPairConfig } from '../lib/config.ts';
import type { LinkedOrgs } from '../lib/context.ts';
import { connectOrgs, deployBoth } from '../lib/link.ts';
import { linkPlan } from '../lib/link-plan.ts';
import { readLinksOf, readLinkStatus, type LinkStatus } from '../lib/link-status.ts';
import type { BridgeOrg } from '../lib/org-connection.ts';
import { requireDeployedLink } from '../lib/present-plan.ts';
import { deleteCredential } from '../lib/source-credential.ts';
import { revokeLink } from '../revocation/revoke.ts';
import { rotateCredentials } from '../rotation/rotate.ts';
import { answering, refusingRetrieves, retrieving } from './support/faults.ts';
import { startLinkedPair, type LinkedPair } from './support/linked-pair.ts';
import { edit, type Undo } from './support/org-edits.ts';

describe('bridge status', () => {
    let linked: LinkedPair;

    before(async () => {
        linked = await startLinkedPair();
        await callTarget(linked.orgs.source, linked.plan, orgPairConfig().target.apiPath);
    });

    after(() => linked?.pair.stop());

    const status = (): Promise<LinkStatus> => readLinkStatus(linked.orgs, linked.plan);

    test('of a healthy link names both orgs, the way of the login, users, tokens, budget and code', async () => {
        const found = await status();
        assert.equal(found.status, 'complete', JSON.stringify(found.parts));
        assert.deepEqual(found.drift, []);
        for (const role of ['source', 'target'] as const) {
            const { orgId, url, username, kind, instance, apiRequests, apiRefusal, code } =
                found[role] ?? assert.fail();
            assert.deepEqual([orgId, url, kind], [linked.orgs[role].orgId, linked.orgs[role].url, 'developer']);
            assert.equal(username, linked.orgs[role].username);
            assert.ok(instance !== null && instance !== '');
            assert.equal(apiRefusal, null);
            assert.equal(apiRequests?.maximum, 15_000);
            assert.ok(apiRequests.remaining < 15_000, 'no request was counted');
            assert.ok(code !== null && code.classes > 0);
            assert.deepEqual([code.missing, code.different], [[], []]);
            assert.ok(code.metadata !== null && code.metadata.components > 0);
            assert.deepEqual([code.metadata.missing, code.metadata.different], [[], []]);
            const auth = found.auth[role] ?? assert.fail();
            assert.ok(auth.components > 2);
            assert.deepEqual([auth.missing, auth.different], [[], []]);
        }
        const way = {
            app: 'external-client-app',
            flow: 'client-credentials',
            identityProvider: null,
            principal: 'named'
        };
        assert.deepEqual(found.deployed, way);
        assert.deepEqual(found.configured, way);
        assert.match(found.runAs ?? '', /^integration@/);
        assert.equal(found.credential, 'Configured');
        assert.ok((found.tokens?.sessions ?? 0) >= 1, 'no session is shown');
        assert.match(found.tokens?.sessionLastUsed ?? '', /^\d{4}-\d\d-\d\dT/);
        assert.deepEqual([found.tokens?.refreshTokens, found.tokens?.refreshTokenLastUsed], [0, null]);
        assert.deepEqual(found.permissionSets, [
            { org: 'source', name: 'Target_Org_Access', users: 1 },
            { org: 'target', name: 'Target_Account_API', users: 1 }
        ]);
    });

    test('has the same shape where an org refuses, and says why', async () => {
        const healthy = await status();
        await linked.pair.control.target.setApi({ used: 20_000 });
        const limited = await status().finally(() => linked.pair.control.target.setApi({ used: 0 }));
        assert.deepEqual(Object.keys(limited), Object.keys(healthy));
        assert.match(limited.target?.apiRefusal ?? '', /REQUEST_LIMIT_EXCEEDED/);
        assert.equal(limited.status, 'incomplete');
        const unknown = limited.parts.filter(({ present }) => present !== true);
        assert.deepEqual(
            unknown.map(({ name, present }) => [name.split(':')[0], present]),
            [
                ['target', null],
                ['target', null],
                ['target', null]
            ]
        );
    });

    test('a retrieve that fails takes nothing for missing: status shows what it knows, what changes orgs stops', async () => {
        const { source, target } = linked.orgs;
        for (const orgs of [
            { source: refusingRetrieves(source), target },
            { source, target: refusingRetrieves(target) }
        ]) {
            const { plan, steps } = linked;
            const refused = { errorCode: 'SERVER_UNAVAILABLE' };
            const { deployed, parts } = await readLinkStatus(orgs, plan);
            assert.deepEqual([deployed.app, deployed.flow].filter((part) => part === null).length, 1);
            assert.deepEqual(
                parts.map(({ present }) => present).filter((present) => present !== true),
                [null]
            );
            await assert.rejects(requireDeployedLink(orgs, plan), refused);
            await assert.rejects(rotateCredentials(orgs, steps, plan), refused);
            await assert.rejects(revokeLink(orgs, steps, plan, { now: true }), refused);
        }
        const blind = { source: refusingRetrieves(source), target };
        await assert.rejects(deployBoth(blind, linked.steps, linked.plan), { errorCode: 'SERVER_UNAVAILABLE' });
        await assert.rejects(connectOrgs(blind, linked.steps, linked.plan), { errorCode: 'SERVER_UNAVAILABLE' });
        assert.equal((await status()).status, 'complete');
    });

    test('refresh tokens are found by the label of the app, also where the org does not show the app', async () => {
        const { source, target } = linked.orgs;
        const ofLabel = /^SELECT COUNT\(\) FROM OauthToken WHERE AppName = 'Salesforce Org Integration'$/;
        const blind = answering(refusingRetrieves(target), ofLabel, [], 7);
        const { deployed, tokens } = await readLinkStatus({ source, target: blind }, linked.plan);
        assert.deepEqual([deployed.app, tokens?.refreshTokens], [null, 7]);
    });

    test('a retrieve that ends as failed is an error too', async () => {
        const failing = retrieving(linked.orgs.target, { success: false, errorMessage: 'UNKNOWN_EXCEPTION: seeded' });
        await assert.rejects(requireDeployedLink({ ...linked.orgs, target: failing }, linked.plan), {
            code: 'RETRIEVE_FAILED',
            message: 'The target org did not give its metadata: UNKNOWN_EXCEPTION: seeded'
        });
    });

    test('a target that is down does not keep the others from being told', async () => {
        const { orgs, plan } = linked;
        const emea = { ...plan, name: 'Emea', alias: 'emea' };
        const open = (source: BridgeOrg, alias: string): Promise<LinkedOrgs> =>
            alias === 'emea'
                ? Promise.reject(new TypeError('fetch failed'))
                : Promise.resolve({ source, target: orgs.target });
        const links = await readLinksOf(orgs.source, [emea, plan], open);
        assert.deepEqual(
            links.map(({ link, status: state, problem }) => [link, state, problem]),
            [
                ['Emea', 'unreachable', 'fetch failed'],
                [plan.name, 'complete', null]
            ]
        );
    });

    test('code that is not that of git, a blocked app and another flow are drift', async () => {
        const undo: Undo[] = [];
        let found: LinkStatus;
        try {
            undo.push(
                await edit(
                    linked.orgs.source,
                    { type: 'ApexClass', fullName: 'AccountHelper' },
                    (text) => `${text}\n// changed in the org\n`
                )
            );
            undo.push(
                await edit(
                    linked.orgs.target,
                    { type: 'ExtlClntAppConfigurablePolicies', fullName: 'SalesforceOrgIntegration_plcy' },
                    (xml) => xml.replace('<isEnabled>true<', '<isEnabled>false<')
                )
            );
            found = await readLinkStatus(linked.orgs, linkPlan({ flow: 'jwt-bearer' }));
        } finally {
            for (const one of undo) await one();
        }
        assert.deepEqual(found.source?.code?.different, ['AccountHelper']);
        const drift = found.drift.join('\n');
        assert.match(drift, /source: .*different AccountHelper/);
        assert.match(drift, /the app is blocked/);
        assert.match(drift, /flow: the orgs have client-credentials, the config says jwt-bearer/);
        assert.equal(found.status, 'drifted');
        assert.equal((await status()).status, 'complete');
    });

    test('components of the login that were changed in an org are drift, each by its name', async () => {
        const { source, target } = linked.orgs;
        const app = 'SalesforceOrgIntegration';
        const edits: [BridgeOrg, string, string, (xml: string) => string][] = [
            [source, 'NamedCredential', 'TargetOrg_NC', (xml) => xml.replace(target.url, 'https://other.example.com')],
            [source, 'ExternalCredential', 'TargetOrg_EC', (xml) => xml.replace(/(<label>)[^<]*/, '$1Another')],
            [
                source,
                'PermissionSet',
                'Target_Org_Access',
                (xml) => xml.replace(/<classAccesses>[^]*?<\/classAccesses>/, '')
            ],
            [target, 'ExtlClntAppOauthSettings', `${app}_oauth`, (xml) => xml.replace('>Api<', '>Api, RefreshToken<')],
            [
                target,
                'ExtlClntAppGlobalOauthSettings',
                `${app}_glbloauth`,
                (xml) => xml.replace('oauth2/success<', 'oauth2/other<')
            ],
            [
                target,
                'ExtlClntAppOauthConfigurablePolicies',
                `${app}_oauth_defaultPolicy`,
                (xml) => xml.replace('>Enforce<', '>Bypass<')
            ]
        ];
        for (const [org, type, fullName, change] of edits) {
            const undo = await edit(org, { type, fullName }, change);
            const found = await status().finally(undo);
            assert.deepEqual(found.auth[org.role]?.different, [`${type} ${fullName}`]);
            assert.equal(found.drift.length, 1, found.drift.join('\n'));
            assert.match(
                found.drift[0],
                new RegExp(`^${org.role}: \\d of \\d components of the login .*different ${type} ${fullName}$`)
            );
            assert.equal(found.status, 'drifted');
        }
        assert.equal((await status()).status, 'complete');
    });

    test('without its credential the link is incomplete, and the missing part says what to do', async () => {
        await deleteCredential(linked.orgs.source, linked.plan);
        const found = await status();
        assert.equal(found.status, 'incomplete');
        assert.equal(found.credential, null);
        const missing = found.parts.filter(({ present }) => !present);
        assert.deepEqual(
            missing.map(({ name, action }) => [name, action]),
            [['source: credential TargetOrg_EC stored', 'npm run bridge -- connect']]
        );
    });
});
