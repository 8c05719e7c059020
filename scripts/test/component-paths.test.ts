import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';

const FORCE_APP = join(import.meta.dirname, '../../force-app');
const COMPONENTS = join(FORCE_APP, 'source/main/default/lwc');

describe('force-app/tsconfig.json', () => {
    // One pattern for all would need the name twice, which TypeScript does not allow (TS5062).
    it('has a path for every bundle', () => {
        const { config } = ts.readConfigFile(join(FORCE_APP, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
            config: { compilerOptions: { paths: Record<string, string[]> } };
        };
        const paths = Object.entries(config.compilerOptions.paths).filter(([name]) => name.startsWith('c/'));
        const bundles = readdirSync(COMPONENTS).filter((name) => existsSync(join(COMPONENTS, name, `${name}.ts`)));

        assert.deepEqual(
            Object.fromEntries(paths),
            Object.fromEntries(bundles.map((name) => [`c/${name}`, [`./source/main/default/lwc/${name}/${name}`]]))
        );
    });
});
