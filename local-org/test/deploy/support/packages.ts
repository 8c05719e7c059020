import { zipSync } from 'fflate';
import {
    DEFAULT_OPTIONS,
    type DeployMessage,
    type DeployOptions,
    type DeployResult
} from '../../../src/deploy/deploy-types.ts';
import { deploymentsOf } from '../../../src/deploy/deployments.ts';
import type { LocalOrg } from '../../../src/org/local-org.ts';

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** An XML file with the root element around the content. */
export function xml(root: string, content: string): string {
    return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} ${NAMESPACE}>${content}</${root}>`;
}

/** A package.xml: types with their members. */
export function manifest(members: Readonly<Record<string, readonly string[]>>): string {
    const types = Object.entries(members).map(
        ([type, names]) =>
            `<types>${names.map((name) => `<members>${name}</members>`).join('')}<name>${type}</name></types>`
    );
    return xml('Package', `${types.join('')}<version>67.0</version>`);
}

/** Paths to text; `package.xml` lists `members`. */
export function zipOf(members: Readonly<Record<string, readonly string[]>>, files: Readonly<Record<string, string>>) {
    const all = { 'package.xml': manifest(members), ...files };
    return zipSync(Object.fromEntries(Object.entries(all).map(([path, text]) => [path, Buffer.from(text)])));
}

export function apexClass(name: string, body = `public class ${name} {}`): Record<string, string> {
    return {
        [`classes/${name}.cls`]: body,
        [`classes/${name}.cls-meta.xml`]: xml('ApexClass', '<apiVersion>67.0</apiVersion><status>Active</status>')
    };
}

export function deploy(
    org: LocalOrg,
    members: Readonly<Record<string, readonly string[]>>,
    files: Readonly<Record<string, string>>,
    options: Partial<DeployOptions> = {}
): DeployResult {
    return deployZip(org, zipOf(members, files), options);
}

export function deployZip(org: LocalOrg, zip: Uint8Array, options: Partial<DeployOptions> = {}): DeployResult {
    const deployments = deploymentsOf(org);
    const call = { zip, options: { ...DEFAULT_OPTIONS, ...options }, userId: org.admin.userId };
    const result = deployments.result(deployments.deploy(call));
    if (!result) {
        throw new Error('the deploy has no result');
    }
    return result;
}

/** Deploys one component of a type and answers what a client shows of it. */
export function deployOne(org: LocalOrg, type: string, path: string, content: string): string[] {
    const fullName = path.slice(path.indexOf('/') + 1, path.lastIndexOf('.'));
    return summary(deploy(org, { [type]: [fullName] }, { [path]: xml(type, content) }));
}

/** `created ApexClass A`, `failed ApexClass B (3:9): text`: what a client shows, without package.xml. */
export function summary({ messages }: DeployResult): string[] {
    return messages.filter(({ componentType }) => componentType !== '').map(describe);
}

function describe(message: DeployMessage): string {
    const state = message.created
        ? 'created'
        : message.deleted
          ? 'deleted'
          : message.changed
            ? 'changed'
            : message.success
              ? 'unchanged'
              : 'failed';
    const place = message.lineNumber === undefined ? '' : ` (${message.lineNumber}:${message.columnNumber})`;
    const problem = message.problem === undefined ? '' : `${place}: ${message.problem}`;
    return `${state} ${message.componentType} ${message.fullName}${problem}`;
}
