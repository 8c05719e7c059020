import type { LocalOrg } from '../org/local-org.ts';
import { compileDeployedApex } from './apex-compilation.ts';
import type { DeployOptions, DeployResult } from './deploy-types.ts';
import { runDeploy } from './run-deploy.ts';
import { sourceMembersOf } from './source-members.ts';

export interface DeployCall {
    readonly zip: Uint8Array;
    readonly options: DeployOptions;
    readonly userId: string;
}

/** The deploys of one org, with their results. They run at once: the first status request finds them done. */
export interface Deployments {
    /** Id of the deploy, `0Af…`. */
    deploy(call: DeployCall): string;
    result(id: string): DeployResult | undefined;
    /** Deploys a validated package without its tests. Undefined when the id names no successful validation. */
    deployRecentValidation(validationId: string, userId: string): string | undefined;
    /** Newest first. */
    list(): readonly DeployResult[];
    /** Compiles and installs the Apex code that is in the registry, after a restart with data. */
    installDeployedApex(): void;
}

/** Key prefix of DeployRequest. */
const DEPLOY_PREFIX = '0Af';

export function createDeployments(org: LocalOrg): Deployments {
    const results = new Map<string, DeployResult>();
    const validated = new Map<string, DeployCall>();

    function deploy(call: DeployCall): string {
        const id = org.newId(DEPLOY_PREFIX);
        const userName = org.users.byId(call.userId)?.name ?? '';
        const result = runDeploy({ id, userName, ...call }, { org });
        results.set(id, result);
        if (org.tracksSource && result.success && !call.options.checkOnly) {
            sourceMembersOf(org).record(result);
        }
        if (call.options.checkOnly && result.status === 'Succeeded') {
            validated.set(id, call);
        }
        return id;
    }

    return {
        deploy,
        result: (id) => results.get(id) ?? [...results.values()].find((result) => result.id.slice(0, 15) === id),
        deployRecentValidation(validationId, userId) {
            const call = validated.get(validationId);
            validated.delete(validationId);
            return (
                call &&
                deploy({ ...call, userId, options: { ...call.options, checkOnly: false, testLevel: 'NoTestRun' } })
            );
        },
        list: () => [...results.values()].reverse(),
        installDeployedApex: () => org.apex.install(compileDeployedApex(org).program)
    };
}

const deploymentsOfOrg = new WeakMap<LocalOrg, Deployments>();

/** The one Deployments of an org; every surface that deploys shares it. */
export function deploymentsOf(org: LocalOrg): Deployments {
    const existing = deploymentsOfOrg.get(org);
    if (existing) {
        return existing;
    }
    const created = createDeployments(org);
    deploymentsOfOrg.set(org, created);
    return created;
}
