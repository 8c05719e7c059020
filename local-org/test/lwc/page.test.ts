import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Decimal } from '../../src/values/index.ts';
import { createPageOrg, deployBundle, deployPage, type PageOrg, type PageOrgOptions } from './support/page-org.ts';
import type { WireResponse } from '../../src/http/types.ts';

const PLAIN_SCRIPT = "import { LightningElement } from 'lwc';\nexport default class Plain extends LightningElement {}";

interface OrgWithAccount extends PageOrg {
    readonly accountId: string;
    readonly recordUrl: string;
}

function orgWithAccount(options: PageOrgOptions = {}): OrgWithAccount {
    const plain = createPageOrg(options);
    const accountId = plain.insert('Account', {
        Name: '<b>Acme</b> & "Sons"',
        Website: 'javascript:alert(1)',
        AnnualRevenue: Decimal.parse('1500000'),
        Phone: '555'
    });
    return { ...plain, accountId, recordUrl: `/lightning/r/Account/${accountId}/view` };
}

function bodyOf(response: WireResponse): string {
    return typeof response.body === 'string' ? response.body : Buffer.from(response.body).toString();
}

function recordHtml(served: OrgWithAccount): string {
    return bodyOf(served.get(served.recordUrl));
}

function insertUser(served: PageOrg): string {
    const access = { userId: served.org.admin.userId, mode: 'system', sharing: false } as const;
    const profile = served.org.database.query("SELECT Id FROM Profile WHERE Name = 'Standard User'", { access })
        .records[0];
    return served.insert('User', {
        LastName: 'Other',
        Username: 'other@example.com',
        Email: 'other@example.com',
        Alias: 'other',
        ProfileId: profile?.id ?? null,
        TimeZoneSidKey: 'GMT',
        LocaleSidKey: 'en_US',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8'
    });
}

/** The session cookie of a first visit, as a request header. */
function cookieOf(org: PageOrg): { cookie: string } {
    const cookie = org.get('/').headers['set-cookie']?.split(';')[0];
    assert.ok(cookie);
    return { cookie };
}

/** What the start script would mount: the specs in the placeholders. */
function components(html: string): { module: string; tag: string; properties: Record<string, unknown> }[] {
    return [...html.matchAll(/data-component="([^"]*)"/g)].map(
        ([, text]) => JSON.parse(text.replaceAll('&quot;', '"').replaceAll('&amp;', '&')) as never
    );
}

describe('record page', () => {
    it('shows name and highlights, every value escaped', () => {
        const html = recordHtml(orgWithAccount());
        assert.match(
            html,
            /<h1 class="host-record-header__name">&lt;b&gt;Acme&lt;\/b&gt; &amp; &quot;Sons&quot;<\/h1>/
        );
        assert.match(html, /\$1,500,000/);
        assert.ok(!html.includes('href="javascript'));
    });

    it('has one main with one heading of the first level', () => {
        const html = recordHtml(orgWithAccount());
        assert.equal(html.match(/<main/g)?.length, 1);
        assert.equal(html.match(/<h1/g)?.length, 1);
    });

    it('shows the detail where no Lightning page is deployed', () => {
        assert.match(recordHtml(orgWithAccount()), /Account Information/);
    });

    it('places components of the Lightning page with typed properties and the record', () => {
        const served = orgWithAccount();
        const properties = [
            { name: 'title', type: 'String' },
            { name: 'rows', type: 'Integer' },
            { name: 'open', type: 'Boolean' }
        ];
        deployBundle(
            served.metadata,
            'myPanel',
            {
                'myPanel.js':
                    "import { LightningElement, api } from 'lwc';\nexport default class P extends LightningElement { @api recordId; @api title; @api rows; @api open; }"
            },
            { targetConfigs: { targetConfig: [{ targets: 'lightning__RecordPage', property: properties }] } }
        );
        deployPage(served.metadata, 'Account_Page', {
            regions: {
                main: [{ name: 'myPanel', properties: { title: 'A "b"', rows: '5', open: 'true' } }],
                sidebar: [{ name: 'runtime_sales_activities:activityPanel' }]
            }
        });
        const html = recordHtml(served);
        assert.deepEqual(components(html), [
            {
                module: 'c/myPanel',
                tag: 'c-my-panel',
                properties: { title: 'A "b"', rows: 5, open: true, recordId: served.accountId }
            }
        ]);
        assert.match(html, /runtime_sales_activities:activityPanel/);
        assert.match(html, /the local org does not have/);
    });

    it('follows the page that the View action of the object names', () => {
        const served = orgWithAccount();
        deployPage(served.metadata, 'First', { regions: { main: [{ name: 'x:first' }] } });
        deployPage(served.metadata, 'Second', { regions: { main: [{ name: 'x:second' }] } });
        const actionOverrides = [{ actionName: 'View', type: 'Flexipage', content: 'First' }];
        served.metadata.put({
            type: 'CustomObject',
            fullName: 'Account',
            files: new Map(),
            document: { actionOverrides }
        });
        const html = recordHtml(served);
        assert.match(html, /x:first/);
        assert.doesNotMatch(html, /x:second/);
    });

    it('shows no field that the user may not read', () => {
        const html = recordHtml(orgWithAccount({ hidden: ['Account.AnnualRevenue'] }));
        assert.doesNotMatch(html, /1,500,000/);
    });

    it('answers 404 for a record that is not there or not readable', () => {
        assert.equal(orgWithAccount().get('/lightning/r/Account/001000000000009AAA/view').status, 404);
        const hidden = orgWithAccount({ hidden: ['Account'] });
        assert.equal(hidden.get(hidden.recordUrl).status, 404);
    });
});

