import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PAGE, protocolSupport } from '../../tools/protocol-support.ts';

test('docs/local-org-support.md lists what the code serves; write it again with npm run build:docs', () => {
    assert.equal(readFileSync(PAGE, 'utf8'), protocolSupport());
});
