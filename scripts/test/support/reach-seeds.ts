import { queryOne } from '../../lib/org-connection.ts';
import { assignPermissionSet, unassignPermissionSet } from '../../lib/permission-sets.ts';
import { add, type Component } from './org-edits.ts';
import { otherAdmin, type Role, type Seed } from './seed.ts';

function api(role: Role, rule: string, values: { enabled?: boolean; used?: number }): Seed {
    return {
        rule,
        touches: [`api ${role}`],
        shuts: !rule.endsWith('-low'),
        async plant({ pair }) {
            await pair.control[role].setApi(values);
            return () => pair.control[role].setApi({ enabled: true, used: 100 });
        }
    };
}

/** What an administrator has and a standard user lacks of all that the doctor asks for, but for the Metadata API. */
const REST_OF_SETUP: Component = { type: 'PermissionSet', fullName: 'Seed_Rest_Of_Setup' };
const REST_OF_SETUP_XML = `<?xml version="1.0" encoding="UTF-8"?><PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">
    <label>Rest of Setup</label>
    <userPermissions><enabled>true</enabled><name>AuthorApex</name></userPermissions>
    <userPermissions><enabled>true</enabled><name>CustomizeApplication</name></userPermissions>
</PermissionSet>`;

/** Your user of an org becomes one to whom the Metadata API is closed. Nobody changes the profile of their own user. */
function unreadable(role: Role): Seed {
    return {
        rule: `${role}-metadata-unreadable`,
        touches: [`own profile ${role}`],
        shuts: true,
        evidence: /^INSUFFICIENT_ACCESS: use of the Metadata API requires a user with the .*ModifyMetadata permission/,
        async plant(linked) {
            const { [role]: own } = linked.orgs;
            const { fullName } = REST_OF_SETUP;
            const admin = await otherAdmin(linked, role);
            const become = async (profile: string): Promise<void> => {
                const row = await queryOne<{ Id: string }>(admin, `SELECT Id FROM Profile WHERE Name = '${profile}'`);
                await admin.connection.sobject('User').update({ Id: own.userId, ProfileId: row?.Id } as never);
            };
            const gone = await add(admin, REST_OF_SETUP, `permissionsets/${fullName}.permissionset`, REST_OF_SETUP_XML);
            await assignPermissionSet(admin, fullName, own.userId);
            await become('Standard User');
            return async () => {
                await become('System Administrator');
                await unassignPermissionSet(admin, fullName, own.userId);
                await gone();
                await own.connection.sobject('User').update({ Id: admin.userId, IsActive: false } as never);
            };
        }
    };
}

/** What is planted where the orgs are reached. */
export const REACH_SEEDS: readonly Seed[] = [
    // Before those that leave no API to plant it with.
    unreadable('source'),
    unreadable('target'),
    api('source', 'source-requests-low', { used: 14_000 }),
    api('target', 'target-requests-low', { used: 14_000 }),
    api('source', 'source-request-limit', { used: 15_000 }),
    api('target', 'target-request-limit', { used: 15_000 }),
    api('source', 'source-api-disabled', { enabled: false }),
    api('target', 'target-api-disabled', { enabled: false })
];
