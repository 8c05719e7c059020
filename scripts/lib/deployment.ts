import './client-environment.ts';
import { basename } from 'node:path';
import { Duration } from '@salesforce/kit';
import {
    ComponentSet,
    MetadataApiDeploy,
    MetadataResolver,
    type MetadataApiDeployOptions,
    type MetadataApiDeployStatus,
    type SourceComponent
} from '@salesforce/source-deploy-retrieve';
import { MEMORY_ROOT, type AuthSource } from './auth-source.ts';
import { BridgeError } from './errors.ts';
import { MemoryTree } from './memory-tree.ts';
import { METADATA_WAIT_MS, type BridgeOrg } from './org-connection.ts';
import { projectRoot, sourceApiVersion } from './project.ts';

export interface DeployRequest {
    readonly sourceDirs?: readonly string[];
    /** Source in memory, deployed along with that of the folders. */
    readonly files?: AuthSource;
    /** Keeps a component of the folders in the deploy; all of them when absent. */
    readonly include?: (component: { type: string; fullName: string }) => boolean;
    /** Values of the placeholders that sfdx-project.json names under `replacements`. */
    readonly replacements?: Readonly<Record<string, string>>;
    readonly checkOnly?: boolean;
    /** False keeps the components that deploy when others fail. */
    readonly rollbackOnError?: boolean;
    readonly onProgress?: (text: string) => void;
}

export interface ComponentFailure {
    readonly type: string;
    readonly fullName: string;
    readonly file: string;
    readonly line: number | undefined;
    readonly column: number | undefined;
    readonly message: string;
}

export interface DeployOutcome {
    readonly id: string;
    readonly total: number;
    readonly created: number;
    readonly changed: number;
    readonly unchanged: number;
    readonly components: readonly ComponentChange[];
    readonly failures: readonly ComponentFailure[];
    /** What the org says of components that it took. */
    readonly warnings: readonly ComponentFailure[];
    /** Apex tests that ran. */
    readonly testsRun: number;
    /** Tests that failed, code that they cover too little, and what else the org says of the deploy as a whole. */
    readonly testFailures: readonly string[];
}

export interface ComponentChange {
    readonly type: string;
    readonly fullName: string;
    readonly change: 'created' | 'changed' | 'unchanged';
}

/**
 * Deploys folders of source to an org with the platform's own client and answers what became of each component. Apex goes
 * to a production org in two steps: a validation that runs all local tests, and a quick deploy of what was validated.
 */
export async function deploySource(org: BridgeOrg, request: DeployRequest): Promise<DeployOutcome> {
    Object.assign(process.env, request.replacements);
    const components = componentsOf(request);
    const needsTests = org.kind === 'production' && hasApex(components);
    const apiOptions: NonNullable<MetadataApiDeployOptions['apiOptions']> = {
        rollbackOnError: request.rollbackOnError ?? true,
        checkOnly: needsTests || (request.checkOnly ?? false),
        singlePackage: true,
        ...(needsTests && { testLevel: 'RunLocalTests' as const })
    };
    const deploy = await components.deploy({ usernameOrConnection: org.connection, apiOptions });
    deploy.onUpdate((status) => {
        const tests =
            status.numberTestsTotal > 0 ? `, ${status.numberTestsCompleted} of ${status.numberTestsTotal} tests` : '';
        request.onProgress?.(
            `${status.numberComponentsDeployed} of ${status.numberComponentsTotal} components${tests}`
        );
    });
    const { response } = await deploy.pollStatus(pollOptions(org));
    const outcome = outcomeOf(response, components);
    const isRefused = outcome.failures.length > 0 || outcome.testFailures.length > 0;
    if (!needsTests || request.checkOnly === true || isRefused) {
        return outcome;
    }
    return { ...outcome, id: await quickDeploy(org, outcome.id) };
}

function pollOptions(org: BridgeOrg): { frequency: Duration; timeout: Duration } {
    return { frequency: Duration.milliseconds(org.pollMs), timeout: Duration.milliseconds(METADATA_WAIT_MS) };
}

/** Deploys a validation without running its tests again; answers the id of that deploy. */
async function quickDeploy(org: BridgeOrg, validationId: string): Promise<string> {
    const id = await org.connection.metadata.deployRecentValidation({ id: validationId, rest: false });
    const deploy = new MetadataApiDeploy({ usernameOrConnection: org.connection, id: String(id) });
    const { response } = await deploy.pollStatus(pollOptions(org));
    if (!response.success) {
        throw new BridgeError(
            'org',
            'QUICK_DEPLOY_FAILED',
            `The ${org.role} org validated the deploy as ${validationId} and did not take it: ${response.status}.`,
            ['Run the command again: it validates what the org is now.']
        );
    }
    return response.id;
}

function hasApex(components: ComponentSet): boolean {
    return components
        .getSourceComponents()
        .toArray()
        .some(({ type }) => type.name === 'ApexClass' || type.name === 'ApexTrigger');
}

