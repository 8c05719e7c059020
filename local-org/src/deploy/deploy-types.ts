/** Options, messages and results of deploys, in the terms of the Metadata API. */

export type TestLevel = 'NoTestRun' | 'RunSpecifiedTests' | 'RunLocalTests' | 'RunAllTestsInOrg';

export interface DeployOptions {
    readonly checkOnly: boolean;
    readonly ignoreWarnings: boolean;
    readonly purgeOnDelete: boolean;
    readonly rollbackOnError: boolean;
    readonly singlePackage: boolean;
    readonly testLevel: TestLevel;
    /** The client named the level; else the org chooses it. */
    readonly testLevelGiven: boolean;
    readonly runTests: readonly string[];
}

export type DeployStatus = 'Succeeded' | 'SucceededPartial' | 'Failed';

export interface DeployMessage {
    readonly componentType: string;
    readonly fullName: string;
    readonly fileName: string;
    readonly id?: string;
    readonly success: boolean;
    readonly changed: boolean;
    readonly created: boolean;
    readonly deleted: boolean;
    /** Where the problem is, 1-based. */
    readonly lineNumber?: number;
    readonly columnNumber?: number;
    readonly problem?: string;
    readonly problemType?: 'Error' | 'Warning';
    readonly createdDate: string;
}

export interface DeployTestFailure {
    readonly id: string;
    readonly name: string;
    readonly methodName: string;
    readonly message: string;
    readonly stackTrace: string;
    /** Milliseconds. */
    readonly time: number;
}

export interface DeployTestSuccess {
    readonly id: string;
    readonly name: string;
    readonly methodName: string;
    readonly time: number;
}

export interface DeployCodeCoverage {
    readonly id: string;
    readonly name: string;
    readonly type: 'Class' | 'Trigger';
    readonly numLocations: number;
    readonly uncoveredLines: readonly number[];
}

export interface DeployTestResult {
    readonly numTestsRun: number;
    readonly totalTime: number;
    readonly failures: readonly DeployTestFailure[];
    readonly successes: readonly DeployTestSuccess[];
    readonly codeCoverage: readonly DeployCodeCoverage[];
    readonly codeCoverageWarnings: readonly { readonly id: string; readonly name?: string; readonly message: string }[];
}

export interface DeployResult {
    readonly id: string;
    readonly status: DeployStatus;
    readonly success: boolean;
    readonly options: DeployOptions;
    readonly messages: readonly DeployMessage[];
    readonly numberComponentsTotal: number;
    readonly numberComponentErrors: number;
    readonly tests: DeployTestResult;
    /** Why the deploy as a whole could not be done. */
    readonly errorMessage?: string;
    readonly errorStatusCode?: string;
    readonly createdBy: string;
    readonly createdByName: string;
    readonly createdDate: string;
    readonly completedDate: string;
}

export const NO_TESTS: DeployTestResult = {
    numTestsRun: 0,
    totalTime: 0,
    failures: [],
    successes: [],
    codeCoverage: [],
    codeCoverageWarnings: []
};

/** What the platform assumes for options that a client leaves out. */
export const DEFAULT_OPTIONS: DeployOptions = {
    checkOnly: false,
    ignoreWarnings: false,
    purgeOnDelete: false,
    rollbackOnError: true,
    singlePackage: false,
    testLevel: 'NoTestRun',
    testLevelGiven: false,
    runTests: []
};
