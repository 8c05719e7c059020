import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, test } from 'node:test';
import ts from 'typescript';
import { projectRoot } from '../lib/project.ts';

/**
 * Which folder may import from which. A folder may always import from itself and, as types only, from any folder of
 * local-org: types are contracts, code is dependence. docs/architecture.md explains the order.
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
    scripts: ['local-org/src/index.ts'],
    'local-org/src/index.ts': ['pair', 'lab'],
    cache: [],
    values: [],
    platform: [],
    http: [],
    schema: ['values', 'platform'],
    store: ['values', 'schema'],
    access: ['values', 'schema', 'store'],
    soql: ['values', 'schema', 'store', 'access'],
    dml: ['values', 'schema', 'store', 'access', 'soql'],
    'apex/syntax': ['cache'],
    'apex/types': ['schema', 'platform', 'values'],
    'apex/semantics': ['apex/syntax', 'apex/types', 'soql', 'schema', 'platform', 'values'],
    'apex/emit': ['apex/semantics', 'apex/types', 'apex/syntax'],
    // The runtime asks the program's class table who extends and implements whom.
    'apex/runtime': [
        'apex/semantics',
        'apex/types',
        'values',
        'platform',
        'schema',
        'store',
        'soql',
        'dml',
        'access',
        'org',
        'apex/library'
    ],
    'apex/library': [
        'apex/runtime',
        'apex/types',
        'values',
        'platform',
        'schema',
        'soql',
        'dml',
        'access',
        'callout',
        'org'
    ],
    'apex/program': [
        'apex/syntax',
        'apex/types',
        'apex/semantics',
        'apex/emit',
        'apex/runtime',
        'apex/library',
        'cache',
        'values',
        'soql',
        'schema',
        'platform',
        'org'
    ],
    callout: ['http', 'schema', 'access', 'org', 'values'],
    lwc: ['cache', 'schema', 'values'],
    org: ['values', 'schema', 'store', 'access', 'soql', 'dml', 'apex/program', 'callout', 'http', 'platform'],
    deploy: ['apex', 'lwc', 'schema', 'access', 'org', 'values', 'http', 'platform'],
    surfaces: ['http', 'deploy', 'apex', 'soql', 'lwc', 'org', 'callout', 'schema', 'access', 'values', 'store', 'lab'],
    // Decides which calls fail; knows an org only by what it sends and answers.
    lab: ['http'],
    engine: ['org', 'surfaces', 'http', 'deploy', 'lwc', 'callout', 'lab'],
    pair: ['engine', 'http', 'lwc', 'lab']
};

interface Import {
    readonly from: string;
    readonly to: string;
    readonly isTypeOnly: boolean;
}

function importsOf(file: string): Import[] {
    const source = ts.createSourceFile(
        file,
        readFileSync(join(projectRoot, file), 'utf8'),
        ts.ScriptTarget.ESNext,
        true
    );
    const found: Import[] = [];
    const visit = (node: ts.Node): void => {
        if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
            const specifier = (node.moduleSpecifier as ts.StringLiteral).text;
            if (specifier.startsWith('.')) {
                const isTypeOnly = ts.isImportDeclaration(node) ? isTypeImport(node) : node.isTypeOnly;
                const to = relative(projectRoot, join(projectRoot, dirname(file), specifier))
                    .split(sep)
                    .join('/');
                found.push({ from: file, to, isTypeOnly });
            }
        }
        ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
}

function isTypeImport(node: ts.ImportDeclaration): boolean {
    const clause = node.importClause;
    if (clause === undefined) {
        return false;
    }
    const bindings = clause.namedBindings;
    const allNamesAreTypes =
        clause.name === undefined &&
        bindings !== undefined &&
        ts.isNamedImports(bindings) &&
        bindings.elements.length > 0 &&
        bindings.elements.every((element) => element.isTypeOnly);
    return clause.phaseModifier === ts.SyntaxKind.TypeKeyword || allNamesAreTypes;
}

/** Folder of ALLOWED that a file belongs to; undefined for files no rule names. */
function layerOf(path: string): string | undefined {
    if (path.startsWith('scripts/')) {
        return 'scripts';
    }
    if (path === 'local-org/src/index.ts') {
        return path;
    }
    const inside = path.startsWith('local-org/src/') ? path.slice('local-org/src/'.length) : undefined;
    if (inside === undefined) {
        return undefined;
    }
    const [first = '', second = ''] = inside.split('/');
    // apex/engine.ts is the contract of the whole of apex/.
    return first === 'apex' ? (second.includes('.') ? 'apex' : `apex/${second}`) : first;
}

function violation({ from, to, isTypeOnly }: Import): string | undefined {
    const fromLayer = layerOf(from);
    const toLayer = layerOf(to);
    if (fromLayer === undefined || fromLayer === toLayer) {
        return undefined;
    }
    if (fromLayer === 'scripts') {
        return to === 'local-org/src/index.ts' || toLayer === undefined ? undefined : `${from} -> ${to}`;
    }
    const allowed = ALLOWED[fromLayer] ?? [];
    const isAllowed =
        toLayer !== undefined && allowed.some((layer) => toLayer === layer || toLayer.startsWith(`${layer}/`));
    return isAllowed || (isTypeOnly && toLayer !== undefined && toLayer !== 'scripts') ? undefined : `${from} -> ${to}`;
}

describe('architecture', () => {
    const files = globSync(['scripts/**/*.ts', 'local-org/src/**/*.ts'], { cwd: projectRoot })
        .map((file) => file.split(sep).join('/'))
        .filter((file) => !file.startsWith('scripts/test/') && !file.includes('/host/browser/'));

    test('every import follows the order of the folders', () => {
        const violations = files.flatMap(importsOf).map(violation).filter(Boolean);
        assert.deepEqual(violations, []);
    });

    test('every folder of local-org has a rule', () => {
        const layers = new Set(files.map(layerOf).filter((layer) => layer !== undefined && layer !== 'apex'));
        const unruled = [...layers].filter((layer) => ALLOWED[layer as string] === undefined);
        assert.deepEqual(unruled, []);
    });

    test('an import against the order is found', () => {
        const wrong = {
            from: 'local-org/src/store/store.ts',
            to: 'local-org/src/surfaces/rest/routes.ts',
            isTypeOnly: false
        };
        assert.equal(violation(wrong), 'local-org/src/store/store.ts -> local-org/src/surfaces/rest/routes.ts');
        assert.equal(violation({ ...wrong, to: 'local-org/src/schema/types.ts' }), undefined);
        const deep = { from: 'scripts/lib/link.ts', to: 'local-org/src/org/org.ts', isTypeOnly: true };
        assert.equal(violation(deep), 'scripts/lib/link.ts -> local-org/src/org/org.ts');
    });
});
