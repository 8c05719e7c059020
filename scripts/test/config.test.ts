import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkConfig, orgPairConfig, type OrgPairConfig } from '../lib/config.ts';
import { BridgeError } from '../lib/errors.ts';
import { linkPlan } from '../lib/link-plan.ts';

function problemOf(work: () => unknown): { code: string; message: string } {
    try {
        work();
    } catch (error) {
        assert.ok(error instanceof BridgeError, String(error));
        return error;
    }
    throw new Error('Nothing was refused');
}

function withTargets(targets: object): OrgPairConfig {
    return { ...orgPairConfig(), targets } as OrgPairConfig;
}

describe('config/org-pair.json', () => {
    test('is valid', () => {
        assert.doesNotThrow(() => orgPairConfig());
    });

    test('a wrong value is named with its place and what belongs there', () => {
        const { code, message } = problemOf(() =>
            checkConfig(withTargets({ Emea: { alias: 'emea', label: 'Emea', flow: 'password' } }))
        );
        assert.equal(code, 'CONFIG_INVALID');
        assert.match(message, /targets\.Emea\.flow "password": must be one of client-credentials, jwt-bearer, browser/);
    });

    test('a property that does not exist, one that is missing and a bad name are named', () => {
        const { message } = problemOf(() =>
            checkConfig(withTargets({ Emea: { alias: 'emea', secret: 'x' }, 'a b': { alias: 'x', label: 'y' } }))
        );
        assert.match(message, /targets\.Emea: has no property "secret"/);
        assert.match(message, /targets\.Emea: must have required property 'label'/);
        assert.match(message, /targets\.a b: must match pattern/);
    });

    test('every problem is told once', () => {
        const { message } = problemOf(() => checkConfig({ ...orgPairConfig(), targets: {} }));
        assert.equal(message.split('\n').length, 2, message);
    });
});

describe('linkPlan', () => {
    test('the first target is meant when none is named; names follow from its own', () => {
        const plan = linkPlan();
        assert.equal(plan.name, 'TargetOrg');
        assert.equal(plan.namedCredential, 'TargetOrg_NC');
        assert.equal(plan.permissionSet, 'Target_Org_Access');
        assert.equal(plan.flow, 'client-credentials');
        assert.equal(plan.app, 'external-client-app');
    });

    test('each target has metadata of its own; flags win over the config', () => {
        const config = withTargets({
            TargetOrg: { alias: 'a', label: 'A' },
            Emea: { alias: 'emea', label: 'Emea', flow: 'browser', identityProvider: 'external', principal: 'per-user' }
        });
        const emea = linkPlan({ link: 'Emea' }, config);
        assert.deepEqual(
            [emea.namedCredential, emea.externalCredential, emea.permissionSet, emea.authProvider],
            ['Emea_NC', 'Emea_EC', 'Emea_Access', 'EmeaAuth']
        );
        assert.deepEqual([emea.flow, emea.identityProvider, emea.principal], ['browser', 'external', 'per-user']);
        const other = linkPlan({ link: 'Emea', flow: 'client-credentials', principal: 'named' }, config);
        assert.deepEqual([other.flow, other.principal], ['client-credentials', 'named']);
    });

    test('refuses what cannot be, with the reason', () => {
        assert.equal(problemOf(() => linkPlan({ link: 'Nowhere' })).code, 'LINK_UNKNOWN');
        assert.equal(problemOf(() => linkPlan({ principal: 'per-user' })).code, 'FLOW_WITHOUT_USERS');
        const refused = problemOf(() => linkPlan({ flow: 'username-password' }));
        assert.equal(refused.code, 'FLOW_REFUSED');
        assert.match(refused.message, /multi-factor/);
    });
});
