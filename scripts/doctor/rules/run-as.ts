import type { Facts } from '../facts.ts';
import { failureWith, setting } from '../link-state.ts';
import type { DoctorRule } from '../rule.ts';
import { APP_GONE, oauthPolicy, shown } from './app.ts';
import { BEFORE_APP, BEFORE_CALL, BEFORE_TOKEN } from './stages.ts';

const POLICY_GONE = [...APP_GONE, 'app-settings-missing'];

function apiSets({ config }: Facts): string {
    return config.target.permissionSets.join(', ');
}

/** The user as whom the source acts, and who may use the app. */
export const RUN_AS: readonly DoctorRule[] = [
    {
        id: 'run-as-unset',
        severity: 'error',
        org: 'target',
        flows: ['client-credentials'],
        title: 'The policy of the app names no run-as user',
        hiddenBy: POLICY_GONE,
        fix: 'Set clientCredentialsFlowUser in the OAuth policy: npm run bridge -- deploy.',
        remedy: 'deploy',
        find: (facts) => {
            const policy = oauthPolicy(facts);
            return policy !== undefined && policy.text('clientCredentialsFlowUser') === undefined
                ? setting(facts, shown(policy, 'clientCredentialsFlowUser'))
                : undefined;
        }
    },
    {
        id: 'run-as-unknown',
        severity: 'error',
        org: 'target',
        flows: ['client-credentials'],
        title: 'The run-as user of the app does not exist',
        hiddenBy: POLICY_GONE,
        fix: 'Name a user that exists, or let one be made: npm run bridge -- repair.',
        remedy: 'deploy',
        find: (facts) => {
            const { runAs } = facts.target;
            return runAs !== undefined && runAs.user === undefined && runAs.byEmail.length === 0
                ? setting(facts, `clientCredentialsFlowUser = ${runAs.named}: no User has this user name`)
                : undefined;
        }
    },
    {
        id: 'run-as-is-email',
        severity: 'error',
        org: 'target',
        flows: ['client-credentials'],
        title: 'The run-as user is named by e-mail address instead of user name',
        hiddenBy: POLICY_GONE,
        fix: 'Put the user name into clientCredentialsFlowUser: npm run bridge -- deploy.',
        remedy: 'deploy',
        find: (facts) => {
            const { runAs } = facts.target;
            return runAs !== undefined && runAs.user === undefined && runAs.byEmail.length > 0
                ? setting(
                      facts,
                      `clientCredentialsFlowUser = ${runAs.named}: the e-mail address of ${runAs.byEmail.join(', ')}`
                  )
                : undefined;
        }
    },
    {
        id: 'run-as-inactive',
        severity: 'error',
        org: 'target',
        flows: ['client-credentials'],
        title: 'The run-as user is not active',
        hiddenBy: POLICY_GONE,
        fix: 'Activate the user in Setup > Users of the target org, or pass another one with --run-as.',
        find: (facts) => {
            const { runAs } = facts.target;
            return runAs?.user?.active === false ? setting(facts, `User ${runAs.named}: IsActive = false`) : undefined;
        }
    },
    {
        id: 'user-not-approved',
        severity: 'error',
        org: 'target',
        title: 'The run-as user has no permission set that the policy of the app names',
        hiddenBy: [...POLICY_GONE, 'run-as-unset', 'run-as-unknown', 'run-as-is-email', 'api-set-missing'],
        fix: 'Assign the API permission set to the run-as user: npm run bridge -- deploy.',
        remedy: 'deploy',
        find: (facts) => {
            const { user, named } = facts.target.runAs ?? {};
            const { permissionSets } = facts.config.target;
            return user !== undefined && !permissionSets.some((name) => user.permissionSets.includes(name))
                ? setting(facts, `User ${named}: permission set ${apiSets(facts)} is not assigned`)
                : undefined;
        }
    },
    {
        id: 'policy-names-other-set',
        severity: 'error',
        org: 'target',
        title: 'The policy of the app approves another permission set',
        hiddenBy: POLICY_GONE,
        fix: 'Put the API permission set into commaSeparatedPermissionSet of the OAuth policy: npm run bridge -- deploy.',
        remedy: 'deploy',
        find: (facts) => {
            const policy = oauthPolicy(facts);
            const approved = (policy?.text('commaSeparatedPermissionSet') ?? '').split(',').map((name) => name.trim());
            const needs = policy?.text('permittedUsersPolicyType') === 'AdminApprovedPreAuthorized';
            return policy !== undefined &&
                needs &&
                !facts.config.target.permissionSets.some((name) => approved.includes(name))
                ? setting(facts, shown(policy, 'commaSeparatedPermissionSet'))
                : undefined;
        }
    },
    {
        id: 'user-api-disabled',
        severity: 'error',
        org: 'target',
        title: 'The run-as user lacks the permission API Enabled',
        hiddenBy: [...POLICY_GONE, ...BEFORE_APP, ...BEFORE_TOKEN, ...BEFORE_CALL, 'scope-missing'],
        fix: 'Give API Enabled with the API permission set or the profile of the user: npm run bridge -- deploy.',
        remedy: 'deploy',
        find: (facts) => failureWith(facts, 'API_CURRENTLY_DISABLED')
    }
];
