import type { LocalOrg } from '../org/local-org.ts';
import type { DeployOptions } from './deploy-types.ts';
import { DeployRefusal } from './deploy-refusal.ts';

/**
 * Production orgs do not take Apex without its tests. Every org is one that is no sandbox, scratch org, trial or Developer
 * Edition org. Source: Metadata API Developer Guide, "Running Tests in a Deployment".
 */
export function isProduction(org: LocalOrg): boolean {
    const access = { userId: org.admin.userId, mode: 'system', sharing: false } as const;
    const soql = 'SELECT IsSandbox, OrganizationType, TrialExpirationDate FROM Organization';
    const [about] = org.database.query(soql, { access }).records;
    const isForDevelopment = about.get('IsSandbox') === true || about.get('OrganizationType') === 'Developer Edition';
    return !isForDevelopment && (about.get('TrialExpirationDate') ?? null) === null;
}

/** The options with the test level that counts. Throws for a level that the org does not take. */
export function withTestLevel(options: DeployOptions, org: LocalOrg, hasApex: () => boolean): DeployOptions {
    if (options.testLevel !== 'NoTestRun' || !isProduction(org)) {
        return options;
    }
    if (options.testLevelGiven) {
        throw new DeployRefusal(
            'INVALID_OPERATION',
            'testLevel of NoTestRun cannot be used in production organizations'
        );
    }
    return hasApex() ? { ...options, testLevel: 'RunLocalTests' } : options;
}
