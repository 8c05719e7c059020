import { isWithoutAccess } from '../lib/callout-refusal.ts';
import { soqlString, type BridgeOrg } from '../lib/org-connection.ts';

/** Names of the permission sets that a user has, by themselves or through groups. */
export async function assignedSets(org: BridgeOrg, userId: string): Promise<string[]> {
    const soql = `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE AssigneeId = ${soqlString(userId)}`;
    const { records } = await org.connection.query<{ PermissionSet: { Name: string } | null }>(soql);
    return records.flatMap(({ PermissionSet }) => PermissionSet?.Name ?? []);
}

/** An Apex job of the last day that failed because its user may not use the credential. */
export interface FailedJob {
    readonly username: string;
    readonly apexClass: string;
    readonly message: string;
}

interface JobRow {
    readonly CreatedById: string;
    readonly CreatedBy: { readonly Username: string };
    readonly ApexClass: { readonly Name: string } | null;
    readonly ExtendedStatus: string | null;
}

/** Jobs of users who still lack the permission set; those of users who got it meanwhile are history. */
export async function failedJobs(org: BridgeOrg, permissionSet: string): Promise<FailedJob[]> {
    const { records } = await org.connection.query<JobRow>(
        'SELECT CreatedById, CreatedBy.Username, ApexClass.Name, ExtendedStatus FROM AsyncApexJob ' +
            "WHERE Status = 'Failed' AND CreatedBy.IsActive = true AND CreatedDate = LAST_N_DAYS:1 ORDER BY CreatedDate DESC LIMIT 200"
    );
    const refused = records.filter(({ ExtendedStatus }) => isWithoutAccess(ExtendedStatus ?? ''));
    const jobs: FailedJob[] = [];
    for (const [userId, [job]] of Map.groupBy(refused, ({ CreatedById }) => CreatedById)) {
        if (!(await assignedSets(org, userId)).includes(permissionSet)) {
            jobs.push({
                username: job.CreatedBy.Username,
                apexClass: job.ApexClass?.Name ?? 'Apex',
                message: job.ExtendedStatus ?? ''
            });
        }
    }
    return jobs;
}
