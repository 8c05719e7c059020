import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { platformResource } from '../../src/http/platform-resources.ts';
import { noContent } from '../../src/http/responses.ts';
import { createRouter, type Route } from '../../src/http/router.ts';

function route(methods: Route<undefined>['methods'], path: string): Route<undefined> {
    return { methods, path, session: 'none', handle: noContent };
}

const router = createRouter([
    route(['GET'], '/services/data/:version/query'),
    route(['POST', 'PATCH'], '/services/data/:version/sobjects/:object/:field/:value'),
    route(['GET'], '/services/apexrest/*')
]);

describe('the router', () => {
    test('decodes parameters, slashes too', () => {
        const match = router.match('PATCH', '/services/data/v67.0/sobjects/Account/Key__c/a%2Fb%20c');
        assert.equal(match.kind, 'match');
        assert.deepEqual(
            { ...(match.kind === 'match' ? match.parameters : {}) },
            { version: 'v67.0', object: 'Account', field: 'Key__c', value: 'a/b c' }
        );
    });

    test('takes a trailing slash and answers HEAD as GET', () => {
        assert.equal(router.match('HEAD', '/services/data/v67.0/query/').kind, 'match');
        assert.equal(router.match('GET', '/services/apexrest/Account/x').kind, 'match');
    });

    test('names the methods that a resource has', () => {
        assert.deepEqual(router.match('PUT', '/services/data/v67.0/sobjects/A/b/c'), {
            kind: 'other-methods',
            allowed: ['POST', 'PATCH']
        });
    });

    test('knows no other path', () => {
        assert.equal(router.match('GET', '/services/data/v67.0/nothing').kind, 'none');
    });

    test('refuses two routes for one resource', () => {
        assert.throws(() => createRouter([route(['GET'], '/a'), route(['GET'], '/a')]));
    });
});

describe('a resource that nothing serves', () => {
    test('is told apart by whether the platform has it', () => {
        assert.equal(platformResource('/services/data/v67.0/search'), '/services/data/v67.0/search');
        assert.equal(platformResource('/services/oauth2/authorize'), '/services/oauth2/authorize');
        assert.equal(platformResource('/services/data/v67.0/nothing'), undefined);
        assert.equal(platformResource('/favicon.ico'), undefined);
    });
});
