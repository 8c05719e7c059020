import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importMap } from '../../src/lwc/import-map.ts';
import { serveModule, type ServedModule } from '../../src/lwc/modules.ts';
import { createPageOrg, deployBundle } from './support/page-org.ts';

const { org, metadata } = createPageOrg();
const USER = { id: org.admin.userId, locale: 'en_US', language: 'en_US', timeZone: 'America/Los_Angeles' };
deployBundle(metadata, 'panel', {
    'panel.js':
        "import { LightningElement } from 'lwc';\nimport { dash } from './parts/format';\nexport default class Panel extends LightningElement { dash = dash; }",
    'panel.html': '<template><p>{dash}</p></template>',
    'panel.css': 'p { color: inherit; }',
    'parts/format.js': "export const dash = '-';"
});
metadata.put({
    type: 'CustomLabel',
    fullName: 'Greeting',
    files: new Map(),
    document: { fullName: 'Greeting', value: 'It\'s "here"' }
});

function serve(path: string, scopedStyles = false): ServedModule {
    const { schema, access } = org;
    return serveModule({ path, scopedStyles }, { metadata, schema, access, user: USER });
}

function code(path: string): string {
    const served = serve(path);
    assert.equal(served.kind, 'code', JSON.stringify(served));
    return (served as { code: string }).code;
}

/** The default export of a module without imports. */
async function valueOf(path: string): Promise<unknown> {
    const module = (await import(`data:text/javascript,${encodeURIComponent(code(path))}`)) as { default: unknown };
    return module.default;
}

describe('files of bundles', () => {
    it('compiles scripts, templates and style sheets', () => {
        assert.match(code('c/panel/panel.js'), /registerComponent/);
        assert.match(code('c/panel/panel.html'), /registerTemplate/);
        assert.match(code('c/panel/panel.css'), /export default/);
    });

    it('finds a module of the bundle without its extension', () => {
        assert.equal(code('c/panel/parts/format'), code('c/panel/parts/format.js'));
    });

    it('gives an empty module for a template or style sheet that there is not', () => {
        assert.equal(code('c/panel/panel.scoped.css'), 'export default undefined;');
    });

    it('shows no path of this machine in code or source map', () => {
        const [, map = ''] = code('c/panel/panel.js').split('base64,');
        const decoded = Buffer.from(map, 'base64').toString();
        assert.match(decoded, /"sources":\["panel\.js"\]/);
        assert.ok(!decoded.includes(process.cwd()));
    });

    it('names a bundle and a file that the org does not have', () => {
        assert.deepEqual(serve('c/absent/absent.js'), {
            kind: 'unknown',
            message: 'There is no Lightning component bundle for the module c/absent/absent.js'
        });
        assert.deepEqual(serve('c/panel/absent.js'), {
            kind: 'unknown',
            message: 'The bundle panel has no file absent.js'
        });
    });

    it('takes a redeployed file at once', () => {
        deployBundle(metadata, 'changing', { 'changing.js': 'export const value = 1;' });
        assert.match(code('c/changing/changing.js'), /value = 1/);
        deployBundle(metadata, 'changing', { 'changing.js': 'export const value = 2;' });
        assert.match(code('c/changing/changing.js'), /value = 2/);
    });
});

describe('modules of @salesforce', () => {
    it('binds an Apex method to the host', () => {
        assert.equal(
            code('@salesforce/apex/AccountHelper.getTwin'),
            'import { apexMethod } from \'localorg/apex\';\nexport default apexMethod("AccountHelper", "getTwin");'
        );
        assert.match(code('@salesforce/apex'), /refreshApex, getSObjectValue/);
    });

    it('gives references to objects and fields', async () => {
        assert.deepEqual(await valueOf('@salesforce/schema/Account'), { objectApiName: 'Account' });
        assert.deepEqual(await valueOf('@salesforce/schema/Contact.Account.Name'), {
            fieldApiName: 'Account.Name',
            objectApiName: 'Contact'
        });
    });

    it('gives labels with every character', async () => {
        assert.equal(await valueOf('@salesforce/label/c.Greeting'), 'It\'s "here"');
    });

    it('knows the user, the form factor and the locale', async () => {
        assert.equal(await valueOf('@salesforce/user/Id'), USER.id);
        assert.equal(await valueOf('@salesforce/user/isGuest'), false);
        assert.equal(await valueOf('@salesforce/client/formFactor'), 'Large');
        assert.equal(await valueOf('@salesforce/i18n/lang'), 'en-US');
        assert.equal(await valueOf('@salesforce/i18n/timeZone'), 'America/Los_Angeles');
        assert.equal(await valueOf('@salesforce/i18n/currency'), 'USD');
    });

    it('gives undefined for a permission that the user lacks', async () => {
        metadata.put({
            type: 'CustomPermission',
            fullName: 'Special',
            files: new Map(),
            document: { label: 'Special' }
        });
        assert.equal(await valueOf('@salesforce/customPermission/Special'), undefined);
    });

    for (const specifier of [
        '@salesforce/schema/Absent__c.Name',
        '@salesforce/label/c.Absent',
        '@salesforce/resourceUrl/absent',
        '@salesforce/customPermission/Absent',
        '@salesforce/community/Id',
        '@salesforce/messageChannel/Absent__c',
        '@salesforce/i18n/absent'
    ]) {
        it(`names ${specifier} as missing`, () => {
            const message = `The module ${specifier} does not exist in this org`;
            assert.deepEqual(serve(specifier), { kind: 'unknown', message });
        });
    }
});

describe('the import map', () => {
    const { imports } = importMap(metadata);

    it('leads to every kind of module', () => {
        assert.equal(imports['c/panel'], '/modules/c/panel/panel.js');
        assert.equal(imports['@salesforce/'], '/modules/@salesforce/');
        assert.match(imports['lwc'] ?? '', /^\/vendor\/[0-9a-f]{16}\/lwc\.js$/);
        assert.match(imports['lightning/datatable'] ?? '', /^\/vendor\/[0-9a-f]{16}\/lightning\/datatable\.js$/);
        assert.match(imports['lightning/uiRecordApi'] ?? '', /^\/host\/[0-9a-f]{16}\/lightning\/uiRecordApi\.js$/);
    });

    it('leaves out base components that need a part of the platform', () => {
        assert.equal(imports['lightning/barcodeScanner'], undefined);
    });
});
