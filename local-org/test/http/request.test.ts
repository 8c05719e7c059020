import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ApiError } from '../../src/http/api-error.ts';
import type { JsonNumber } from '../../src/http/json-body.ts';
import { parseRequest, type HttpRequest } from '../../src/http/request.ts';

function request(url: string, body = '', contentType = 'application/json', headers = {}): HttpRequest {
    return parseRequest({
        method: 'POST',
        url,
        headers: { 'content-type': contentType, ...headers },
        body: new TextEncoder().encode(body),
        remoteAddress: '127.0.0.1'
    });
}

function refusal(work: () => unknown): { status: number; items: ApiError['items'] } {
    try {
        work();
    } catch (error) {
        assert.ok(error instanceof ApiError);
        return { status: error.status, items: error.items };
    }
    return assert.fail('the body was accepted');
}

describe('a request', () => {
    test('may start with several slashes', () => {
        const { path, query } = request('//services/data/v67.0/query?q=SELECT+Id%20FROM%20Account');
        assert.equal(path, '/services/data/v67.0/query');
        assert.equal(query.get('q'), 'SELECT Id FROM Account');
    });

    test('finds one cookie among several', () => {
        const parsed = request('/', '', '', { cookie: 'a=1; sid=tok=en ;b=2' });
        assert.equal(parsed.cookie('sid'), 'tok=en');
        assert.equal(parsed.cookie('id'), undefined);
    });

    test('gives a form only for a form body', () => {
        assert.equal(request('/', 'a=1+2', 'application/x-www-form-urlencoded').form()?.get('a'), '1 2');
        assert.equal(request('/', 'a=1', 'text/plain').form(), undefined);
    });

    test('keeps every digit of a number when asked to', () => {
        const { amount } = request('/', '{"amount": 12345678901234567.890}').exactJson() as { amount: JsonNumber };
        assert.equal(amount.source, '12345678901234567.890');
    });

    test('refuses another media type with 415', () => {
        assert.deepEqual(
            refusal(() => request('/', '{}', 'text/plain; charset=utf-8').json()),
            {
                status: 415,
                items: [
                    {
                        message: 'Content-Type header specified in HTTP request is not supported: text/plain',
                        errorCode: 'UNSUPPORTED_MEDIA_TYPE'
                    }
                ]
            }
        );
    });

    test('refuses an empty body', () => {
        assert.equal(refusal(() => request('/', ' ').json()).items[0]?.errorCode, 'JSON_PARSER_ERROR');
    });

    test('says where malformed JSON goes wrong', () => {
        assert.equal(
            refusal(() => request('/', '{\n  "a": x }').json()).items[0]?.message,
            "Unexpected character ('x' (code 120)) at [line:2, column:8]"
        );
        assert.equal(
            refusal(() => request('/', '{"a":').json()).items[0]?.message,
            'Unexpected end-of-input at [line:1, column:6]'
        );
    });
});