describe('other pages', () => {
    it('lists records with links and keeps the search text', () => {
        const html = bodyOf(orgWithAccount().get('/lightning/o/Account/list?q=acme%22'));
        assert.match(html, /value="acme&quot;"/);
        const served = orgWithAccount();
        assert.match(bodyOf(served.get('/lightning/o/Account/list')), new RegExp(`href="${served.recordUrl}"`));
    });

    it('shows the components of an app page, and has it in the navigation', () => {
        const served = orgWithAccount();
        deployBundle(served.metadata, 'plain', { 'plain.js': PLAIN_SCRIPT });
        deployPage(served.metadata, 'Desk', { type: 'AppPage', regions: { main: [{ name: 'plain' }] } });
        const html = bodyOf(served.get('/lightning/n/Desk'));
        assert.match(html, /<h1 class="host-page-title">The Desk<\/h1>/);
        assert.deepEqual(components(html), [{ module: 'c/plain', tag: 'c-plain', properties: {} }]);
        assert.match(bodyOf(served.get('/')), /href="\/lightning\/n\/Desk"/);
        assert.equal(served.get('/lightning/n/Absent').status, 404);
    });

    it('shows the deployed home page below the facts of the org', () => {
        const served = orgWithAccount();
        deployBundle(served.metadata, 'plain', { 'plain.js': PLAIN_SCRIPT });
        deployPage(served.metadata, 'Start', { type: 'HomePage', regions: { top: [{ name: 'plain' }] } });
        assert.equal(components(bodyOf(served.get('/'))).length, 1);
    });

    it('shows tab sets with their facets', () => {
        const served = orgWithAccount();
        deployPage(served.metadata, 'Tabbed', {
            regions: { main: [{ name: 'flexipage:tabset', properties: { tabs: 'tabs' } }] },
            facets: {
                tabs: [
                    { name: 'flexipage:tab', properties: { title: 'Standard.Tab.detail', body: 'first' } },
                    { name: 'flexipage:tab', properties: { title: 'More', body: 'second' } }
                ],
                first: [{ name: 'force:detailPanel' }],
                second: [{ name: 'x:unknown' }]
            }
        });
        const html = recordHtml(served);
        assert.deepEqual(
            [...html.matchAll(/role="tab"[^>]*>\s*([^<]*?)\s*</g)].map(([, title]) => title),
            ['Detail', 'More']
        );
        assert.match(html, /role="tabpanel"[\s\S]*Account Information[\s\S]*role="tabpanel"[\s\S]*x:unknown/);
    });

    it('tells on the home page which org it is and who is logged in', () => {
        const served = orgWithAccount();
        const html = bodyOf(served.get('/'));
        assert.match(html, /Source Org/);
        assert.match(html, new RegExp(served.org.id));
        assert.match(html, /Local Admin \(admin@source\.local\)/);
    });
});

