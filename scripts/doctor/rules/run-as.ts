import { appSetting, isAdminApproved } from '../app-settings.ts';
import type { Facts } from '../facts.ts';
import { failureWith, isBroken, setting } from '../link-state.ts';
import type { DoctorRule } from '../rule.ts';
import { APP_INCOMPLETE } from './app.ts';
import { SOURCE_SHUT } from './reach.ts';
import { BEFORE_CALL } from './stages.ts';

/** Where a user is named, not found out: somebody who logs in by a page exists. */
const NAMED_BY = ['client-credentials', 'jwt-bearer'] as const;
/** An assertion names the user in the source org: with that shut nobody knows who it is. */
const NAMED_IN_SOURCE: DoctorRule['hiddenInFlow'] = { 'jwt-bearer': SOURCE_SHUT };
const UNKNOWN = ['run-as-unset', 'run-as-unknown', 'run-as-is-email', 'user-not-mapped'];

function apiSets({ config }: Facts): string {
    return config.target.permissionSets.join(', ');
}

/** External client apps list permission sets by API name, connected apps by label. */
function apiSetNames({ target, config, plan }: Facts): string[] {
    const { permissionSets } = config.target;
    return plan.app === 'connected-app'
        ? permissionSets.map((name) => target.documents.get('PermissionSet', name)?.text('label') ?? name)
        : [...permissionSets];
}

/** The user as whom the source acts, and who may use the app. */
export const RUN_AS: readonly DoctorRule[] = [
    {
        id: 'run-as-unset',
        severity: 'error',
        org: 'target',
        flows: ['client-credentials'],
        title: 'The app names no run-as user',
        hiddenBy: APP_INCOMPLETE,
        fix: 'Name the run-as user in the policy of the app: npm run bridge -- deploy.',
        remedy: 'deploy',
        find: (facts) => {
            const runAs = appSetting(facts, 'runAs');
            return runAs !== undefined && runAs.values.length === 0 ? setting(facts, runAs.shown) : undefined;
        }
    },
    {
        id: 'user-not-mapped',
        severity: 'error',
        org: 'source',
        flows: ['jwt-bearer'],
        title: 'You have no federation identifier, which says who you are in the target org',
        hiddenBy: SOURCE_SHUT,
        fix: 'Set it to your user name in the target org: npm run bridge -- connect does so for you.',
        remedy: 'connect',
        find: (facts) =>
            facts.source.login.federationId === ''
                ? setting(facts, `User ${facts.orgs.source.username}: FederationIdentifier = (empty)`)
                : undefined
    },
    {
        id: 'run-as-unknown',
        severity: 'error',
        org: 'target',
        flows: NAMED_BY,
        title: 'The user as whom the source acts does not exist',
        hiddenBy: APP_INCOMPLETE,
        hiddenInFlow: NAMED_IN_SOURCE,
        fix: 'Name a user that exists, or let one be made: npm run bridge -- repair.',
        remedy: 'deploy',
        find: (facts) => {
            const { user } = facts.target;
            return user !== undefined && user.user === undefined && user.byEmail.length === 0
                ? setting(facts, `${user.shown}: no User has this user name`)
                : undefined;
        }
    },
    {
        id: 'run-as-is-email',
        severity: 'error',
        org: 'target',
        flows: NAMED_BY,
        title: 'The user as whom the source acts is named by e-mail address instead of user name',
        hiddenBy: APP_INCOMPLETE,
        hiddenInFlow: NAMED_IN_SOURCE,
        fix: 'Write the user name in its place: npm run bridge -- deploy, then connect.',
        remedy: 'deploy',
        find: (facts) => {
            const { user } = facts.target;
            return user !== undefined && user.user === undefined && user.byEmail.length > 0
                ? setting(facts, `${user.shown}: the e-mail address of ${user.byEmail.join(', ')}`)
                : undefined;
        }
    },
    {
        id: 'run-as-inactive',
        severity: 'error',
        org: 'target',
        title: 'The user as whom the source acts is not active',
        hiddenBy: APP_INCOMPLETE,
        hiddenInFlow: NAMED_IN_SOURCE,
        fix: 'Activate the user in Setup > Users of the target org, or pass another one with --run-as.',
        find: (facts) => {
            const { user } = facts.target;
            return isBroken(facts) && user?.user?.active === false
                ? setting(facts, `${user.shown}: IsActive = false`)
                : undefined;
        }
    },
    {
        id: 'app-self-authorized',
        severity: 'error',
        org: 'target',
        flows: ['jwt-bearer'],
        title: 'The app lets users approve it themselves, which nobody can in the JWT bearer flow',
        hiddenBy: APP_INCOMPLETE,
        fix: 'Let an administrator approve the users by the API permission set: npm run bridge -- deploy.',
        remedy: 'deploy',
        // Somebody who approved it in a browser before may use it.
        find: (facts) =>
            isBroken(facts) && isAdminApproved(facts) === false
                ? setting(facts, appSetting(facts, 'approval')?.shown ?? '')
                : undefined
    },
    {
        id: 'user-not-approved',
        severity: 'error',
        org: 'target',
        title: 'The user as whom the source acts has no permission set that the app approves',
        hiddenBy: [...APP_INCOMPLETE, ...UNKNOWN, 'app-self-authorized', 'api-set-missing'],
        hiddenInFlow: NAMED_IN_SOURCE,
        fix: 'Assign the API permission set to the user: npm run bridge -- deploy.',
        remedy: 'deploy',
        find: (facts) => {
            const { user } = facts.target;
            const sets = user?.user?.permissionSets;
            return sets !== undefined && !facts.config.target.permissionSets.some((name) => sets.includes(name))
                ? setting(facts, `${user?.shown}: permission set ${apiSets(facts)} is not assigned`)
                : undefined;
        }
    },
    {
        id: 'policy-names-other-set',
        severity: 'error',
        org: 'target',
        title: 'The app approves another permission set',
        hiddenBy: [...APP_INCOMPLETE, 'api-set-missing'],
        fix: 'Let the app approve the API permission set: npm run bridge -- deploy.',
        remedy: 'deploy',
        find: (facts) => {
            const approved = appSetting(facts, 'approvedSets');
            return approved !== undefined &&
                isAdminApproved(facts) === true &&
                !apiSetNames(facts).some((name) => approved.values.includes(name))
                ? setting(facts, approved.shown)
                : undefined;
        }
    },
    {
        id: 'user-api-disabled',
        severity: 'error',
        org: 'target',
        title: 'The user as whom the source acts lacks the permission API Enabled',
        hiddenBy: [...BEFORE_CALL, 'scope-missing'],
        fix: 'Give API Enabled with the API permission set or the profile of the user: npm run bridge -- deploy.',
        remedy: 'deploy',
        find: (facts) => failureWith(facts, 'API_CURRENTLY_DISABLED')
    }
];
