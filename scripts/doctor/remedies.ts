import type { LinkedOrgs } from '../lib/context.ts';
import type { LinkPlan } from '../lib/link-plan.ts';
import { connectOrgs, deployBoth } from '../lib/link.ts';
import { writeBooleanSetting } from '../lib/metadata-settings.ts';
import { assignPermissionSet, unassignPermissionSet } from '../lib/permission-sets.ts';
import { SECRET_ACCESS } from '../lib/app-credentials.ts';
import { queryAll, soqlString } from '../lib/org-connection.ts';
import type { Steps } from '../lib/steps.ts';
import type { Facts } from './facts.ts';

export type RemedyId = 'deploy' | 'connect' | 'assign-access' | 'close-secrets';

interface Remedy {
    /** What people type to get the same. */
    readonly command: string;
    run(orgs: LinkedOrgs, plan: LinkPlan, steps: Steps, facts: Facts): Promise<void>;
}

/**
 * What `--fix` may do: bring back what the project says, store the app's present secret, give you the permission set.
 * Nothing that somebody may have done on purpose: a blocked app, an inactive user, an IP range stay as they are.
 * In the order in which they run.
 */
export const REMEDIES: Readonly<Record<RemedyId, Remedy>> = {
    'close-secrets': {
        command: 'npm run bridge -- doctor --fix',
        async run({ target }, _plan, steps, { config }) {
            await steps.step('Close the gates before the secrets of apps', async () => {
                await writeBooleanSetting(target, SECRET_ACCESS, false);
                const name = config.target.credentialSetupPermissionSet;
                const soql = `SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.Name = ${soqlString(name)}`;
                for (const { AssigneeId } of await queryAll<{ AssigneeId: string }>(target, soql)) {
                    await unassignPermissionSet(target, name, AssigneeId);
                }
            });
        }
    },
    deploy: {
        command: 'npm run bridge -- deploy && npm run bridge -- connect',
        async run(orgs, plan, steps) {
            await deployBoth(orgs, steps, plan);
            await connectOrgs(orgs, steps, plan);
        }
    },
    connect: {
        command: 'npm run bridge -- connect',
        run: (orgs, plan, steps) => connectOrgs(orgs, steps, plan)
    },
    'assign-access': {
        command: 'npm run bridge -- connect',
        run: ({ source }, plan, steps) =>
            steps.step('Assign the access permission set to your user', async () => {
                await assignPermissionSet(source, plan.permissionSet, source.userId);
            })
    }
};
