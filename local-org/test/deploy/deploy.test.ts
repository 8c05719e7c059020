import assert from 'node:assert/strict';
import { zipSync } from 'fflate';
import { describe, test } from 'node:test';
import type { CompileOutcome, TestRunResult } from '../../src/apex/engine.ts';
import { apexClass, deploy, deployZip, manifest, summary, xml, zipOf } from './support/packages.ts';
import { compileAll, newTestOrg } from './support/test-org.ts';

/** A compiler that refuses the named classes. */
function refusing(...names: readonly string[]) {
    return (sources: Parameters<typeof compileAll>[0]): CompileOutcome => {
        const isRefused = ({ name }: { name: string }): boolean => names.includes(name);
        return {
            problems: sources
                .filter(isRefused)
                .map(({ kind, name, fileName }) => ({ kind, name, fileName, line: 2, column: 5, message: 'bad' })),
            unsupported: [],
            program: compileAll(sources.filter((source) => !isRefused(source))).program
        };
    };
}

const permissionSet = (apexClassName: string) =>
    xml(
        'PermissionSet',
        `<classAccesses><apexClass>${apexClassName}</apexClass><enabled>true</enabled></classAccesses><label>P</label>`
    );

describe('a deploy', () => {
    test('creates, changes and leaves alone', () => {
        const { org, installed } = newTestOrg();
        const members = { ApexClass: ['A', 'B'] };
        assert.deepEqual(summary(deploy(org, members, { ...apexClass('A'), ...apexClass('B') })), [
            'created ApexClass A',
            'created ApexClass B'
        ]);
        const second = deploy(org, members, { ...apexClass('A'), ...apexClass('B', 'public class B { }') });
        assert.deepEqual(summary(second), ['unchanged ApexClass A', 'changed ApexClass B']);
        assert.deepEqual(installed(), ['A', 'B']);
    });

    test('that fails leaves nothing and keeps the old program', () => {
        const { org, apex, installed } = newTestOrg();
        deploy(org, { ApexClass: ['A'] }, apexClass('A'));
        const before = org.metadata.snapshot();
        apex.compile = refusing('B');
        const result = deploy(org, { ApexClass: ['A', 'B'] }, { ...apexClass('A', 'changed'), ...apexClass('B') });
        assert.equal(result.status, 'Failed');
        assert.deepEqual(summary(result), ['changed ApexClass A', 'failed ApexClass B (2:5): bad']);
        assert.deepEqual(org.metadata.snapshot(), before);
        assert.deepEqual(installed(), ['A']);
    });

    test('without rollback keeps what has no error, and not what needs what has', () => {
        const { org, apex } = newTestOrg();
        apex.compile = refusing('B');
        const files = {
            ...apexClass('A'),
            ...apexClass('B'),
            'permissionsets/NeedsA.permissionset': permissionSet('A'),
            'permissionsets/NeedsB.permissionset': permissionSet('B')
        };
        const members = { ApexClass: ['A', 'B'], PermissionSet: ['NeedsA', 'NeedsB'] };
        const result = deploy(org, members, files, { rollbackOnError: false });
        assert.equal(result.status, 'SucceededPartial');
        assert.deepEqual(summary(result), [
            'created ApexClass A',
            'failed ApexClass B (2:5): bad',
            'created PermissionSet NeedsA',
            'failed PermissionSet NeedsB (2:64): In field: apexClass - no ApexClass named B found'
        ]);
        assert.ok(org.metadata.get('PermissionSet', 'NeedsA'));
        assert.equal(org.metadata.get('PermissionSet', 'NeedsB'), undefined);
    });

    test('that only checks leaves nothing', () => {
        const { org } = newTestOrg();
        const result = deploy(org, { ApexClass: ['A'] }, apexClass('A'), { checkOnly: true });
        assert.equal(result.status, 'Succeeded');
        assert.equal(org.metadata.get('ApexClass', 'A'), undefined);
    });

    test('names the classes of the org that it breaks', () => {
        const { org, apex } = newTestOrg();
        deploy(org, { ApexClass: ['Old'] }, apexClass('Old'));
        apex.compile = refusing('Old');
        const result = deploy(org, { ApexClass: ['New'] }, apexClass('New'));
        assert.equal(result.status, 'Failed');
        assert.deepEqual(
            summary(result)[1],
            'failed ApexClass Old (2:5): Dependent class is invalid and needs recompilation:\n Class Old : bad'
        );
    });

    test('deletes before and after, and warns of what is not there', () => {
        const { org, installed } = newTestOrg();
        deploy(org, { ApexClass: ['A', 'B'] }, { ...apexClass('A'), ...apexClass('B') });
        const result = deploy(
            org,
            {},
            {
                'destructiveChangesPre.xml': manifest({ ApexClass: ['A'] }),
                'destructiveChangesPost.xml': manifest({ ApexClass: ['Missing'] })
            }
        );
        assert.equal(result.status, 'Succeeded');
        assert.deepEqual(summary(result), [
            'deleted ApexClass A',
            'unchanged ApexClass Missing: No ApexClass named: Missing found'
        ]);
        assert.deepEqual(installed(), ['B']);
    });

    test('finds the package in a top folder', () => {
        const { org } = newTestOrg();
        const settings =
            "<?xml version='1.0' encoding='UTF-8'?><MobileSettings><enableImportContactFromDevice>true</enableImportContactFromDevice></MobileSettings>";
        const files = {
            'shape_1/package.xml': manifest({ Settings: ['*'] }),
            'shape_1/settings/Mobile.settings': settings
        };
        const zip = zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])));
        assert.deepEqual(summary(deployZip(org, zip)), ['created Settings Mobile']);
    });

    test('answers what is wrong with a package as a whole', () => {
        const { org } = newTestOrg();
        assert.equal(deployZip(org, new Uint8Array([1, 2, 3])).errorStatusCode, 'INVALID_PACKAGE');
        const empty = deployZip(org, zipSync({ 'classes/A.cls': new Uint8Array() }));
        assert.equal(empty.errorMessage, 'No package.xml found');
        assert.equal(empty.status, 'Failed');
    });

    test('names members without files, files without members, and types it does not take', () => {
        const { org } = newTestOrg();
        const files = { ...apexClass('Extra'), 'workflows/Account.workflow': xml('Workflow', '') };
        const result = deploy(org, { ApexClass: ['Missing'], Workflow: ['Account'], Nonsense: ['X'] }, files);
        assert.deepEqual(summary(result), [
            'failed Workflow Account: The local org does not support metadata of type Workflow',
            "failed ApexClass Missing: An object 'Missing' of type ApexClass was named in package.xml, but was not found in zipped directory",
            "failed Nonsense X: Unknown type name 'Nonsense' specified in package.xml",
            'unchanged ApexClass Extra: Not in package.xml'
        ]);
    });

    test('a failure carries neither changed nor created', () => {
        const { org, apex } = newTestOrg();
        deploy(org, { ApexClass: ['A'] }, apexClass('A'));
        apex.compile = refusing('A');
        const { messages } = deploy(org, { ApexClass: ['A'] }, apexClass('A', 'worse'));
        const failure = messages.find(({ success }) => !success);
        assert.deepEqual([failure?.changed, failure?.created, failure?.deleted], [false, false, false]);
    });
});

