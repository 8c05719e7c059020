/** Component tests only; the tests of scripts/ and local-org/ run with `node --test`. */
import { createRequire } from 'node:module';

const { jestConfig } = createRequire(import.meta.url)('@salesforce/sfdx-lwc-jest/config.js');

export default {
    ...jestConfig,
    // Five seconds otherwise, which a busy machine takes to load a component.
    testTimeout: 120_000,
    testMatch: ['<rootDir>/force-app/**/__tests__/**/*.test.ts'],
    setupFilesAfterEnv: [...jestConfig.setupFilesAfterEnv, '<rootDir>/force-app/jest-mocks/setup.ts'],
    moduleNameMapper: {
        '^jest-mocks/(.*)$': '<rootDir>/force-app/jest-mocks/$1',
        '^lightning/modal$': '<rootDir>/force-app/jest-mocks/lightning/modal'
    },
    modulePathIgnorePatterns: ['<rootDir>/.cache/', '<rootDir>/local-org/', '<rootDir>/.git/'],
    // The transformer names a compiled file *.ts.compiled, which the default provider cannot map back.
    coverageProvider: 'v8',
    collectCoverageFrom: ['force-app/**/lwc/**/*.ts', '!**/__tests__/**'],
    coverageDirectory: 'coverage',
    coverageThreshold: { global: { lines: 95, branches: 90 } }
};
