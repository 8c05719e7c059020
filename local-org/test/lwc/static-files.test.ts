import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { pageStaticFile } from '../../src/lwc/static-files.ts';
import { THEMES } from '../../src/surfaces/page/theme.ts';
import { vendorBundle } from '../../src/lwc/vendor/vendor-bundle.ts';

describe('pageStaticFile', () => {
    it('finds the style sheet of every theme, the icons and the page’s own files', () => {
        const urls = [
            ...THEMES.map((theme) => theme.styleSheet),
            '/slds1/icons/standard-sprite/svg/symbols.svg',
            '/localorg/page.css',
            '/localorg/header.css',
            '/localorg/favicon.svg'
        ];
        for (const url of urls) {
            assert.ok(existsSync(pageStaticFile(url) ?? ''), url);
        }
    });

    it('leads into the built modules by their hash only', () => {
        const { vendor } = vendorBundle();
        assert.equal(pageStaticFile(`/vendor/${vendor.hash}/lwc.js`), `${vendor.directory}/lwc.js`);
        assert.equal(pageStaticFile('/vendor/0000000000000000/lwc.js'), undefined);
    });

    it('never leaves its folders', () => {
        for (const path of [
            '..%2f..%2f..%2fpackage.json',
            '../../../package.json',
            '%2e%2e/%2e%2e/package.json',
            '%00',
            '%'
        ]) {
            assert.equal(pageStaticFile(`/slds1/${path}`), undefined, path);
        }
    });

    it('leaves everything else to the org', () => {
        assert.equal(pageStaticFile('/'), undefined);
        assert.equal(pageStaticFile('/services/data'), undefined);
        assert.equal(pageStaticFile('/modules/c/panel/panel.js'), undefined);
    });
});
