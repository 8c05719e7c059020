import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apex } from './support/apex.ts';
import { testOutcomes } from './support/test-run.ts';

describe('ConnectApi', () => {
    test('inputs and outputs hold values', () => {
        apex`ConnectApi.NamedCredentialInput input = new ConnectApi.NamedCredentialInput();
             input.developerName = 'Target';
             return input.developerName + ' ' + input.masterLabel;`.returns('Target null');
    });

    test('calls are refused by name, and as on the platform in a test without the data of the org', () => {
        apex`ConnectApi.Organization.getSettings(); return null;`.throws(
            'System.UnsupportedOperationException',
            'Not implemented in the local org: ConnectApi.Organization.getSettings'
        );
        const siloed = `
            @IsTest private class SiloedTest {
                @IsTest static void calls() { ConnectApi.NamedCredentials.getNamedCredential('x'); }
            }`;
        assert.deepEqual(testOutcomes(siloed), [
            'SiloedTest.calls Fail System.UnsupportedOperationException: ConnectApi methods are not supported in data ' +
                'siloed tests. Please use @IsTest(SeeAllData=true).'
        ]);
    });
});
