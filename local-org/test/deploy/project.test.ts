import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { unzipSync, zipSync } from 'fflate';
import ts from 'typescript';
import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import { deployZip, summary } from './support/packages.ts';
import { INTEGRATION_USER, newTestOrg } from './support/test-org.ts';

const projectDirectory = fileURLToPath(new URL('../../../', import.meta.url));
const REPLACEMENTS = {
    TARGET_ORG_URL: 'http://localhost:7702',
    INTEGRATION_USERNAME: INTEGRATION_USER,
    SYNC_ROLE: 'Source',
    SYNC_USERNAME: INTEGRATION_USER
};

async function packageOf(folder: string): Promise<Uint8Array> {
    const set = ComponentSet.fromSource(`${projectDirectory}${folder}`);
    set.projectDirectory = projectDirectory;
    set.sourceApiVersion = '67.0';
    const { zipBuffer } = await new MetadataConverter().convert(set, 'metadata', { type: 'zip' });
    assert.ok(zipBuffer);
    return withEmittedScripts(zipBuffer, `${projectDirectory}${folder}/default/lwc`);
}

/** Bundles are TypeScript in the project; an org gets the emitted JavaScript. */
function withEmittedScripts(zip: Uint8Array, lwcFolder: string): Uint8Array {
    const files = unzipSync(zip);
    for (const path of globSync('*/*.ts', { cwd: lwcFolder }).filter((name) => !name.endsWith('.d.ts'))) {
        const { outputText } = ts.transpileModule(readFileSync(join(lwcFolder, path), 'utf8'), {
            compilerOptions: {
                target: ts.ScriptTarget.ESNext,
                module: ts.ModuleKind.ESNext,
                verbatimModuleSyntax: true
            }
        });
        files[`lwc/${path.replace(/\.ts$/, '.js')}`] = Buffer.from(outputText);
    }
    return zipSync(files);
}

describe("the project's own metadata", () => {
    const original = Object.fromEntries(Object.keys(REPLACEMENTS).map((name) => [name, process.env[name]]));
    before(() => Object.assign(process.env, REPLACEMENTS));
    after(() => {
        for (const [name, value] of Object.entries(original)) {
            if (value === undefined) {
                delete process.env[name];
            } else {
                process.env[name] = value;
            }
        }
    });

    const orders = {
        target: ['force-app/target/main', 'force-app/target/auth'],
        source: [
            'force-app/shared/main',
            'force-app/source/main',
            'force-app/source/auth',
            'force-app/source/external-service'
        ],
        synced: ['force-app/shared/main', 'force-app/sync/main', 'force-app/sync/example']
    };
    for (const [role, folders] of Object.entries(orders)) {
        test(`deploys to a fresh ${role} org, and again without a change`, async () => {
            const { org } = newTestOrg();
            for (const folder of folders) {
                const zip = await packageOf(folder);
                const first = summary(deployZip(org, zip));
                assert.deepEqual(
                    first.filter((line) => !line.startsWith('created')),
                    []
                );
                const second = summary(deployZip(org, zip));
                assert.deepEqual(
                    second.filter((line) => !line.startsWith('unchanged')),
                    []
                );
                assert.equal(second.length, first.length);
            }
        });
    }
});
