import { soqlString, type BridgeOrg } from './org-connection.ts';

/** What the target tells of the tokens that the source has. Times as ISO texts; null where there is none. */
export interface TokenUse {
    /** Sessions of the run-as user, and when one of them was last used. */
    readonly sessions: number;
    readonly sessionLastUsed: string | null;
    /** Refresh tokens that users gave the app; the browser flow has them. */
    readonly refreshTokens: number;
    readonly refreshTokenLastUsed: string | null;
}

interface SessionRow {
    readonly LastModifiedDate: string;
}

interface TokenRow {
    readonly LastUsedDate: string | null;
}

/** First page of a query, newest first, and how many records there are in all. */
interface Page<T> {
    readonly records: readonly T[];
    readonly totalSize: number;
}

const NONE: Page<never> = { records: [], totalSize: 0 };

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
        const [sessions, tokens] = await Promise.all([
            userId === undefined ? NONE : sessionsOf(target, userId),
            tokensOf(target, appLabel)
        ]);
        return {
            sessions: sessions.totalSize,
            sessionLastUsed: sessions.records[0]?.LastModifiedDate ?? null,
            refreshTokens: tokens.totalSize,
            refreshTokenLastUsed: tokens.records[0]?.LastUsedDate ?? null
        };
    } catch {
        return undefined;
    }
}

async function sessionsOf(target: BridgeOrg, userId: string): Promise<Page<SessionRow>> {
    return await target.connection.query<SessionRow>(
        `SELECT LastModifiedDate FROM AuthSession WHERE UsersId = ${soqlString(userId)} ` +
            'ORDER BY LastModifiedDate DESC'
    );
}

async function tokensOf(target: BridgeOrg, appLabel: string): Promise<Page<TokenRow>> {
    return await target.connection.query<TokenRow>(
        `SELECT LastUsedDate FROM OauthToken WHERE AppName = ${soqlString(appLabel)} ` +
            'ORDER BY LastUsedDate DESC NULLS LAST'
    );
}
