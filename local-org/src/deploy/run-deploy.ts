import type { CompiledProgram, CompileProblem } from '../apex/engine.ts';
import { compileDeployedApex, metadataTypeOf } from './apex-compilation.ts';
import { apexInputs, checkStaged } from './checks.ts';
import { applyDeletions, readDeletions } from './deletions.ts';
import { runDeployTests } from './deploy-tests.ts';
import {
    NO_TESTS,
    type DeployMessage,
    type DeployOptions,
    type DeployResult,
    type DeployStatus,
    type DeployTestResult
} from './deploy-types.ts';
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

/** What one attempt did to the registry, before it is kept or undone. */
interface Attempt {
    readonly messages: readonly DeployMessage[];
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
    const { metadata, apex } = context.org;
    const savepoint = metadata.savepoint();
    let attempt: Attempt | undefined;
    try {
        attempt = attemptDeploy(request, readPackageFiles(request.zip), context, createdDate);
        return toResult(request, attempt, createdDate, isoNow(context));
    } catch (error) {
        if (!(error instanceof PackageError)) {
            throw error;
        }
        const failed = { ...toResult(request, undefined, createdDate, isoNow(context)) };
        return { ...failed, errorMessage: error.message, errorStatusCode: error.statusCode };
    } finally {
        const isKept = attempt !== undefined && attempt.status !== 'Failed' && !request.options.checkOnly;
        if (!isKept) {
            metadata.rollback(savepoint);
        }
        if (attempt?.program) {
            apex.install(isKept ? attempt.program : compileDeployedApex(context.org).program);
        }
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
        ...unlisted.map(({ type, fullName, fileName }) =>
            message(type, fullName, fileName, createdDate, { problem: 'Not in package.xml', problemType: 'Warning' })
        )
    ];
    const outcome = statusOf(messages, options, brokenElsewhere.length > 0);
    const tests = outcome === 'Failed' ? NO_TESTS : testsOf(options, staged, program, context, userId);
    const status = tests.failures.length > 0 || tests.codeCoverageWarnings.length > 0 ? 'Failed' : outcome;
    return { messages, program, tests, status };
}

function statusOf(messages: readonly DeployMessage[], options: DeployOptions, broken: boolean): DeployStatus {
    const components = messages.filter(({ componentType }) => componentType !== '');
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

function packageMessage(createdDate: string): DeployMessage {
    return message('', MANIFEST, MANIFEST, createdDate, { changed: true });
}

/** One message for a component without problems, else one for each problem. */
function componentMessages(
    { component, change, problems }: StagedComponent,
    { org }: DeployContext,
    createdDate: string
): DeployMessage[] {
    const { type, fullName, fileName } = component;
    if (problems.length === 0) {
        const flags = { changed: change !== 'unchanged', created: change === 'created' };
        const id = org.metadata.get(type, fullName)?.id;
        return [message(type, fullName, fileName, createdDate, { ...flags, ...(id !== undefined && { id }) })];
    }
    return problems.map((problem) =>
        message(type, fullName, problem.fileName ?? fileName, createdDate, {
            success: false,
            problem: problem.message,
            problemType: 'Error',
            ...(problem.line !== undefined && { lineNumber: problem.line }),
            ...(problem.column !== undefined && { columnNumber: problem.column })
        })
    );
}

/** A class of the org that the package makes invalid. */
function brokenMessage(problem: CompileProblem, createdDate: string): DeployMessage {
    const kind = problem.kind === 'trigger' ? 'Trigger' : 'Class';
    const text = `Dependent class is invalid and needs recompilation:\n ${kind} ${problem.name} : ${problem.message}`;
    return message(metadataTypeOf(problem), problem.name, problem.fileName, createdDate, {
        success: false,
        problem: text,
        problemType: 'Error',
        lineNumber: problem.line,
        columnNumber: problem.column
    });
}

function message(
    componentType: string,
    fullName: string,
    fileName: string,
    createdDate: string,
    rest: Partial<DeployMessage>
): DeployMessage {
    const flags = { success: true, changed: false, created: false, deleted: false };
    return { componentType, fullName, fileName, createdDate, ...flags, ...rest };
}

function toResult(
    { id, options, userId, userName }: DeployRequest,
    attempt: Attempt | undefined,
    createdDate: string,
    completedDate: string
): DeployResult {
    const status = attempt?.status ?? 'Failed';
    const components = (attempt?.messages ?? []).filter(({ componentType }) => componentType !== '');
    return {
        id,
        status,
        success: status !== 'Failed',
        options,
        messages: attempt?.messages ?? [],
        numberComponentsTotal: components.length,
        numberComponentErrors: components.filter(({ success }) => !success).length,
        tests: attempt?.tests ?? NO_TESTS,
        createdBy: userId,
        createdByName: userName,
        createdDate,
        completedDate
    };
}

function isoNow({ org }: DeployContext): string {
    return new Date(org.clock.now()).toISOString();
}
