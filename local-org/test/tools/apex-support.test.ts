import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { apexSupport, apexSupportPage, PAGE } from '../../tools/apex-support.ts';

test('docs/apex-support.md lists what the library implements; write it again with npm run build:docs', () => {
    const page = readFileSync(PAGE, 'utf8');
    assert.equal(page, apexSupportPage(page));
});

test('what is written by hand behind the generated part stays', () => {
    const page = `${apexSupport()}\n## Results\n`;
    assert.equal(apexSupportPage(page), page);
});
