import { BridgeError } from './errors.ts';
import { queryOne, soqlString, type BridgeOrg } from './org-connection.ts';

/** Assigns a permission set. Answers false when the user already had it. */
export async function assignPermissionSet(org: BridgeOrg, name: string, userId: string): Promise<boolean> {
    if ((await assignmentId(org, name, userId)) !== undefined) {
        return false;
    }
    const permissionSet = await queryOne<{ Id: string }>(
        org,
        `SELECT Id FROM PermissionSet WHERE Name = ${soqlString(name)}`
    );
    if (permissionSet === undefined) {
        throw new BridgeError('org', 'PERMISSION_SET_MISSING', `The ${org.role} org has no permission set "${name}".`, [
            'Run: npm run bridge -- deploy'
        ]);
    }
    await org.connection
        .sobject('PermissionSetAssignment')
        .create({ AssigneeId: userId, PermissionSetId: permissionSet.Id });
    return true;
}

/** Assigns several; answers those that were missing. */
export async function assignPermissionSets(
    org: BridgeOrg,
    names: readonly string[],
    userId: string
): Promise<string[]> {
    const assigned: string[] = [];
    for (const name of names) {
        if (await assignPermissionSet(org, name, userId)) {
            assigned.push(name);
        }
    }
    return assigned;
}

/** Takes a permission set away. Answers false when the user did not have it. */
export async function unassignPermissionSet(org: BridgeOrg, name: string, userId: string): Promise<boolean> {
    const id = await assignmentId(org, name, userId);
    if (id === undefined) {
        return false;
    }
    await org.connection.sobject('PermissionSetAssignment').delete(id);
    return true;
}

export async function hasPermissionSets(org: BridgeOrg, names: readonly string[], userId: string): Promise<boolean> {
    const ids = await Promise.all(names.map((name) => assignmentId(org, name, userId)));
    return ids.every((id) => id !== undefined);
}

async function assignmentId(org: BridgeOrg, name: string, userId: string): Promise<string | undefined> {
    const row = await queryOne<{ Id: string }>(
        org,
        'SELECT Id FROM PermissionSetAssignment ' +
            `WHERE AssigneeId = ${soqlString(userId)} AND PermissionSet.Name = ${soqlString(name)}`
    );
    return row?.Id;
}
