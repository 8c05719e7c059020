import type { DeployMessage, DeployResult, DeployTestResult } from './deploy-types.ts';

/**
 * A deploy's result with the names and order of the Metadata API, for XML (checkDeployStatus) and JSON (deployRequest).
 * Source: Metadata API Developer Guide, DeployResult.
 */
export function describeDeployResult(result: DeployResult, includeDetails: boolean): Record<string, unknown> {
    const { tests, options } = result;
    return {
        checkOnly: options.checkOnly,
        completedDate: result.completedDate,
        createdBy: result.createdBy,
        createdByName: result.createdByName,
        createdDate: result.createdDate,
        ...(includeDetails && { details: details(result) }),
        done: true,
        ...(result.errorMessage !== undefined && {
            errorMessage: result.errorMessage,
            errorStatusCode: result.errorStatusCode
        }),
        id: result.id,
        ignoreWarnings: options.ignoreWarnings,
        lastModifiedDate: result.completedDate,
        numberComponentErrors: result.numberComponentErrors,
        numberComponentsDeployed: result.numberComponentsTotal - result.numberComponentErrors,
        numberComponentsTotal: result.numberComponentsTotal,
        numberTestErrors: tests.failures.length,
        numberTestsCompleted: tests.successes.length,
        numberTestsTotal: tests.numTestsRun,
        rollbackOnError: options.rollbackOnError,
        runTestsEnabled: options.testLevel !== 'NoTestRun',
        startDate: result.createdDate,
        status: result.status,
        success: result.success
    };
}

function details({ messages, tests }: DeployResult): Record<string, unknown> {
    return {
        componentFailures: messages.filter(({ success }) => !success).map(describeMessage),
        componentSuccesses: messages.filter(({ success }) => success).map(describeMessage),
        runTestResult: describeTests(tests)
    };
}

function describeMessage(message: DeployMessage): Record<string, unknown> {
    const { changed, columnNumber, componentType, created, createdDate, deleted, fileName, fullName, id } = message;
    const { lineNumber, problem, problemType, success } = message;
    return {
        changed,
        columnNumber,
        componentType,
        created,
        createdDate,
        deleted,
        fileName,
        fullName,
        id,
        lineNumber,
        problem,
        problemType,
        success,
        warning: problemType === 'Warning'
    };
}

function describeTests(tests: DeployTestResult): Record<string, unknown> {
    return {
        codeCoverage: tests.codeCoverage.map(({ id, name, type, numLocations, uncoveredLines }) => ({
            id,
            locationsNotCovered: uncoveredLines.map((line) => ({ column: 0, line, numExecutions: 0, time: -1 })),
            name,
            numLocations,
            numLocationsNotCovered: uncoveredLines.length,
            type
        })),
        codeCoverageWarnings: tests.codeCoverageWarnings,
        failures: tests.failures.map((failure) => ({ ...failure, packageName: failure.name, type: 'Class' })),
        numFailures: tests.failures.length,
        numTestsRun: tests.numTestsRun,
        successes: tests.successes,
        totalTime: tests.totalTime
    };
}
