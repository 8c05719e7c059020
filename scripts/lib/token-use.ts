import { queryOne, soqlString, type BridgeOrg } from './org-connection.ts';

/** What the target tells of the tokens that the source has. Times as ISO texts; null where there is none. */
export interface TokenUse {
    /** Sessions of the run-as user, and when one of them was last used. */
    readonly sessions: number;
    readonly sessionLastUsed: string | null;
    /** Refresh tokens that users gave the app; the browser flow has them. */
    readonly refreshTokens: number;
    readonly refreshTokenLastUsed: string | null;
}

/**
 * Access tokens show as sessions of their user, refresh tokens as OauthToken rows of the app's label. Undefined when the
 * org does not tell. Source: Object Reference, AuthSession (LastModifiedDate moves on with use) and OauthToken.
 */
export async function readTokenUse(
    target: BridgeOrg,
    userId: string | undefined,
    appLabel: string
): Promise<TokenUse | undefined> {
    try {
        const [sessions, sessionLastUsed, refreshTokens, refreshTokenLastUsed] = await Promise.all([
            userId === undefined ? 0 : count(target, sessionsOf(userId)),
            userId === undefined ? null : latest(target, 'LastModifiedDate', sessionsOf(userId)),
            countRefreshTokens(target, appLabel),
            latest(target, 'LastUsedDate', tokensOf(appLabel))
        ]);
        return { sessions, sessionLastUsed, refreshTokens, refreshTokenLastUsed };
    } catch {
        return undefined;
    }
}

/** Counted by the org: a query lists 2,500 of them at most (Object Reference, OauthToken, Usage). */
export function countRefreshTokens(target: BridgeOrg, appLabel: string): Promise<number> {
    return count(target, tokensOf(appLabel));
}

function sessionsOf(userId: string): string {
    return `FROM AuthSession WHERE UsersId = ${soqlString(userId)}`;
}

function tokensOf(appLabel: string): string {
    return `FROM OauthToken WHERE AppName = ${soqlString(appLabel)}`;
}

async function count({ connection }: BridgeOrg, rows: string): Promise<number> {
    return (await connection.query(`SELECT COUNT() ${rows}`)).totalSize;
}

async function latest(target: BridgeOrg, field: string, rows: string): Promise<string | null> {
    const soql = `SELECT ${field} ${rows} ORDER BY ${field} DESC NULLS LAST LIMIT 1`;
    return (await queryOne<Record<string, string | null>>(target, soql))?.[field] ?? null;
}
