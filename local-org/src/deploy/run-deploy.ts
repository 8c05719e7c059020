import type { CompiledProgram } from '../apex/engine.ts';
import type { RegistrySavepoint } from '../org/metadata-registry.ts';
import { compileDeployedApex } from './apex-compilation.ts';
import { apexInputs, checkStaged } from './checks.ts';
import { applyDeletions, readDeletions } from './deletions.ts';
import {
    brokenMessage,
    componentMessages,
    isComponentMessage,
    packageMessage,
    unlistedMessage
} from './deploy-messages.ts';
import { runDeployTests } from './deploy-tests.ts';
import {
    NO_TESTS,
    type DeployMessage,
    type DeployOptions,
    type DeployResult,
    type DeployStatus,
    type DeployTestResult
} from './deploy-types.ts';
import { METADATA_HANDLERS } from './handlers/index.ts';
import type { DeployContext } from './handlers/metadata-handler.ts';
import { parseManifest } from './package/manifest.ts';
import { readPackageComponents } from './package/package-components.ts';
import { MANIFEST, PackageError, readPackageFiles, type PackageFiles } from './package/package-files.ts';
import { stageComponents, type StagedComponent } from './stage.ts';

export interface DeployRequest {
    readonly id: string;
    readonly zip: Uint8Array;
    readonly options: DeployOptions;
    readonly userId: string;
    readonly userName: string;
}

/** What one attempt came to, before it is kept or undone. */
interface Attempt {
    readonly messages: readonly DeployMessage[];
    readonly staged: readonly StagedComponent[];
    /** Undefined when nothing changed that Apex depends on. */
    readonly program: CompiledProgram | undefined;
    readonly tests: DeployTestResult;
    readonly status: DeployStatus;
}

/**
 * Deploys a package in one transaction: what fails, and what is only a check, leaves the org as it was. Never throws for
 * a fault of the package; the result says what is wrong.
 */
export function runDeploy(request: DeployRequest, context: DeployContext): DeployResult {
    const createdDate = isoNow(context);
    const savepoint = context.org.metadata.savepoint();
    try {
        const attempt = attemptDeploy(request, readPackageFiles(request.zip), context, createdDate);
        const isKept = attempt.status !== 'Failed' && !request.options.checkOnly;
        if (!isKept) {
            undo(savepoint, attempt.program !== undefined, context);
        } else {
            if (attempt.program) {
                context.org.apex.install(attempt.program);
            }
            keepSecrets(attempt.staged, context);
        }
        return toResult(request, attempt, createdDate, isoNow(context));
    } catch (error) {
        const isPackageFault = error instanceof PackageError;
        undo(savepoint, !isPackageFault, context);
        if (!isPackageFault) {
            throw error;
        }
        const failed: Attempt = { messages: [], staged: [], program: undefined, tests: NO_TESTS, status: 'Failed' };
        const result = toResult(request, failed, createdDate, isoNow(context));
        return { ...result, errorMessage: error.message, errorStatusCode: error.statusCode };
    }
}

function keepSecrets(staged: readonly StagedComponent[], context: DeployContext): void {
    for (const { component, problems } of staged) {
        if (problems.length === 0) {
            METADATA_HANDLERS.get(component.type)?.keep?.(component, context);
        }
    }
}

/** Tests of the deploy may have run on its program; the org's own is then put back. */
function undo(savepoint: RegistrySavepoint, mayHaveInstalled: boolean, { org }: DeployContext): void {
    org.metadata.rollback(savepoint);
    if (mayHaveInstalled) {
        org.apex.install(compileDeployedApex(org).program);
    }
}

function attemptDeploy(
    { options, userId }: DeployRequest,
    files: PackageFiles,
    context: DeployContext,
    createdDate: string
): Attempt {
    const manifest = parseManifest(files.get(MANIFEST) ?? new Uint8Array(), MANIFEST);
    const { components, unlisted } = readPackageComponents(files, manifest);
    const deletions = readDeletions(files);
    const apexBefore = apexInputs(context);

    const deletedBefore = applyDeletions(deletions.before, context, createdDate);
    const staged = stageComponents(components, context);
    const deletedAfter = applyDeletions(deletions.after, context, createdDate);
    const { program, brokenElsewhere } = checkStaged(staged, context, apexBefore, !options.rollbackOnError);

    const messages = [
        packageMessage(createdDate),
        ...deletedBefore,
        ...staged.flatMap((entry) => componentMessages(entry, context, createdDate)),
        ...deletedAfter,
        ...brokenElsewhere.map((problem) => brokenMessage(problem, createdDate)),
        ...unlisted.map((file) => unlistedMessage(file, createdDate))
    ];
    const deployed = statusOf(messages, options, brokenElsewhere.length > 0);
    const tests = deployed === 'Failed' ? NO_TESTS : testsOf(options, staged, program, context, userId);
    const status = tests.failures.length > 0 || tests.codeCoverageWarnings.length > 0 ? 'Failed' : deployed;
    return { messages, staged, program, tests, status };
}

function statusOf(messages: readonly DeployMessage[], options: DeployOptions, broken: boolean): DeployStatus {
    const components = messages.filter(isComponentMessage);
    const failed = components.filter(({ success }) => !success);
    if (failed.length === 0) {
        return 'Succeeded';
    }
    return options.rollbackOnError || broken || failed.length === components.length ? 'Failed' : 'SucceededPartial';
}

function testsOf(
    options: DeployOptions,
    staged: readonly StagedComponent[],
    program: CompiledProgram | undefined,
    { org }: DeployContext,
    userId: string
): DeployTestResult {
    if (options.testLevel === 'NoTestRun') {
        return NO_TESTS;
    }
    if (program) {
        org.apex.install(program);
    }
    const packaged = new Set(staged.map(({ component }) => component.fullName.toLowerCase()));
    return runDeployTests(org, options, packaged, userId);
}

function toResult(
    { id, options, userId, userName }: DeployRequest,
    { messages, tests, status }: Attempt,
    createdDate: string,
    completedDate: string
): DeployResult {
    const components = messages.filter(isComponentMessage);
    return {
        id,
        status,
        success: status !== 'Failed',
        options,
        messages,
        numberComponentsTotal: components.length,
        numberComponentErrors: components.filter(({ success }) => !success).length,
        tests,
        createdBy: userId,
        createdByName: userName,
        createdDate,
        completedDate
    };
}

function isoNow({ org }: DeployContext): string {
    return new Date(org.clock.now()).toISOString();
}
