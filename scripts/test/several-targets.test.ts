import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startOrg, startOrgPair, type OrgPair, type RunningOrg } from '../../local-org/src/index.ts';
import { evaluateApex } from '../lib/anonymous-apex.ts';
import { orgPairConfig } from '../lib/config.ts';
import { connectOrgs, deployBoth, verifyLink } from '../lib/link.ts';
import { linkPlan, type LinkPlan } from '../lib/link-plan.ts';
import { buildComponents } from '../lib/lwc-build.ts';
import { connectLocal, type BridgeOrg } from '../lib/org-connection.ts';
import { Steps } from '../lib/steps.ts';

describe('one source, two targets', () => {
    const steps = new Steps({ quiet: true });
    let pair: OrgPair;
    let third: RunningOrg;
    let source: BridgeOrg;
    let target: BridgeOrg;
    let emea: BridgeOrg;

    const open = (role: 'source' | 'target', { url, admin }: ReturnType<RunningOrg['info']>): Promise<BridgeOrg> =>
        connectLocal(role, { url, accessToken: admin.accessToken });

    async function link(to: BridgeOrg, plan: LinkPlan): Promise<void> {
        await deployBoth({ source, target: to }, steps, plan);
        await connectOrgs({ source, target: to }, steps, plan);
        assert.equal((await verifyLink({ source, target: to }, steps, plan)).created, 1);
    }

    before(async () => {
        await buildComponents();
        pair = await startOrgPair({ page: false });
        third = await startOrg('emea', {}, { page: false });
        const info = pair.info();
        source = await open('source', info.source);
        target = await open('target', info.target);
        emea = await open('target', third.info());
    });

    after(async () => {
        await pair?.stop();
        await third?.stop();
    });

    test('each has its own metadata and flow, and Apex reaches the one that it names', async () => {
        const { TargetOrg } = orgPairConfig().targets;
        const config = {
            ...orgPairConfig(),
            targets: { TargetOrg, Emea: { alias: 'emea', label: 'Emea', flow: 'jwt-bearer' } as const }
        };
        await link(target, linkPlan({}, config));
        await link(emea, linkPlan({ link: 'Emea' }, config));
        await target.connection.sobject('Account').create({ Name: 'Of the first' });
        await emea.connection.sobject('Account').create({ Name: 'Of the second' });

        const names = (call: string): Promise<string> => evaluateApex<string>(source, '', `${call}[0].name`);
        assert.equal(await names('AccountHelper.getAccountList()'), 'Of the first');
        assert.equal(await names("AccountHelper.getAccountList('Emea')"), 'Of the second');
    });
});
