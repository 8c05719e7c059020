import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { ApexTestReport } from '../lib/apex-tests.ts';
import { BridgeSandbox, type BridgeRun } from './bridge-process.ts';

const META =
    '<?xml version="1.0" encoding="UTF-8"?>\n<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>67.0</apiVersion><status>Active</status></ApexClass>\n';

const CALCULATOR = `public with sharing class Calculator {
    public static Integer half(Integer value) {
        if (value < 0) {
            return 0;
        }
        return value / 2;
    }
}`;

const CALCULATOR_TEST = `@IsTest
private class CalculatorTest {
    @IsTest
    static void halves() {
        Assert.areEqual(2, Calculator.half(5));
    }
    @IsTest
    static void fails() {
        Assert.areEqual(3, Calculator.half(5), 'half of five');
    }
}`;

const BROKEN = `public with sharing class Broken {
    public static void run() {
        Integer count = 'one';
    }
}`;

describe('bridge apex test', () => {
    const sandbox = new BridgeSandbox();
    after(() => sandbox.dispose());

    function sourceFolder(name: string, classes: Record<string, string>): string {
        const folder = join(sandbox.folder, name, 'classes');
        mkdirSync(folder, { recursive: true });
        for (const [className, body] of Object.entries(classes)) {
            writeFileSync(join(folder, `${className}.cls`), body);
            writeFileSync(join(folder, `${className}.cls-meta.xml`), META);
        }
        return join(sandbox.folder, name);
    }

    function report(run: BridgeRun): ApexTestReport {
        return run.json<ApexTestReport>();
    }

    test('runs what compiles, reports what does not, with coverage by line', async () => {
        const product = sourceFolder('product', { Calculator: CALCULATOR, Broken: BROKEN });
        const tests = sourceFolder('tests', { CalculatorTest: CALCULATOR_TEST });
        const run = await sandbox.run('apex', 'test', '--source-dir', product, '--source-dir', tests, '--json');
        assert.equal(run.code, 1);
        const { summary, tests: rows, compileErrors, coverage } = report(run);
        assert.deepEqual(summary, { total: 2, passed: 1, failed: 1 });
        const failed = rows.find((row) => row.method === 'fails');
        assert.equal(failed?.outcome, 'Fail');
        assert.equal(failed?.message, 'System.AssertException: Assertion Failed: half of five: Expected: 3, Actual: 2');
        assert.equal(failed?.stack, 'Class.CalculatorTest.fails: line 9, column 1');
        assert.deepEqual(
            compileErrors.map(({ line, message }) => ({ line, message })),
            [{ line: 3, message: 'Illegal assignment from String to Integer' }]
        );
        assert.ok(compileErrors[0]?.file.endsWith('Broken.cls'));
        const calculator = coverage.find((row) => row.name === 'Calculator');
        assert.deepEqual(calculator?.uncoveredLines, [4]);
    });

    test('runs only the named classes and passes when they do', async () => {
        const folder = sourceFolder('named', {
            Calculator: CALCULATOR,
            CalculatorTest: CALCULATOR_TEST,
            OtherTest:
                '@IsTest\nprivate class OtherTest {\n    @IsTest\n    static void holds() {\n        Assert.isTrue(Calculator.half(-1) == 0);\n    }\n}'
        });
        const run = await sandbox.run('apex', 'test', '--source-dir', folder, '--class-names', 'OtherTest', '--json');
        assert.equal(run.code, 0, run.stdout + run.stderr);
        assert.deepEqual(report(run).summary, { total: 1, passed: 1, failed: 0 });
        const unknown = await sandbox.run(
            'apex',
            'test',
            '--source-dir',
            folder,
            '--class-names',
            'NopeTest',
            '--json'
        );
        assert.equal(unknown.code, 2);
        assert.match(unknown.stdout, /CLASS_UNKNOWN/);
    });

    test('reports compile errors also when no test class is left', async () => {
        const folder = sourceFolder('only-broken', { Broken: BROKEN });
        const run = await sandbox.run('apex', 'test', '--source-dir', folder, '--json');
        assert.equal(run.code, 1);
        assert.deepEqual(report(run).summary, { total: 0, passed: 0, failed: 0 });
        assert.equal(report(run).compileErrors.length, 1);
    });

    test('leaves out metadata of unsupported types when asked to, and lists it', async () => {
        const scripted = 'public class Scripted { Object f() { return new DataWeaveScriptResource.rows(); } }';
        const folder = sourceFolder('unsupported', { Calculator: CALCULATOR, Scripted: scripted });
        const prompts = join(folder, 'prompts');
        mkdirSync(prompts, { recursive: true });
        writeFileSync(
            join(prompts, 'Tour.prompt-meta.xml'),
            '<?xml version="1.0" encoding="UTF-8"?>\n<Prompt xmlns="http://soap.sforce.com/2006/04/metadata"><masterLabel>Tour</masterLabel></Prompt>\n'
        );
        const refused = await sandbox.run('apex', 'test', '--source-dir', folder, '--json');
        assert.equal(refused.code, 1);
        assert.match(report(refused).deployErrors[0]?.message ?? '', /does not support metadata of type Prompt/);
        assert.deepEqual(report(refused).ignored, []);
        const run = await sandbox.run('apex', 'test', '--source-dir', folder, '--ignore-unsupported', '--json');
        assert.equal(run.code, 0, run.stdout + run.stderr);
        assert.deepEqual(report(run).ignored, [{ type: 'Prompt', fullName: 'Tour' }]);
        assert.deepEqual(
            report(run).unsupported.map(({ line, message }) => `${line} ${message}`),
            ['1 Not implemented in the local org: DataWeaveScriptResource.rows']
        );
        const shown = await sandbox.run('apex', 'test', '--source-dir', folder, '--ignore-unsupported');
        assert.match(shown.stdout, /IGNORED Prompt Tour/);
    });

    test('a folder that is not there is a user error', async () => {
        const run = await sandbox.run('apex', 'test', '--source-dir', join(sandbox.folder, 'nope'), '--json');
        assert.equal(run.code, 2);
        assert.equal(run.json<{ code: string }>().code, 'SOURCE_DIR_MISSING');
    });
});