function outcomeOf(response: MetadataApiDeployStatus, components: ComponentSet): DeployOutcome {
    const messages = list(response.details?.componentSuccesses).filter((message) => message.componentType);
    const successes = messages.filter(({ problem }) => problem === undefined);
    const changes = successes.map((message): ComponentChange => ({
        type: message.componentType ?? '',
        fullName: message.fullName,
        change: isTrue(message.created) ? 'created' : isTrue(message.changed) ? 'changed' : 'unchanged'
    }));
    const count = (kind: ComponentChange['change']): number => changes.filter(({ change }) => change === kind).length;
    return {
        id: response.id,
        total: response.numberComponentsTotal,
        created: count('created'),
        changed: count('changed'),
        unchanged: count('unchanged'),
        components: changes,
        failures: list(response.details?.componentFailures).map((message) => toFailure(message, components)),
        warnings: messages
            .filter(({ problem }) => problem !== undefined)
            .map((message) => toFailure(message, components)),
        testsRun: Number(response.details?.runTestResult?.numTestsRun ?? 0),
        testFailures: testFailuresOf(response)
    };
}

interface TestMessage {
    readonly name?: string;
    readonly methodName?: string;
    readonly message?: string;
}

function testFailuresOf({ details, errorMessage }: MetadataApiDeployStatus): string[] {
    const result = details?.runTestResult;
    const failures = list<TestMessage>(result?.failures).map(
        ({ name, methodName, message }) => `${name ?? ''}.${methodName ?? ''}: ${message ?? ''}`
    );
    const warnings = list<TestMessage>(result?.codeCoverageWarnings).map(({ name, message }) =>
        name === undefined ? (message ?? '') : `${name}: ${message ?? ''}`
    );
    return [...failures, ...warnings, ...(errorMessage === undefined ? [] : [errorMessage])];
}

/** As deploySource, and a BridgeError when a component or a test failed. */
export async function deployOrThrow(org: BridgeOrg, request: DeployRequest): Promise<DeployOutcome> {
    const outcome = await deploySource(org, request);
    if (outcome.failures.length > 0 || outcome.testFailures.length > 0) {
        const lines = [...outcome.failures.map(describeFailure), ...outcome.testFailures].join('\n  ');
        throw new BridgeError(
            'org',
            'DEPLOY_FAILED',
            `The ${org.role} org refused the deploy; nothing was changed.\n  ${lines}`,
            ['Correct what is named above and run the command again.']
        );
    }
    return outcome;
}

export function describeOutcome(outcome: DeployOutcome): string {
    const { created, changed, unchanged, testsRun } = outcome;
    const tests = testsRun > 0 ? `, ${testsRun} Apex tests passed` : '';
    return `${created} created, ${changed} changed, ${unchanged} unchanged${tests}`;
}

export function describeFailure(failure: ComponentFailure): string {
    const position = failure.line === undefined ? '' : `:${failure.line}:${failure.column ?? 1}`;
    return `${failure.type} ${failure.fullName} (${failure.file}${position}): ${failure.message}`;
}

function componentsOf(request: DeployRequest): ComponentSet {
    const all = sourceOf(request);
    const { include } = request;
    const components =
        include === undefined
            ? all
            : all.filter((component) => include({ type: typeName(component.type), fullName: component.fullName }));
    components.apiVersion = sourceApiVersion();
    components.sourceApiVersion = sourceApiVersion();
    components.projectDirectory = projectRoot;
    if (components.size === 0) {
        throw new BridgeError(
            'user',
            'NO_SOURCE',
            `No metadata was found in ${(request.sourceDirs ?? []).join(', ')}.`,
            ['Pass a folder that holds Salesforce source, for example: --source-dir force-app/target']
        );
    }
    return components;
}

function sourceOf({ sourceDirs = [], files }: DeployRequest): ComponentSet {
    const components = ComponentSet.fromSource({ fsPaths: [...sourceDirs] });
    if (files !== undefined && files.size > 0) {
        componentsInMemory(files).forEach((component) => components.add(component));
    }
    return components;
}

/** Components of source in memory; `xml` is the path of one there. */
export function componentsInMemory(files: AuthSource): SourceComponent[] {
    return new MetadataResolver(undefined, new MemoryTree(files), false).getComponentsFromPath(MEMORY_ROOT);
}

function typeName(type: unknown): string {
    return typeof type === 'string' ? type : (type as { name: string }).name;
}

interface DeployMessage {
    readonly componentType?: string;
    readonly fullName: string;
    readonly fileName: string;
    readonly created: boolean | string;
    readonly changed: boolean | string;
    readonly problem?: string;
    readonly lineNumber?: string | number;
    readonly columnNumber?: string | number;
}

function toFailure(message: DeployMessage, components: ComponentSet): ComponentFailure {
    const { componentType: type = '', fullName } = message;
    // The org names the path inside the package; people look for the file in their project.
    const files = type === '' ? [] : components.getComponentFilenamesByNameAndType({ type, fullName });
    const wanted = basename(message.fileName);
    return {
        type,
        fullName,
        file: files.find((file) => basename(file) === wanted) ?? files[0] ?? message.fileName,
        line: message.lineNumber === undefined ? undefined : Number(message.lineNumber),
        column: message.columnNumber === undefined ? undefined : Number(message.columnNumber),
        message: message.problem ?? 'The org gave no reason.'
    };
}

/** SOAP answers one message as an object and several as an array. */
function list<T = DeployMessage>(value: unknown): T[] {
    if (value === undefined || value === null) {
        return [];
    }
    return (Array.isArray(value) ? value : [value]) as T[];
}

function isTrue(value: boolean | string): boolean {
    return String(value) === 'true';
}
