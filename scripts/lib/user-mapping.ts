import { BridgeError } from './errors.ts';
import { queryOne, soqlString, type BridgeOrg } from './org-connection.ts';

/**
 * `sub` of the assertions of a principal per user: each user of the source carries the user name that it has in the
 * target. (Named Credentials Developer Guide, OAuth 2.0 Bearer Flow JWT Claims: a formula for per user principals.)
 */
export const USER_FORMULA = '{!$User.FederationIdentifier}';

/** Says for your own user who it is in the target. What is there already is kept, and must be the same. */
export async function mapUserToTarget(source: BridgeOrg, targetUser: string): Promise<void> {
    const soql = `SELECT FederationIdentifier FROM User WHERE Id = ${soqlString(source.userId)}`;
    const known = (await queryOne<{ FederationIdentifier: string | null }>(source, soql))?.FederationIdentifier ?? null;
    if (known === targetUser) {
        return;
    }
    if (known !== null) {
        throw new BridgeError(
            'org',
            'USER_MAPPED_ELSEWHERE',
            `${source.username} has the federation identifier ${known}, so it acts as that user of the target org.`,
            [`Run the command with --run-as ${known}, or change the identifier in the source org.`]
        );
    }
    await source.connection.sobject('User').update({ Id: source.userId, FederationIdentifier: targetUser });
}
