import { tokenOfNewUser } from '../../surfaces/support/users.ts';
import type { TestOrg } from '../../surfaces/support/test-org.ts';

/** A session of a user who may do nothing. */
export function strangerToken(org: TestOrg): string {
    return tokenOfNewUser(org, 'stranger@target.local', 'Minimum Access - Salesforce');
}
