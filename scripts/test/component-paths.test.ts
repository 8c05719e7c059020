import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';

const FORCE_APP = join(import.meta.dirname, '../../force-app');

describe('force-app/tsconfig.json', () => {
    // One pattern for all would need the name twice, which TypeScript does not allow (TS5062).
    it('has a path for every bundle', () => {
        const { config } = ts.readConfigFile(join(FORCE_APP, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
            config: { compilerOptions: { paths: Record<string, string[]> } };
        };
        const paths = Object.entries(config.compilerOptions.paths).filter(([name]) => name.startsWith('c/'));
        const modules = globSync('*/main/default/lwc/*/*.ts', { cwd: FORCE_APP }).map((file) =>
            file.replace(/\.ts$/, '')
        );

        assert.deepEqual(
            Object.fromEntries(paths),
            Object.fromEntries(modules.map((module) => [`c/${basename(module)}`, [`./${module}`]]))
        );
    });
});
