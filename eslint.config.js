import js from '@eslint/js';
import lwcPlatform from '@lwc/eslint-plugin-lwc-platform';
import lwc from '@salesforce/eslint-config-lwc';
import slds from '@salesforce-ux/eslint-plugin-slds';
import { defineConfig, globalIgnores } from 'eslint/config';
import jest from 'eslint-plugin-jest';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** A suppression without its reason cannot be reviewed, nor removed once the reason is gone. */
const reasonForDisabling = {
    create: (context) => ({
        Program() {
            const disabling = context.sourceCode
                .getAllComments()
                .filter(({ value }) => value.trim().startsWith('eslint-disable') && !value.includes(' -- '));
            for (const comment of disabling) {
                context.report({ loc: comment.loc, message: 'Say why the rule is disabled, after " -- ".' });
            }
        }
    })
};

const typeScript = [
    js.configs.recommended,
    tseslint.configs.recommendedTypeChecked,
    {
        languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
        rules: {
            '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
            '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
            '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }]
        }
    }
];

export default defineConfig([
    globalIgnores(['.cache/', 'coverage/', 'force-app/**/lwc/**/*.js']),
    {
        plugins: { local: { rules: { 'reason-for-disabling': reasonForDisabling } } },
        rules: { 'local/reason-for-disabling': 'error', eqeqeq: 'error' },
        linterOptions: { reportUnusedDisableDirectives: 'error' }
    },
    {
        files: ['**/*.{js,mjs}'],
        extends: [js.configs.recommended],
        languageOptions: { globals: globals.node }
    },
    {
        files: ['scripts/**/*.ts', 'local-org/**/*.ts', '.ci/**/*.ts'],
        extends: [typeScript],
        languageOptions: { globals: globals.node },
        rules: { 'no-console': 'error' }
    },
    {
        // The judges are programs whose output is their verdict.
        files: ['.ci/**/*.ts'],
        rules: { 'no-console': 'off' }
    },
    {
        // node:test awaits its own tests; a floating `describe` or `it` is how they are written.
        files: ['{scripts,local-org}/**/*.test.ts'],
        rules: {
            '@typescript-eslint/no-floating-promises': [
                'error',
                {
                    allowForKnownSafeCalls: [
                        { from: 'package', package: 'node:test', name: ['describe', 'it', 'suite', 'test'] }
                    ]
                }
            ]
        }
    },
    {
        files: ['force-app/**/*.ts'],
        extends: [typeScript]
    },
    {
        files: ['force-app/**/lwc/**/*.ts'],
        extends: [lwc.configs.recommendedTs, lwcPlatform.configs.recommended],
        languageOptions: { parser: tseslint.parser },
        rules: {
            // The TypeScript rule of the same name knows types.
            'no-unused-vars': 'off',
            // `void` marks a promise whose failure the callee handles; no-floating-promises asks for it.
            'no-void': 'off',
            // The rule takes no reason into account; local/reason-for-disabling does.
            '@lwc/lwc-platform/no-inline-disable': 'off',
            // Fails on the TypeScript syntax tree; it only concerns the Salesforce mobile app without a network.
            '@lwc/lwc-platform/valid-offline-wire': 'off'
        }
    },
    {
        files: ['force-app/**/__tests__/**/*.ts', 'force-app/jest-mocks/**/*.ts'],
        extends: [jest.configs['flat/recommended']],
        rules: {
            'jest/expect-expect': 'error',
            // Knows that a spy may stand unbound in an expectation.
            '@typescript-eslint/unbound-method': 'off',
            'jest/unbound-method': 'error',
            // Tests drive the wire adapters that components may only declare.
            '@lwc/lwc/no-unexpected-wire-adapter-usages': 'off'
        }
    },
    { files: ['force-app/**/lwc/**/*.css'], extends: [slds.configs['flat/recommended-css']] },
    { files: ['force-app/**/lwc/**/*.html'], extends: [slds.configs['flat/recommended-html']] }
]);
