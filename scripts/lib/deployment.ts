import './client-environment.ts';
import { basename } from 'node:path';
import { Duration } from '@salesforce/kit';
import { ComponentSet, MetadataResolver, type MetadataApiDeployOptions } from '@salesforce/source-deploy-retrieve';
import { MEMORY_ROOT, type AuthSource } from './auth-source.ts';
import { BridgeError } from './errors.ts';
import { MemoryTree } from './memory-tree.ts';
import type { BridgeOrg } from './org-connection.ts';
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
    readonly failures: readonly ComponentFailure[];
}

/** Deploys folders of source to an org with the platform's own client and answers what became of each component. */
export async function deploySource(org: BridgeOrg, request: DeployRequest): Promise<DeployOutcome> {
    Object.assign(process.env, request.replacements);
    const components = componentsOf(request);
    const apiOptions: NonNullable<MetadataApiDeployOptions['apiOptions']> = {
        rollbackOnError: request.rollbackOnError ?? true,
        checkOnly: request.checkOnly ?? false,
        singlePackage: true
    };
    const deploy = await components.deploy({ usernameOrConnection: org.connection, apiOptions });
    deploy.onUpdate((status) => {
        request.onProgress?.(`${status.numberComponentsDeployed} of ${status.numberComponentsTotal} components`);
    });
    const { response } = await deploy.pollStatus({
        frequency: Duration.milliseconds(org.pollMs),
        timeout: Duration.hours(1)
    });
    const successes = list(response.details?.componentSuccesses).filter((message) => message.componentType);
    return {
        id: response.id,
        total: response.numberComponentsTotal,
        created: successes.filter((message) => isTrue(message.created)).length,
        changed: successes.filter((message) => !isTrue(message.created) && isTrue(message.changed)).length,
        unchanged: successes.filter((message) => !isTrue(message.created) && !isTrue(message.changed)).length,
        failures: list(response.details?.componentFailures).map((message) => toFailure(message, components))
    };
}

/** As deploySource, and a BridgeError when a component failed. */
export async function deployOrThrow(org: BridgeOrg, request: DeployRequest): Promise<DeployOutcome> {
    const outcome = await deploySource(org, request);
    if (outcome.failures.length > 0) {
        const lines = outcome.failures.map(describeFailure).join('\n  ');
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
    const { created, changed, unchanged } = outcome;
    return `${created} created, ${changed} changed, ${unchanged} unchanged`;
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
        const resolver = new MetadataResolver(undefined, new MemoryTree(files), false);
        resolver.getComponentsFromPath(MEMORY_ROOT).forEach((component) => components.add(component));
    }
    return components;
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
function list(value: unknown): DeployMessage[] {
    if (value === undefined || value === null) {
        return [];
    }
    return (Array.isArray(value) ? value : [value]) as DeployMessage[];
}

function isTrue(value: boolean | string): boolean {
    return String(value) === 'true';
}
