import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { DeployRefusal } from '../../src/deploy/deploy-refusal.ts';
import { DEFAULT_OPTIONS, type DeployOptions, type DeployResult } from '../../src/deploy/deploy-types.ts';
import { deploymentsOf } from '../../src/deploy/deployments.ts';
import { newTestOrg, type TestOrg } from '../surfaces/support/test-org.ts';
import { apexClass, xml, zipOf } from './support/packages.ts';

const CLASSES = { ApexClass: ['Adder', 'AdderTest'] };
const FILES = {
    ...apexClass('Adder', 'public class Adder { public static Integer sum(Integer a, Integer b) { return a + b; } }'),
    ...apexClass(
        'AdderTest',
        '@IsTest private class AdderTest { @IsTest static void adds() { Assert.areEqual(3, Adder.sum(1, 2)); } }'
    )
};
const LABELS = {
    members: { CustomLabel: ['Hello'] },
    files: {
        'labels/CustomLabels.labels': xml(
            'CustomLabels',
            '<labels><fullName>Hello</fullName><language>en_US</language><protected>false</protected>' +
                '<shortDescription>Hello</shortDescription><value>Hello</value></labels>'
        )
    }
};
const TEN_DAYS = 10 * 24 * 3_600_000;

type Options = Partial<DeployOptions>;

let host: TestOrg;

beforeEach(() => {
    host = newTestOrg();
});

function deploy(
    options: Options,
    members: Record<string, readonly string[]> = CLASSES,
    files: Record<string, string> = FILES
): DeployResult {
    const { org } = host;
    const call = { zip: zipOf(members, files), options: { ...DEFAULT_OPTIONS, ...options }, userId: org.admin.userId };
    return deploymentsOf(org).result(deploymentsOf(org).deploy(call))!;
}

const validate = (options: Options = {}): DeployResult =>
    deploy({ checkOnly: true, testLevel: 'RunLocalTests', testLevelGiven: true, ...options });

function quick(id: string): DeployResult {
    const deployments = deploymentsOf(host.org);
    return deployments.result(deployments.deployRecentValidation(id, host.org.admin.userId))!;
}

const classes = (): string[] => host.org.metadata.list('ApexClass').map(({ fullName }) => fullName);

/** Source: Metadata API Developer Guide, deployRecentValidation(). */
describe('a quick deploy', () => {
    test('deploys what was validated, without its tests', () => {
        const validation = validate();
        assert.deepEqual([validation.status, validation.tests.numTestsRun], ['Succeeded', 1]);
        assert.deepEqual(classes(), []);
        const deployed = quick(validation.id);
        assert.deepEqual(
            [deployed.status, deployed.options.checkOnly, deployed.tests.numTestsRun],
            ['Succeeded', false, 0]
        );
        assert.deepEqual(classes(), ['Adder', 'AdderTest']);
        assert.throws(() => quick(validation.id), /something was deployed after it/);
    });

    test('takes named tests and the short form of the id', () => {
        const validation = validate({ testLevel: 'RunSpecifiedTests', runTests: ['AdderTest'] });
        assert.equal(quick(validation.id.slice(0, 15)).status, 'Succeeded');
    });

    test('is refused for what is no recent successful validation with tests, and leaves the org as it was', () => {
        const failed = validate({ testLevel: 'RunSpecifiedTests', runTests: ['NoSuchTest'] });
        const untested = validate({ testLevel: 'NoTestRun', testLevelGiven: false });
        const old = validate();
        host.clock.advance(TEN_DAYS + 1);
        const refusals: Readonly<Record<string, string>> = {
            '0Af000000000000AAA': 'there is no deploy with this id',
            [failed.id]: 'it failed',
            [untested.id]: 'it ran no tests',
            [old.id]: 'it is older than 10 days'
        };
        for (const [id, reason] of Object.entries(refusals)) {
            assert.throws(
                () => quick(id),
                new DeployRefusal('INVALID_ID_FIELD', `The validation ${id} cannot be deployed: ${reason}`)
            );
        }
        assert.deepEqual(classes(), []);
        const young = validate();
        host.clock.advance(TEN_DAYS);
        const other = deploy({}, LABELS.members, LABELS.files);
        assert.equal(other.status, 'Succeeded');
        assert.throws(() => quick(young.id), /something was deployed after it; validate again/);
        assert.throws(() => quick(other.id), /it was a deploy, not a validation/);
        assert.deepEqual(classes(), []);
    });

    test('is good for ten days', () => {
        const validation = validate();
        host.clock.advance(TEN_DAYS);
        assert.equal(quick(validation.id).status, 'Succeeded');
    });

    test('is refused over REST and SOAP with the same code', () => {
        const body = { validatedDeployRequestId: '0Af000000000000AAA' };
        const rest = host.call('POST', '/services/data/v67.0/metadata/deployRequest', { body });
        assert.equal(rest.status, 400);
        assert.match(rest.text, /there is no deploy with this id/);
        assert.match(rest.text, /"errorCode":"INVALID_ID_FIELD"/);
        const envelope =
            '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><SessionHeader><sessionId>' +
            `${host.token}</sessionId></SessionHeader></e:Header><e:Body><deployRecentValidation>` +
            '<validationId>0Af000000000000AAA</validationId></deployRecentValidation></e:Body></e:Envelope>';
        const soap = host.call('POST', '/services/Soap/m/67.0', { body: envelope, token: undefined });
        assert.equal(soap.status, 500);
        assert.match(soap.text, /sf:INVALID_ID_FIELD<.*there is no deploy with this id/);
    });
});

/** Source: Metadata API Developer Guide, "Running Tests in a Deployment". */
describe('a production org', () => {
    beforeEach(() => {
        const organization = { name: 'Live', type: 'Enterprise Edition', instanceName: 'LOCAL', isSandbox: false };
        host = newTestOrg({ organization });
    });

    test('runs all local tests when a package with Apex names no level', () => {
        const result = deploy({});
        assert.deepEqual(
            [result.status, result.options.testLevel, result.tests.numTestsRun],
            ['Succeeded', 'RunLocalTests', 1]
        );
        assert.equal(deploy({}, LABELS.members, LABELS.files).options.testLevel, 'NoTestRun');
    });

    test('refuses Apex whose tests fail or cover too little', () => {
        const broken = {
            ...FILES,
            ...apexClass(
                'Adder',
                'public class Adder { public static Integer sum(Integer a, Integer b) { return a; } }'
            )
        };
        assert.equal(deploy({}, CLASSES, broken).status, 'Failed');
        const untested = deploy({}, { ApexClass: ['Adder'] }, FILES);
        assert.equal(untested.status, 'Failed');
        assert.match(untested.tests.codeCoverageWarnings[0].message, /0%, at least 75% test coverage is required/);
        assert.deepEqual(classes(), []);
    });

    test('refuses to run no tests', () => {
        const refusal = new DeployRefusal(
            'INVALID_OPERATION',
            'testLevel of NoTestRun cannot be used in production organizations'
        );
        assert.throws(() => deploy({ testLevelGiven: true }), refusal);
        assert.deepEqual(classes(), []);
    });
});
