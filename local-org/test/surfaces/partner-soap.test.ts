import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { newTestOrg, type Answer, type TestOrg } from './support/test-org.ts';

let org: TestOrg;

beforeEach(() => {
    org = newTestOrg();
});

function call(body: string): Answer {
    const header = `<soapenv:Header xmlns="urn:partner.soap.sforce.com"><SessionHeader><sessionId>${org.token}</sessionId></SessionHeader></soapenv:Header>`;
    const envelope = `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">${header}<soapenv:Body xmlns="urn:partner.soap.sforce.com">${body}</soapenv:Body></soapenv:Envelope>`;
    const headers = { 'content-type': 'text/xml', soapaction: '""' };
    return org.call('POST', '/services/Soap/u/67.0', { body: envelope, headers, token: undefined });
}

function setPassword(userId: string, password: string): Answer {
    return call(`<setPassword><userId>${userId}</userId><password>${password}</password></setPassword>`);
}

describe('setPassword', () => {
    test('gives a user a password, which the login page then asks for', () => {
        const { userId } = org.org.admin;
        assert.ok(org.org.passwords.accepts(userId, ''));
        const { status, text } = setPassword(userId, 'correct horse');
        assert.equal(status, 200);
        assert.match(text, /<setPasswordResponse><result><\/result><\/setPasswordResponse>/);
        assert.ok(!org.org.passwords.accepts(userId, ''));
        assert.ok(org.org.passwords.accepts(userId, 'correct horse'));
    });

    test('refuses unknown users and short passwords', () => {
        assert.match(setPassword('005000000000001AAA', 'correct horse').text, /sf:INVALID_CROSS_REFERENCE_KEY/);
        assert.match(setPassword(org.org.admin.userId, 'short').text, /sf:INVALID_NEW_PASSWORD/);
    });
});

test('other calls of the partner API are refused by name', () => {
    assert.match(
        call('<merge/>').text,
        /NOT_SUPPORTED_LOCALLY: The local org does not support the partner API call merge/
    );
});
