import assert from 'node:assert/strict';
import fs, { readFileSync, readdirSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { after, before, describe, it, mock } from 'node:test';
import type { ApexSource, CompileProblem } from '../../src/apex/engine.ts';
import { newApexOrg } from './support/apex.ts';
import { fuzz, mutated } from './support/fuzz.ts';
import { RUNNABLE } from './support/fuzz-classes.ts';
import { generatedClass } from './support/fuzz-grammar.ts';

const PROJECT = new URL('../../../force-app/', import.meta.url);
const REPLACEMENTS = (
    "null true 0 1 -1 2147483647 9999999999L 1.5 1.5d '' 'x' this super static final virtual abstract override " +
    'public private with sharing return break continue throw try catch finally if else for while do switch on when ' +
    'new instanceof insert update delete String Integer Long Decimal Double Date Datetime Id Blob Object Account ' +
    'List Map Set List<Account> Map<Id,Account> Exception void get set ( ) { } [ ] ; , . ?. ?? = == === != < > <= += ' +
    '++ -- + - * / & | ^ ! ~ << >>> ? : => @ [SELECT Name FROM Account] Account.Name Account.SObjectType i items value'
).split(' ');

/** The project's own classes of one org. */
function projectClasses(role: 'source' | 'target'): ApexSource[] {
    return ['main/default/classes/', 'test/classes/'].flatMap((folder) => {
        const url = new URL(`${role}/${folder}`, PROJECT);
        const files = readdirSync(url).filter((name) => name.endsWith('.cls'));
        return files.map((file) => classOf(file.slice(0, -'.cls'.length), readFileSync(new URL(file, url), 'utf8')));
    });
}

function classOf(name: string, body: string): ApexSource {
    return { kind: 'class', name, body, apiVersion: 67, fileName: `classes/${name}.cls` };
}

const org = newApexOrg();
org.metadata.put({
    type: 'CustomField',
    fullName: 'Account.Source_Record_Key__c',
    files: new Map(),
    document: { type: 'Text', length: '40', label: 'Source Record Key', externalId: 'true', unique: 'true' }
});

function checkProblems(problems: readonly CompileProblem[]): void {
    for (const { message, line } of problems) {
        assert.ok(message.length > 0 && line > 0, `${line}: ${message}`);
    }
}

describe('random Apex', () => {
    before(() => {
        // No tree of a mutated class is worth keeping on disk.
        mock.method(fs, 'writeFileSync', () => {
            throw new Error('read-only');
        });
        // A mutated loop may never end: ten seconds of CPU pass in a tenth of one.
        const cpuUsage = process.threadCpuUsage.bind(process);
        mock.method(process, 'threadCpuUsage', (start?: NodeJS.CpuUsage) => {
            const { user, system } = cpuUsage(start);
            return start === undefined ? { user, system } : { user: user * 100, system: system * 100 };
        });
        syncBuiltinESMExports();
    });
    after(() => {
        mock.restoreAll();
        syncBuiltinESMExports();
    });

    for (const [title, share, classes] of [
        ['mutated', 0.016, mutated(RUNNABLE, REPLACEMENTS)],
        ['generated', 0.03, generatedClass]
    ] as const) {
        it(`${title} classes compile and run, or say why not`, () => {
            const outcomes = { refused: 0, ended: 0 };
            fuzz(share, classes, (body) => {
                const { problems, program } = org.apex.compile([classOf('Fuzzed', body)]);
                checkProblems(problems);
                outcomes.refused += problems.length > 0 ? 1 : 0;
                if (problems.length > 0) return;
                org.apex.install(program);
                // A fault of the engine is thrown, an exception of Apex is an outcome.
                org.apex.aura('Fuzzed', 'run', {}, org.admin.userId);
                outcomes.ended += 1;
            });
            assert.ok(outcomes.refused > 0 && outcomes.ended > 0, JSON.stringify(outcomes));
        });
    }

    for (const role of ['source', 'target'] as const) {
        it(`the ${role} org's classes compile, or say why not`, () => {
            const sources = projectClasses(role);
            assert.deepEqual(org.apex.compile(sources).problems, []);
            for (const [index, source] of sources.entries()) {
                fuzz(0.002 / sources.length, mutated([source.body], REPLACEMENTS), (body) => {
                    checkProblems(org.apex.compile(sources.with(index, { ...source, body })).problems);
                });
            }
        });
    }
});