describe('tests in a deploy', () => {
    const run = (covered: number, uncovered: number, outcome: 'Pass' | 'Fail' = 'Pass'): TestRunResult => ({
        results: [
            {
                className: 'ATest',
                methodName: 'works',
                outcome,
                message: outcome === 'Pass' ? null : 'System.AssertException: no',
                stackTrace: outcome === 'Pass' ? null : 'Class.ATest.works: line 1, column 1',
                runTimeMs: 3,
                isSetup: false
            }
        ],
        coverage: [
            {
                kind: 'class',
                name: 'A',
                coveredLines: Array.from({ length: covered }, (_, line) => line + 1),
                uncoveredLines: Array.from({ length: uncovered }, (_, line) => covered + line + 1)
            }
        ],
        totalTimeMs: 3
    });
    const zip = zipOf({ ApexClass: ['A', 'ATest'] }, { ...apexClass('A'), ...apexClass('ATest') });

    test('run the named classes on the staged program', () => {
        const { org, apex, installed } = newTestOrg();
        apex.runTests = (request) => {
            assert.deepEqual(request.tests, [{ className: 'ATest' }]);
            assert.deepEqual(installed(), ['A', 'ATest']);
            return run(9, 1);
        };
        const result = deployZip(org, zip, { testLevel: 'RunSpecifiedTests', runTests: ['ATest'] });
        assert.equal(result.status, 'Succeeded');
        assert.equal(result.tests.codeCoverage[0]?.numLocations, 10);
    });

    test('fail the deploy when one fails', () => {
        const { org, apex, installed } = newTestOrg();
        apex.runTests = () => run(10, 0, 'Fail');
        const result = deployZip(org, zip, { testLevel: 'RunLocalTests' });
        assert.equal(result.status, 'Failed');
        assert.equal(result.tests.failures[0]?.message, 'System.AssertException: no');
        assert.deepEqual(org.metadata.list('ApexClass'), []);
        assert.deepEqual(installed(), []);
    });

    test('fail the deploy below 75 percent of coverage', () => {
        const { org, apex } = newTestOrg();
        apex.runTests = () => run(74, 26);
        const result = deployZip(org, zip, { testLevel: 'RunSpecifiedTests', runTests: ['ATest'] });
        assert.equal(result.status, 'Failed');
        assert.deepEqual(
            result.tests.codeCoverageWarnings.map(({ name, message }) => [name, message]),
            [['A', 'Test coverage of selected Apex Class is 74%, at least 75% test coverage is required']]
        );
        apex.runTests = () => run(75, 25);
        assert.equal(deployZip(org, zip, { testLevel: 'RunLocalTests' }).status, 'Succeeded');
    });
});
