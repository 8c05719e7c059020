import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { RefreshTokenPolicy } from './oauth-app.ts';
import type { Scopes, Sessions } from './sessions.ts';
import type { TokenRows } from './token-rows.ts';

/** What a user allowed an app to do. */
export interface Consent {
    readonly consumerKey: string;
    readonly userId: string;
    readonly scopes: Scopes;
}

/** An authorization code: good once, for the app and the address it was made for. */
export interface AuthorizationCode extends Consent {
    readonly redirectUri: string;
    /** S256 of the verifier; undefined when the app sent none. */
    readonly codeChallenge: string | undefined;
}

export interface RefreshToken extends Consent {
    readonly token: string;
    /** Joins the sessions that were opened with it, and its successors. */
    readonly grantId: string;
    readonly issuedAt: number;
    /** Milliseconds since 1970; undefined when it does not end by itself. */
    readonly expiresAt: number | undefined;
    /** Its OauthToken row; a successor keeps it. */
    readonly rowId: string;
}

export type CodeOutcome =
    { readonly kind: 'valid'; readonly code: AuthorizationCode } | { readonly kind: 'used' | 'expired' | 'unknown' };

/** Codes, refresh tokens and what users approved. In memory only, as every secret of the org. */
export interface OauthGrants {
    /** `value` is a code that the platform made elsewhere: the one of a sign-up. */
    issueCode(code: AuthorizationCode, value?: string): string;
    /** Uses the code up. One that comes a second time ends the tokens it gave the first time. */
    redeemCode(code: string): CodeOutcome;
    /** Remembers which tokens came from the code. */
    bindCode(code: string, grantId: string): void;
    newGrantId(): string;
    issueRefreshToken(consent: Consent, grantId: string, policy: RefreshTokenPolicy): RefreshToken;
    /** undefined when unknown, revoked or expired. Does not count as use. */
    findRefreshToken(token: string): RefreshToken | undefined;
    /** Counts as use. With `rotate` a new token replaces it, and the old one, should it come again, ends them all. */
    useRefreshToken(token: string, policy: RefreshTokenPolicy, rotate: boolean): RefreshToken | undefined;
    /** Ends a refresh token and its sessions, named by itself or by its delete token; false when there is no such token. */
    revoke(token: string): boolean;
    approve(consent: Consent): void;
    /** Whether the user approved the app, for these scopes when they are given. */
    isApproved(consumerKey: string, userId: string, scopes?: Scopes): boolean;
}

/** Source: help "OAuth 2.0 Web Server Flow for Web App Integration": a code expires after 15 minutes. */
const CODE_MS = 15 * 60_000;
/** Source: help "Manage OAuth-Enabled Connected Apps Access": a user has five approvals of an app, the oldest goes. */
const TOKENS_PER_USER = 5;

/** What a successor has of the token that it replaces. */
type Kept = Pick<RefreshToken, 'grantId' | 'expiresAt' | 'rowId'>;

interface LiveCode {
    readonly code: AuthorizationCode;
    readonly expiresAt: number;
    used: boolean;
    grantId: string | undefined;
}

export function createOauthGrants(clock: Clock, sessions: Sessions, rows: TokenRows): OauthGrants {
    const codes = new Map<string, LiveCode>();
    const tokens = new Map<string, RefreshToken>();
    /** Tokens that were replaced, with their grants. */
    const replaced = new Map<string, string>();
    const approvals = new Map<string, Set<string>>();

    function endGrant(grantId: string): void {
        for (const { token, rowId } of [...tokens.values()].filter((candidate) => candidate.grantId === grantId)) {
            tokens.delete(token);
            rows.remove(rowId);
        }
        sessions.revokeGrant(grantId);
    }

    function live(token: string): RefreshToken | undefined {
        const found = tokens.get(token);
        const isOver = found?.expiresAt !== undefined && found.expiresAt <= clock.now();
        return isOver ? undefined : found;
    }

    function put(consent: Consent, { grantId, expiresAt, rowId }: Kept): RefreshToken {
        const { consumerKey, userId, scopes } = consent;
        const token = `5Aep861${randomBytes(54).toString('base64url').replaceAll('-', '.')}`;
        const created = { consumerKey, userId, scopes, token, grantId, issuedAt: clock.now(), expiresAt, rowId };
        tokens.set(token, created);
        return created;
    }

    function dropOldest({ consumerKey, userId }: Consent): void {
        const own = [...tokens.values()].filter(
            (token) => token.consumerKey === consumerKey && token.userId === userId
        );
        own.slice(0, Math.max(0, own.length - TOKENS_PER_USER)).forEach(({ grantId }) => endGrant(grantId));
    }

    return {
        issueCode(code, value = `aPrx${randomBytes(48).toString('base64url').replaceAll('-', '.')}`) {
            codes.set(value, { code, expiresAt: clock.now() + CODE_MS, used: false, grantId: undefined });
            return value;
        },
        redeemCode(value) {
            const found = codes.get(value);
            if (found === undefined) {
                return { kind: 'unknown' };
            }
            if (found.used) {
                if (found.grantId !== undefined) {
                    endGrant(found.grantId);
                }
                return { kind: 'used' };
            }
            found.used = true;
            return found.expiresAt <= clock.now() ? { kind: 'expired' } : { kind: 'valid', code: found.code };
        },
        bindCode(value, grantId) {
            const found = codes.get(value);
            if (found !== undefined) {
                found.grantId = grantId;
            }
        },
        newGrantId: () => randomBytes(16).toString('hex'),
        issueRefreshToken(consent, grantId, policy) {
            const now = clock.now();
            const issued = put(consent, { grantId, expiresAt: expiryOf(policy, now), rowId: rows.add(consent, now) });
            dropOldest(consent);
            return issued;
        },
        findRefreshToken: live,
        useRefreshToken(value, policy, rotate) {
            const grantOfReplaced = replaced.get(value);
            if (grantOfReplaced !== undefined) {
                endGrant(grantOfReplaced);
                return undefined;
            }
            const token = live(value);
            if (token === undefined) {
                return undefined;
            }
            rows.touch(token.rowId, clock.now());
            const expiresAt = policy.kind === 'inactivity' ? expiryOf(policy, clock.now()) : token.expiresAt;
            if (!rotate) {
                const used = { ...token, expiresAt };
                tokens.set(value, used);
                return used;
            }
            tokens.delete(value);
            replaced.set(value, token.grantId);
            return put(token, { ...token, expiresAt });
        },
        revoke(value) {
            const rowId = rows.byDeleteToken(value);
            const token = tokens.get(value) ?? [...tokens.values()].find((candidate) => candidate.rowId === rowId);
            if (token === undefined) {
                return false;
            }
            endGrant(token.grantId);
            return true;
        },
        approve({ consumerKey, userId, scopes }) {
            const key = approvalKey(consumerKey, userId);
            approvals.set(key, new Set([...(approvals.get(key) ?? []), ...scopes]));
        },
        isApproved(consumerKey, userId, scopes = new Set()) {
            const approved = approvals.get(approvalKey(consumerKey, userId));
            return approved !== undefined && [...scopes].every((scope) => approved.has(scope));
        }
    };
}

function approvalKey(consumerKey: string, userId: string): string {
    return `${userId} ${consumerKey}`;
}

function expiryOf(policy: RefreshTokenPolicy, now: number): number | undefined {
    switch (policy.kind) {
        case 'infinite':
            return undefined;
        case 'zero':
            return now;
        case 'lifetime':
        case 'inactivity':
            return now + policy.ms;
    }
}
