import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { hidersOf, isAbout } from '../doctor/diagnose.ts';
import { DOCTOR_DOCS_PATH, renderDoctorDocs } from '../doctor/rule-table.ts';
import { RULES } from '../doctor/rules.ts';

const APPS = ['external-client-app', 'connected-app'] as const;
const FLOWS = ['client-credentials', 'jwt-bearer', 'browser'] as const;

describe('the causes of bridge doctor', () => {
    test('are listed in docs/doctor.md', async () => {
        assert.equal(readFileSync(DOCTOR_DOCS_PATH, 'utf8'), await renderDoctorDocs(), 'run: npm run build:docs');
    });

    test('have names of their own, and hide only causes that exist', () => {
        const ids = RULES.map(({ id }) => id);
        for (const app of APPS) {
            for (const flow of FLOWS) {
                const own = RULES.filter((rule) => isAbout(rule, { app, flow })).map(({ id }) => id);
                assert.equal(new Set(own).size, own.length, `${app}, ${flow}`);
            }
        }
        for (const rule of RULES) {
            for (const flow of FLOWS) {
                assert.deepEqual(
                    hidersOf(rule, { flow }).filter((other) => !ids.includes(other)),
                    [],
                    `${rule.id}, ${flow}`
                );
            }
        }
    });
});
