import { renderAuth, sourceAuthFolders } from './auth-source.ts';
import { orgPairConfig } from './config.ts';
import type { LinkedOrgs } from './context.ts';
import { callTarget } from './credential-probe.ts';
import {
    deploySource,
    describeFailure,
    describeOutcome,
    type ComponentChange,
    type DeployRequest
} from './deployment.ts';
import { integrationUsername } from './integration-user.ts';
import type { LinkPlan } from './link-plan.ts';
import { callbackUrl, codeFolders, serviceFolder } from './link-steps.ts';
import { summary, type OrgSummary } from './org-status.ts';
import { queryOne, soqlString, type BridgeOrg } from './org-connection.ts';
import { hasPermissionSets } from './permission-sets.ts';
import type { OrgKind } from './org-kind.ts';
import { presentPlan } from './present-plan.ts';
import { projectPath } from './project.ts';
import { readCredentialStatus } from './source-credential.ts';
import type { Steps } from './steps.ts';
import { externalClientAppSource } from './target-app.ts';

/** What a deploy would do to one org. */
export interface OrgChanges extends OrgSummary {
    readonly kind: OrgKind;
    readonly components: readonly ComponentChange[];
    /** Why the org would refuse the deploy; empty when it would take it. */
    readonly failures: readonly string[];
    /** Apex tests that ran in a production org. */
    readonly testsRun: number;
    /** What cannot be validated before something else was really made. */
    readonly notValidated: readonly string[];
}

export interface DryRun {
    readonly source: OrgChanges;
    readonly target: OrgChanges;
    readonly integrationUser: 'exists' | 'would be created';
    readonly accessPermissionSet: 'assigned' | 'would be assigned';
    /** Of the source: told apart by whether the target takes it, never by its value. */
    readonly credential: 'absent' | 'accepted by the target org' | 'refused by the target org';
}

/** Validates both deploys and compares what is there. Writes nothing to either org. */
export async function dryRun({ source, target }: LinkedOrgs, steps: Steps, wanted: LinkPlan): Promise<DryRun> {
    const plan = await presentPlan({ source, target }, wanted);
    const username = plan.runAs ?? integrationUsername(target, plan.flow);
    const user = await queryOne(target, `SELECT Id FROM User WHERE Username = ${soqlString(username)}`);
    const targetChanges = await steps.step('Validate the deploy to the target org', (report) =>
        validate(target, targetRequests({ source, target }, plan, username, user !== undefined), (text) =>
            report.detail(text)
        )
    );
    const sourceChanges = await steps.step('Validate the deploy to the source org', (report) =>
        validate(source, sourceRequests(target, plan), (text) => report.detail(text))
    );
    const credential = await steps.step('Compare the credential with the target org', () =>
        compareCredential(source, plan)
    );
    const isAssigned = await hasPermissionSets(source, [plan.permissionSet], source.userId);
    return {
        source: sourceChanges,
        target: targetChanges,
        integrationUser: user === undefined ? 'would be created' : 'exists',
        accessPermissionSet: isAssigned ? 'assigned' : 'would be assigned',
        credential
    };
}

interface Requests {
    readonly deploys: readonly DeployRequest[];
    readonly notValidated: readonly string[];
}

function targetRequests({ source, target }: LinkedOrgs, plan: LinkPlan, username: string, hasUser: boolean): Requests {
    const sourceDirs = codeFolders(orgPairConfig().target.packageDirectory);
    const values = {
        TARGET_ORG_URL: target.url,
        CALLBACK_URL: callbackUrl(source, plan),
        INTEGRATION_USERNAME: username
    };
    if (plan.flow === 'jwt-bearer') {
        return { deploys: [{ sourceDirs }], notValidated: ['the app: the source org makes its certificate first'] };
    }
    if (plan.app === 'connected-app') {
        return { deploys: [{ sourceDirs }], notValidated: ['the app: its key and secret are made with it'] };
    }
    const app = { sourceDirs, files: externalClientAppSource(plan, values, 'app') };
    const policies = { files: externalClientAppSource(plan, values, 'policies') };
    return hasUser
        ? { deploys: [app, policies], notValidated: [] }
        : { deploys: [app], notValidated: ['policies of the app: they name the integration user and follow it'] };
}

function sourceRequests(target: BridgeOrg, plan: LinkPlan): Requests {
    const config = orgPairConfig();
    const sourceDirs = [projectPath(config.sharedDirectory), ...codeFolders(config.source.packageDirectory)];
    if (plan.flow !== 'client-credentials') {
        return { deploys: [{ sourceDirs }], notValidated: ['the credentials: they hold the key of the app'] };
    }
    const files = renderAuth(sourceAuthFolders(plan), plan, { TARGET_ORG_URL: target.url });
    const services = serviceFolder(config.source.packageDirectory, plan);
    const all = services === undefined ? sourceDirs : [...sourceDirs, services];
    return { deploys: [{ sourceDirs: all, files }], notValidated: [] };
}

async function validate(org: BridgeOrg, requests: Requests, say: (text: string) => void): Promise<OrgChanges> {
    const components: ComponentChange[] = [];
    const failures: string[] = [];
    let testsRun = 0;
    for (const request of requests.deploys) {
        const outcome = await deploySource(org, { ...request, checkOnly: true });
        components.push(...outcome.components);
        failures.push(...outcome.failures.map(describeFailure), ...outcome.testFailures);
        testsRun += outcome.testsRun;
        say(describeOutcome(outcome));
    }
    const { notValidated } = requests;
    return { ...summary(org), kind: org.kind, components, failures, testsRun, notValidated };
}

/** The platform tells no secret, so that the only comparison is whether the other org takes it. */
async function compareCredential(source: BridgeOrg, plan: LinkPlan): Promise<DryRun['credential']> {
    const status = await readCredentialStatus(source, plan).catch(() => undefined);
    if (status !== 'Configured') {
        return 'absent';
    }
    const call = await callTarget(source, plan, orgPairConfig().target.apiPath);
    return call.ok ? 'accepted by the target org' : 'refused by the target org';
}

/** For people: one line for each component that would change, and what else would happen. */
export function describeDryRun(run: DryRun): string[] {
    return [
        ...describeOrg('Source', run.source),
        ...describeOrg('Target', run.target),
        `Integration user of the target: ${run.integrationUser}`,
        `Access permission set of your user: ${run.accessPermissionSet}`,
        `Credential of the source: ${run.credential}`,
        'Nothing was changed.'
    ];
}

function describeOrg(name: string, changes: OrgChanges): string[] {
    const unchanged = changes.components.filter(({ change }) => change === 'unchanged').length;
    return [
        `${name}  ${changes.url}  ${changes.orgId}  ${changes.kind}`,
        ...changes.components
            .filter(({ change }) => change !== 'unchanged')
            .map(({ type, fullName, change }) => `  ${change.padEnd(8)} ${type} ${fullName}`),
        `  ${unchanged} components are as they are in this project`,
        ...(changes.testsRun > 0 ? [`  ${changes.testsRun} Apex tests ran`] : []),
        ...changes.notValidated.map((text) => `  not validated: ${text}`),
        ...changes.failures.map((text) => `  refused: ${text}`)
    ];
}
