import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { DOCTOR_DOCS_PATH, renderDoctorDocs } from '../doctor/rule-table.ts';
import { RULES } from '../doctor/rules.ts';

describe('the causes of bridge doctor', () => {
    test('are listed in docs/doctor.md', async () => {
        assert.equal(readFileSync(DOCTOR_DOCS_PATH, 'utf8'), await renderDoctorDocs(), 'run: npm run build:docs');
    });

    test('have names of their own, and hide only causes that exist', () => {
        const ids = RULES.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
        for (const { id, hiddenBy = [] } of RULES) {
            assert.deepEqual(
                hiddenBy.filter((other) => !ids.includes(other)),
                [],
                id
            );
        }
    });
});
