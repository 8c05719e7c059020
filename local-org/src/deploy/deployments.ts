import type { LocalOrg } from '../org/local-org.ts';
import { compileDeployedApex } from './apex-compilation.ts';
import type { DeployOptions, DeployResult } from './deploy-types.ts';
import { DeployRefusal } from './deploy-refusal.ts';
import { PackageError, readPackageFiles } from './package/package-files.ts';
import { withTestLevel } from './production.ts';
import { runDeploy } from './run-deploy.ts';
import { sourceMembersOf } from './source-members.ts';

export interface DeployCall {
    readonly zip: Uint8Array;
    readonly options: DeployOptions;
    readonly userId: string;
}

/** The deploys of one org, with their results. They run at once: the first status request finds them done. */
export interface Deployments {
    /** Id of the deploy, `0Af…`. Throws DeployRefusal for what a production org does not take. */
    deploy(call: DeployCall): string;
    result(id: string): DeployResult | undefined;
    /**
     * Deploys a validated package without running its tests again. Throws DeployRefusal when the id names no validation
     * that ran tests, succeeded, is at most 10 days old and was not followed by a deploy.
     */
    deployRecentValidation(validationId: string, userId: string): string;
    /** Newest first. */
    list(): readonly DeployResult[];
    /** Compiles and installs the Apex code that is in the registry, after a restart with data. */
    installDeployedApex(): void;
}

/** Key prefix of DeployRequest. */
const DEPLOY_PREFIX = '0Af';

/** Source: Metadata API Developer Guide, deployRecentValidation(). */
const VALIDATION_MS = 10 * 24 * 3_600_000;

interface Validation {
    readonly call: DeployCall;
    /** Milliseconds since 1970. */
    readonly at: number;
}

export function createDeployments(org: LocalOrg): Deployments {
    const results = new Map<string, DeployResult>();
    const validations = new Map<string, Validation>();

    /** Past the rules that a client is held to. */
    function run(call: DeployCall): string {
        const id = org.newId(DEPLOY_PREFIX);
        const userName = org.users.byId(call.userId)?.name ?? '';
        const result = runDeploy({ id, userName, ...call }, { org });
        results.set(id, result);
        if (result.success && !call.options.checkOnly) {
            // After any deploy the org is no longer the one that was validated for.
            validations.clear();
            if (org.tracksSource) {
                sourceMembersOf(org).record(result);
            }
        }
        if (call.options.checkOnly && result.status === 'Succeeded') {
            validations.set(id, { call, at: org.clock.now() });
        }
        return id;
    }

    function find(id: string): DeployResult | undefined {
        return results.get(id) ?? [...results.values()].find((result) => result.id.slice(0, 15) === id);
    }

    return {
        deploy(call) {
            const options = withTestLevel(call.options, org, () => holdsApex(call.zip));
            return run({ ...call, options });
        },
        result: find,
        deployRecentValidation(validationId, userId) {
            const validated = find(validationId);
            const validation = validated && validations.get(validated.id);
            const problem = quickDeployProblem(validationId, validated, validation, org.clock.now());
            if (validation === undefined || problem !== undefined) {
                throw new DeployRefusal('INVALID_ID_FIELD', problem ?? '');
            }
            const { call } = validation;
            const options = { ...call.options, checkOnly: false, testLevel: 'NoTestRun' } as const;
            return run({ ...call, userId, options });
        },
        list: () => [...results.values()].reverse(),
        installDeployedApex: () => org.apex.install(compileDeployedApex(org).program)
    };
}

/** Why a validation cannot be deployed; the platform's own wording is not documented. */
function quickDeployProblem(
    id: string,
    validated: DeployResult | undefined,
    validation: Validation | undefined,
    now: number
): string | undefined {
    const subject = `The validation ${id} cannot be deployed`;
    if (validated === undefined) {
        return `${subject}: there is no deploy with this id`;
    }
    if (!validated.options.checkOnly) {
        return `${subject}: it was a deploy, not a validation`;
    }
    if (validated.status !== 'Succeeded') {
        return `${subject}: it failed`;
    }
    if (validated.options.testLevel === 'NoTestRun') {
        return `${subject}: it ran no tests`;
    }
    if (validation === undefined) {
        return `${subject}: something was deployed after it; validate again`;
    }
    return now - validation.at > VALIDATION_MS ? `${subject}: it is older than 10 days` : undefined;
}

/** What cannot be unpacked is the deploy's to report. */
function holdsApex(zip: Uint8Array): boolean {
    try {
        return [...readPackageFiles(zip).keys()].some((path) => /\.(cls|trigger)$/.test(path));
    } catch (error) {
        if (error instanceof PackageError) {
            return false;
        }
        throw error;
    }
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
