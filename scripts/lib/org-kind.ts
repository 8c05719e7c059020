import type { Connection } from '@salesforce/core';

/** What an org is for. Changing a production org asks first, and its deploys run the Apex tests. */
export type OrgKind = 'production' | 'sandbox' | 'scratch' | 'developer';

interface Organization {
    readonly IsSandbox: boolean;
    readonly OrganizationType: string;
    readonly TrialExpirationDate: string | null;
}

/**
 * The platform's own line: orgs other than sandboxes, scratch orgs, trials and Developer Edition do not take Apex without
 * its tests. (Metadata API Developer Guide, "Running Tests in a Deployment".)
 */
export async function readOrgKind(connection: Connection): Promise<OrgKind> {
    const soql = 'SELECT IsSandbox, OrganizationType, TrialExpirationDate FROM Organization';
    const { records } = await connection.query<Organization>(soql);
    const [{ IsSandbox, OrganizationType, TrialExpirationDate }] = records;
    if (TrialExpirationDate !== null) {
        return 'scratch';
    }
    return IsSandbox ? 'sandbox' : OrganizationType === 'Developer Edition' ? 'developer' : 'production';
}
