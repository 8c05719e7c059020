import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { metadataRestSurface } from '../../src/surfaces/metadata-rest/routes.ts';
import { restSurface } from '../../src/surfaces/rest/routes.ts';
import { soapSurface } from '../../src/surfaces/soap/routes.ts';
import { listen, type Listener } from './support/listen.ts';
import { apexClass, xml } from './support/packages.ts';
import { compileAll, newTestOrg, type TestOrg } from './support/test-org.ts';
import type { Connection as SalesforceConnection } from '@salesforce/core';

const home = mkdtempSync(join(tmpdir(), 'deploy-client-'));
Object.assign(process.env, { HOME: home, SF_DISABLE_LOG_FILE: 'true', SF_DISABLE_TELEMETRY: 'true' });
// Imported after HOME is set: the library reads and writes below it.
const { AuthInfo, Connection } = await import('@salesforce/core');
const { ExecuteService } = await import('@salesforce/apex-node');
const { ComponentSet, ComponentStatus, RequestStatus } = await import('@salesforce/source-deploy-retrieve');

/** Milliseconds between two looks at a deploy, and seconds until it is given up, on a machine that is busy. */
const POLL_MS = 10;
const PATIENCE_S = 600;

describe("Salesforce's own client", () => {
    let target: TestOrg;
    let listener: Listener;
    let connection: SalesforceConnection;

    before(async () => {
        target = newTestOrg();
        listener = await listen(target.org, [soapSurface, metadataRestSurface, restSurface]);
        const accessTokenOptions = { accessToken: target.token, instanceUrl: listener.url, loginUrl: listener.url };
        const authInfo = await AuthInfo.create({ username: target.token, accessTokenOptions });
        connection = await Connection.create({ authInfo, connectionOptions: { version: '67.0' } });
    });

    after(async () => {
        await listener.close();
        rmSync(home, { recursive: true });
        assert.deepEqual(listener.faults, []);
    });

    function project(name: string, files: Readonly<Record<string, string>>): string {
        const directory = join(home, name);
        for (const [path, text] of Object.entries(files)) {
            mkdirSync(dirname(join(directory, path)), { recursive: true });
            writeFileSync(join(directory, path), text);
        }
        return directory;
    }

    async function deploy(directory: string, apiOptions: object = {}) {
        const operation = await ComponentSet.fromSource(directory).deploy({
            usernameOrConnection: connection,
            apiOptions
        });
        return operation.pollStatus(POLL_MS, PATIENCE_S);
    }

    const account = {
        ...apexClass('AccountHelper'),
        'objects/Account/fields/Key__c.field-meta.xml': xml(
            'CustomField',
            '<fullName>Key__c</fullName><externalId>true</externalId><label>Key</label><length>80</length>' +
                '<type>Text</type><unique>true</unique>'
        )
    };

    for (const rest of [false, true]) {
        test(`deploys a source directory over ${rest ? 'REST' : 'SOAP'}`, async () => {
            const name = rest ? 'RestDeployed' : 'SoapDeployed';
            const result = await deploy(project(name, apexClass(name)), { rest });
            assert.equal(result.response.status, RequestStatus.Succeeded);
            const states = result.getFileResponses().map(({ fullName, state }) => `${state} ${fullName}`);
            assert.deepEqual(states, [`Created ${name}`, `Created ${name}`]);
            assert.ok(target.org.metadata.get('ApexClass', name));
        });
    }

    test('reports a field of a standard object as the field alone', async () => {
        const result = await deploy(project('account', account));
        const responses = result.getFileResponses();
        assert.ok(responses.some(({ type, fullName }) => type === 'CustomField' && fullName === 'Account.Key__c'));
        assert.ok(responses.every(({ state }) => state === ComponentStatus.Created));
    });

    test('shows what has not changed as unchanged', async () => {
        const directory = project('again', apexClass('Again'));
        await deploy(directory);
        const result = await deploy(directory);
        assert.ok(result.getFileResponses().every(({ state }) => state === ComponentStatus.Unchanged));
    });

    test('shows a compile error at its place in the file', async () => {
        const directory = project('broken', apexClass('Broken'));
        target.apex.compile = (sources) => ({
            ...compileAll([]),
            problems: sources
                .filter(({ name }) => name === 'Broken')
                .map(({ kind, name, fileName }) => {
                    return { kind, name, fileName, line: 3, column: 9, message: 'Invalid type: X' };
                })
        });
        const result = await deploy(directory);
        target.apex.compile = compileAll;
        assert.equal(result.response.status, RequestStatus.Failed);
        const [failure] = result.getFileResponses();
        assert.deepEqual(failure && { ...failure, filePath: undefined }, {
            fullName: 'Broken',
            type: 'ApexClass',
            state: 'Failed',
            error: 'Invalid type: X (3:9)',
            problemType: 'Error',
            lineNumber: 3,
            columnNumber: 9,
            filePath: undefined
        });
        assert.equal(target.org.metadata.get('ApexClass', 'Broken'), undefined);
    });

    test('retrieves what was deployed', async () => {
        await deploy(project('retrieved', account));
        const output = join(home, 'output');
        mkdirSync(output);
        const operation = await ComponentSet.fromSource(join(home, 'retrieved')).retrieve({
            usernameOrConnection: connection,
            output
        });
        const result = await operation.pollStatus(POLL_MS, PATIENCE_S);
        const names = result.getFileResponses().map(({ type, fullName }) => `${type} ${fullName}`);
        assert.ok(names.includes('ApexClass AccountHelper'));
        assert.ok(names.includes('CustomField Account.Key__c'));
    });

    test('lists and describes metadata', async () => {
        await deploy(project('listed', apexClass('Listed')));
        const listed = await connection.metadata.list({ type: 'ApexClass' });
        assert.ok(listed.some(({ fullName, id }) => fullName === 'Listed' && id?.startsWith('01p')));
        const { metadataObjects } = await connection.metadata.describe();
        assert.ok(
            metadataObjects.some(({ xmlName, directoryName }) => xmlName === 'ApexClass' && directoryName === 'classes')
        );
    });

    test('validates, then deploys the validated package', async () => {
        const directory = project('validated', apexClass('Validated'));
        target.apex.runTests = () => ({ results: [], coverage: [], totalTimeMs: 0 });
        const validation = await deploy(directory, { checkOnly: true, testLevel: 'RunLocalTests' });
        assert.equal(validation.response.status, RequestStatus.Succeeded);
        assert.equal(target.org.metadata.get('ApexClass', 'Validated'), undefined);
        await connection.metadata.deployRecentValidation({ id: validation.response.id });
        assert.ok(target.org.metadata.get('ApexClass', 'Validated'));
    });

    test('shows the tests of a deploy', async () => {
        target.apex.runTests = () => ({
            results: [
                {
                    className: 'TestedTest',
                    methodName: 'fails',
                    outcome: 'Fail',
                    message: 'System.AssertException: Assertion Failed',
                    stackTrace: 'Class.TestedTest.fails: line 3, column 1',
                    runTimeMs: 7,
                    isSetup: false
                }
            ],
            coverage: [{ kind: 'class', name: 'Tested', coveredLines: [1, 2, 3], uncoveredLines: [4] }],
            totalTimeMs: 7
        });
        const directory = project('tested', { ...apexClass('Tested'), ...apexClass('TestedTest') });
        const { response } = await deploy(directory, { testLevel: 'RunSpecifiedTests', runTests: ['TestedTest'] });
        const run = response.details.runTestResult;
        assert.equal(response.status, RequestStatus.Failed);
        assert.equal(response.numberTestErrors, 1);
        assert.deepEqual([run?.failures].flat()[0]?.message, 'System.AssertException: Assertion Failed');
        assert.equal(Number([run?.codeCoverage].flat()[0]?.numLocationsNotCovered), 1);
    });

    test('runs anonymous Apex', async () => {
        target.apex.executeAnonymous = (code, userId) => {
            assert.equal(userId, target.org.admin.userId);
            assert.equal(code, "System.debug('a < b');");
            return {
                compiled: true,
                compileProblem: null,
                success: false,
                exceptionMessage: 'System.NullPointerException: Attempt to de-reference a null object',
                exceptionStackTrace: 'AnonymousBlock: line 1, column 1',
                line: 1,
                column: 1,
                debugLog: 'EXECUTION_STARTED & more'
            };
        };
        const answer = await new ExecuteService(connection).executeAnonymous({ apexCode: "System.debug('a < b');" });
        assert.deepEqual([answer.compiled, answer.success, answer.logs], [true, false, 'EXECUTION_STARTED & more']);
        assert.match(answer.diagnostic?.[0]?.exceptionMessage ?? '', /^System.NullPointerException/);
    });

    test('is refused with an unknown session', async () => {
        const response = await fetch(`${listener.url}/services/Soap/m/67.0`, {
            method: 'POST',
            headers: { 'content-type': 'text/xml', SOAPAction: '""' },
            body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><SessionHeader>
                <sessionId>00D!no</sessionId></SessionHeader></e:Header><e:Body><describeMetadata/></e:Body></e:Envelope>`
        });
        assert.equal(response.status, 500);
        assert.match(await response.text(), /<faultcode>sf:INVALID_SESSION_ID<\/faultcode>/);
    });
});