describe('session of the browser', () => {
    it('logs a browser of this machine in as the administrator, with a cookie that scripts and other sites lack', () => {
        const cookie = orgWithAccount().get('/').headers['set-cookie'] ?? '';
        assert.match(cookie, /^sid_00D[A-Za-z0-9]{12}=[^;]+; Path=\/; HttpOnly; SameSite=Strict$/);
    });

    it('does not log in a browser elsewhere', () => {
        const { handle } = orgWithAccount();
        const response = handle({
            method: 'GET',
            url: '/',
            headers: {},
            body: new Uint8Array(),
            remoteAddress: '10.0.0.8'
        });
        assert.equal(response.status, 403);
        assert.equal(response.headers['set-cookie'], undefined);
    });

    it('keeps a session that the browser has', () => {
        const served = orgWithAccount();
        assert.equal(served.get('/', cookieOf(served)).headers['set-cookie'], undefined);
    });

    it('goes on as another user, and ends the session before', () => {
        const served = orgWithAccount();
        const headers = cookieOf(served);
        const otherId = insertUser(served);
        const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
        const answer = served.post('/lightning/session', `user=${otherId}&return=//evil.example/x`, form);
        assert.equal(answer.status, 302);
        assert.equal(answer.headers['location'], '/');
        const cookie = answer.headers['set-cookie'].split(';')[0];
        assert.match(bodyOf(served.get('/', { cookie })), /Other \(other@example\.com\)/);
        assert.notEqual(served.get('/', headers).headers['set-cookie'], undefined);
    });

    it('keeps the theme in a cookie and off the address', () => {
        const served = orgWithAccount();
        const answer = served.get(`${served.recordUrl}?theme=dark&x=1`);
        assert.deepEqual([answer.status, answer.headers['location']], [302, `${served.recordUrl}?x=1`]);
        assert.match(answer.headers['set-cookie'] ?? '', /^theme=dark;/);
        assert.match(bodyOf(served.get('/', { cookie: 'theme=dark' })), /slds-color-scheme_dark/);
    });
});

describe('policy of the pages', () => {
    it('allows the import map by its hash and no other inline script', () => {
        const { headers, body } = orgWithAccount().get('/');
        const policy = headers['content-security-policy'] ?? '';
        assert.match(policy, /script-src 'self' 'sha256-[A-Za-z0-9+/=]+'(;|$)/);
        assert.match(policy, /frame-ancestors 'none'/);
        const inline = [...String(body).matchAll(/<script(?![^>]*src=)([^>]*)>/g)].map(([, attributes]) => attributes);
        assert.ok(inline.every((attributes) => attributes === ' type="importmap"'));
    });

    it('holds no session token in a page', () => {
        const served = orgWithAccount();
        const { cookie } = cookieOf(served);
        const html = bodyOf(served.get('/', { cookie }));
        assert.ok(!html.includes(cookie.split('=')[1]));
    });
});

describe('Apex for components', () => {
    const calls: unknown[] = [];
    const served = orgWithAccount({
        aura: (className, method, args) => {
            calls.push([className, method, args]);
            return method === 'fails'
                ? { ok: false, message: 'No.', exceptionType: 'AuraHandledException', stackTrace: '()' }
                : { ok: true, returnValue: [1], cacheable: true };
        }
    });
    const headers = { ...cookieOf(served), 'content-type': 'application/json' };

    it('passes named arguments and answers the value', () => {
        const answer = served.post('/lwc/apex/Helper/read', '{"a":null,"b":2}', headers);
        assert.deepEqual(JSON.parse(bodyOf(answer)), { returnValue: [1], cacheable: true });
        assert.deepEqual(calls.at(-1), ['Helper', 'read', { a: null, b: 2 }]);
    });

    it('answers 500 with what the exception says', () => {
        const answer = served.post('/lwc/apex/Helper/fails', '{}', headers);
        assert.equal(answer.status, 500);
        assert.deepEqual(JSON.parse(bodyOf(answer)), {
            message: 'No.',
            exceptionType: 'AuraHandledException',
            stackTrace: '()',
            isUserDefinedException: false
        });
    });

    it('refuses a call without a session, and one of another site', () => {
        const before = calls.length;
        const json = { 'content-type': 'application/json' };
        assert.equal(served.post('/lwc/apex/Helper/read', '{}', json).status, 401);
        assert.equal(
            served.post('/lwc/apex/Helper/read', '{}', { ...headers, 'sec-fetch-site': 'cross-site' }).status,
            403
        );
        const foreign = { ...headers, host: 'localhost:1', origin: 'http://localhost:2' };
        assert.equal(served.post('/lwc/apex/Helper/read', '{}', foreign).status, 403);
        assert.equal(calls.length, before);
    });

    it('runs as the user of the session', () => {
        assert.equal(served.org.sessions.find(headers.cookie.split('=')[1])?.userId, served.org.admin.userId);
    });
});

describe('modules over HTTP', () => {
    it('are scripts with a tag, and fail in the browser with the reason', () => {
        const served = orgWithAccount();
        const headers = cookieOf(served);
        const user = served.get('/modules/@salesforce/user/Id', headers);
        assert.match(user.headers['content-type'] ?? '', /^text\/javascript/);
        const again = served.get('/modules/@salesforce/user/Id', {
            ...headers,
            'if-none-match': user.headers['etag']
        });
        assert.equal(again.status, 304);
        const missing = bodyOf(served.get('/modules/@salesforce/label/c.Absent', headers));
        assert.match(
            missing,
            /throw new Error\("The module @salesforce\/label\/c\.Absent does not exist in this org"\)/
        );
    });

    it('need a session', () => {
        assert.equal(orgWithAccount().get('/modules/@salesforce/user/Id').status, 401);
    });
});
