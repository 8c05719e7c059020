import { DEFAULT_OPTIONS, type DeployOptions, type TestLevel } from './deploy-types.ts';

const TEST_LEVELS: readonly TestLevel[] = ['NoTestRun', 'RunSpecifiedTests', 'RunLocalTests', 'RunAllTestsInOrg'];

/** An option that the local org cannot honour; surfaces answer with its text. */
export class DeployOptionError extends Error {}

/** Options as a client sends them, in XML as text and in JSON as values; what is left out has the platform's default. */
export interface RawDeployOptions {
    readonly flag: (name: keyof DeployOptions) => string | boolean | null | undefined;
    readonly testLevel: string | null | undefined;
    readonly runTests: readonly string[];
}

/** Throws DeployOptionError for a test level that the local org does not have. */
export function readDeployOptions({ flag, testLevel, runTests }: RawDeployOptions): DeployOptions {
    const on = (name: 'checkOnly' | 'ignoreWarnings' | 'purgeOnDelete' | 'rollbackOnError' | 'singlePackage') => {
        const value = flag(name) ?? '';
        return value === '' ? DEFAULT_OPTIONS[name] : String(value) === 'true';
    };
    return {
        checkOnly: on('checkOnly'),
        ignoreWarnings: on('ignoreWarnings'),
        purgeOnDelete: on('purgeOnDelete'),
        rollbackOnError: on('rollbackOnError'),
        singlePackage: on('singlePackage'),
        testLevel: readTestLevel(testLevel, runTests),
        testLevelGiven: (testLevel ?? '') !== '' || runTests.length > 0,
        runTests
    };
}

/** Named tests without a level mean these tests, as on the platform. */
function readTestLevel(value: string | null | undefined, runTests: readonly string[]): TestLevel {
    if (value === undefined || value === null || value === '') {
        return runTests.length > 0 ? 'RunSpecifiedTests' : DEFAULT_OPTIONS.testLevel;
    }
    const level = TEST_LEVELS.find((known) => known === value);
    if (level === undefined) {
        throw new DeployOptionError(`The local org does not support the test level ${value}`);
    }
    return level;
}
