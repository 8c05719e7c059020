import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

/** OAuth scopes by their names on the wire: `api`, `refresh_token`, `web`, `full`. */
export type Scopes = ReadonlySet<string>;

export interface Session {
    /** `00D…!…`, the form that Salesforce clients expect of an opaque token. */
    readonly token: string;
    readonly userId: string;
    readonly scopes: Scopes;
    /** Consumer key of the app that asked for it; undefined for a browser login. */
    readonly consumerKey: string | undefined;
    /** Joins the sessions of one consent with its refresh token; undefined when there was none. */
    readonly grantId: string | undefined;
    /** Milliseconds since 1970. */
    readonly issuedAt: number;
    /** Moves on with each use. */
    readonly expiresAt: number;
}

export interface SessionRequest {
    readonly userId: string;
    readonly scopes: Scopes;
    readonly consumerKey?: string;
    readonly grantId?: string;
    /** Two hours when absent. */
    readonly lifetimeMs?: number;
}

/** Where sessions show: one row each, without the token. A row that somebody deletes takes its session along. */
export interface SessionRows {
    /** Answers the row's id. */
    add(session: Session): string;
    has(id: string): boolean;
    /** The session was used. */
    touch(id: string, at: number): void;
    remove(id: string): void;
}

/** Access tokens of an org. They live in memory only, so a restart of the org ends every session. */
export interface Sessions {
    open(request: SessionRequest): Session;
    /** undefined when the token is unknown, revoked or expired. Counts as use. */
    find(token: string): Session | undefined;
    /** As `find`, and does not count as use. */
    look(token: string): Session | undefined;
    /** False when there was no such session. */
    revoke(token: string): boolean;
    revokeApp(consumerKey: string): void;
    revokeGrant(grantId: string): void;
    /** A password for one browser login as the session's user, good for a minute. */
    oneTimePassword(session: Session): string;
    /** The session for the browser; undefined when the password is unknown, used or too old. */
    redeem(oneTimePassword: string): Session | undefined;
}

const DEFAULT_LIFETIME_MS = 2 * 60 * 60 * 1000;
const ONE_TIME_PASSWORD_MS = 60_000;

interface LiveSession extends Session {
    expiresAt: number;
    readonly lifetimeMs: number;
    readonly rowId: string;
    touchedAt: number;
}

/** Milliseconds between two notes of a session's use. */
const TOUCH_MS = 60_000;

export function createSessions(orgId: string, clock: Clock, rows: SessionRows): Sessions {
    const live = new Map<string, LiveSession>();
    const oneTimePasswords = new Map<string, { userId: string; expiresAt: number }>();

    function open(request: SessionRequest): Session {
        const { userId, scopes, consumerKey, grantId, lifetimeMs = DEFAULT_LIFETIME_MS } = request;
        const now = clock.now();
        const token = `${orgId.slice(0, 15)}!AQ${randomBytes(48).toString('base64url').replaceAll('-', '.')}`;
        const times = { lifetimeMs, issuedAt: now, expiresAt: now + lifetimeMs };
        const session = { token, userId, scopes, consumerKey, grantId, ...times };
        live.set(token, { ...session, rowId: rows.add(session), touchedAt: now });
        return session;
    }

    function revokeWhere(matches: (session: Session) => boolean): void {
        [...live.values()].filter(matches).forEach(end);
    }

    function end({ token, rowId }: LiveSession): void {
        live.delete(token);
        rows.remove(rowId);
    }

    function look(token: string): LiveSession | undefined {
        const session = live.get(token);
        if (session !== undefined && (session.expiresAt <= clock.now() || !rows.has(session.rowId))) {
            end(session);
            return undefined;
        }
        return session;
    }

    return {
        open,
        look,
        find(token) {
            const session = look(token);
            if (session === undefined) {
                return undefined;
            }
            const now = clock.now();
            session.expiresAt = now + session.lifetimeMs;
            if (now - session.touchedAt >= TOUCH_MS) {
                session.touchedAt = now;
                rows.touch(session.rowId, now);
            }
            return session;
        },
        revoke(token) {
            const session = live.get(token);
            if (session !== undefined) {
                end(session);
            }
            return session !== undefined;
        },
        revokeApp: (consumerKey) => revokeWhere((session) => session.consumerKey === consumerKey),
        revokeGrant: (grantId) => revokeWhere((session) => session.grantId === grantId),
        oneTimePassword(session) {
            const password = randomBytes(32).toString('base64url');
            oneTimePasswords.set(password, { userId: session.userId, expiresAt: clock.now() + ONE_TIME_PASSWORD_MS });
            return password;
        },
        redeem(password) {
            const login = oneTimePasswords.get(password);
            oneTimePasswords.delete(password);
            return login === undefined || login.expiresAt <= clock.now()
                ? undefined
                : open({ userId: login.userId, scopes: new Set(['web', 'api']) });
        }
    };
}
