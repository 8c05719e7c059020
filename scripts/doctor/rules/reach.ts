import type { Facts } from '../facts.ts';
import type { DoctorRule } from '../rule.ts';

type Role = 'source' | 'target';

const ROLES: readonly Role[] = ['source', 'target'];

function refusalWith(code: string, role: Role): DoctorRule['find'] {
    return (facts: Facts) => {
        const { refusal } = facts[role];
        return refusal?.includes(code) ? refusal : undefined;
    };
}

/** The org's API answers nobody, so nothing else about the org can be told. */
export const REACH: readonly DoctorRule[] = [
    ...ROLES.map((org): DoctorRule => ({
        id: `${org}-api-disabled`,
        severity: 'error',
        org,
        title: `The ${org} org has no API access`,
        fix: `Ask Salesforce to enable the API for the ${org} org, or use an edition that has it.`,
        find: refusalWith('API_DISABLED_FOR_ORG', org)
    })),
    ...ROLES.map((org): DoctorRule => ({
        id: `${org}-request-limit`,
        severity: 'error',
        org,
        title: `The ${org} org has used up its API requests of 24 hours`,
        fix: 'Wait until the oldest requests are a day old, stop what sends most of them, or buy more.',
        find: refusalWith('REQUEST_LIMIT_EXCEEDED', org)
    })),
    ...ROLES.map((org): DoctorRule => ({
        id: `${org}-metadata-unreadable`,
        severity: 'warning',
        org,
        title: `The ${org} org does not show its metadata, so most causes cannot be told`,
        hiddenBy: [`${org}-api-disabled`, `${org}-request-limit`],
        fix: `Try again; check that your user of the ${org} org has Modify Metadata Through Metadata API Functions.`,
        find: ({ [org]: { documentsRefusal } }) => documentsRefusal
    })),
    ...ROLES.map((org): DoctorRule => ({
        id: `${org}-requests-low`,
        severity: 'warning',
        org,
        title: `The ${org} org has less than a tenth of its API requests left`,
        fix: 'Find what sends most requests in Setup > System Overview, before the limit stops the link.',
        find: ({ [org]: { requests } }) =>
            requests !== undefined && requests.remaining * 10 < requests.maximum
                ? `DailyApiRequests: ${requests.remaining} of ${requests.maximum} remaining`
                : undefined
    })),
    {
        id: 'clock-skew',
        severity: 'warning',
        org: 'target',
        title: 'The clocks of the two orgs differ by more than a minute',
        hiddenBy: ['assertions-out-of-time'],
        fix: 'Assertions of the JWT bearer flow expire early or late: check the clock that is wrong, then try again.',
        find: ({ skewMs }) =>
            skewMs !== undefined && Math.abs(skewMs) > 60_000
                ? `Date headers: the target is ${Math.round(Math.abs(skewMs) / 1000)} seconds ${skewMs > 0 ? 'ahead of' : 'behind'} the source`
                : undefined
    }
];

/** Causes that leave nothing of the target to look at, or of the source. */
export const TARGET_SHUT = ['target-api-disabled', 'target-request-limit', 'target-metadata-unreadable'];
export const SOURCE_SHUT = ['source-api-disabled', 'source-request-limit', 'source-metadata-unreadable'];
