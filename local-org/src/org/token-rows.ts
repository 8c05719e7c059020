import { randomBytes } from 'node:crypto';
import { Datetime, Id } from '../values/index.ts';
import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import type { Consent } from './oauth-grants.ts';

/** Where refresh tokens show: one row each, without the token. */
export interface TokenRows {
    /** Answers the row's id. */
    add(consent: Consent, at: number): string;
    /** The token was used. */
    touch(id: string, at: number): void;
    remove(id: string): void;
    /** The row of a delete token, with which an administrator revokes without knowing the token itself. */
    byDeleteToken(deleteToken: string): string | undefined;
}

const OBJECT = 'OauthToken';

/**
 * Refresh tokens as OauthToken rows, which end with the run of the org. The fields that hold tokens themselves are left out
 * of the object: a query that names one is refused. Source: Object Reference, OauthToken.
 */
export function createTokenRows(store: Store, labelOf: (consumerKey: string) => string): TokenRows {
    const deleteTokens = new Map<string, string>();
    return {
        add({ consumerKey, userId }, at) {
            const id = store.newId('0CQ');
            const deleteToken = randomBytes(24).toString('hex');
            deleteTokens.set(deleteToken, id.value);
            store.put(OBJECT, {
                Id: id,
                AppName: labelOf(consumerKey),
                UserId: Id.of(userId),
                DeleteToken: deleteToken,
                UseCount: 0,
                CreatedDate: new Datetime(at),
                LastUsedDate: new Datetime(at)
            });
            return id.value;
        },
        touch(id, at) {
            const row: Row | undefined = store.table(OBJECT).get(id);
            if (row !== undefined) {
                const used = { LastUsedDate: new Datetime(at), UseCount: Number(row.UseCount) + 1 };
                store.put(OBJECT, { ...row, ...used });
            }
        },
        remove: (id) => store.remove(OBJECT, id),
        byDeleteToken: (deleteToken) => deleteTokens.get(deleteToken)
    };
}
