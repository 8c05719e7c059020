import { isDeleted } from '../store/row.ts';
import { Datetime, Id } from '../values/index.ts';
import type { Store } from '../store/store.ts';
import type { SessionRows } from './sessions.ts';

const OBJECT = 'AuthSession';
/** An org here is called from its own machine only. */
const LOOPBACK = '127.0.0.1';
const HISTORY = 'LoginHistory';

/**
 * Sessions as AuthSession rows, by which an administrator sees and ends them. They end with the run of the org; the
 * LoginHistory row that each begins with stays. Source: Object Reference, AuthSession, LoginHistory.
 */
export function createSessionRows(store: Store, labelOf: (consumerKey: string) => string): SessionRows {
    return {
        add({ userId, consumerKey, issuedAt, expiresAt }) {
            const id = store.newId('0Ak');
            const at = new Datetime(issuedAt);
            const seconds = (expiresAt - issuedAt) / 1000;
            const isBrowser = consumerKey === undefined;
            const login = store.newId('0Ya');
            store.put(HISTORY, {
                Id: login,
                UserId: Id.of(userId),
                LoginTime: at,
                LoginType: isBrowser ? 'Application' : 'Remote Access 2.0',
                Application: consumerKey === undefined ? 'Browser' : labelOf(consumerKey),
                SourceIp: LOOPBACK,
                Status: 'Success'
            });
            store.put(OBJECT, {
                Id: id,
                UsersId: Id.of(userId),
                LoginHistoryId: login,
                SourceIp: LOOPBACK,
                LoginType: isBrowser ? 'Application' : 'Remote Access 2.0',
                SessionType: isBrowser ? 'UI' : 'OAuth2',
                ...(Number.isFinite(seconds) && { NumSecondsValid: Math.round(seconds) }),
                CreatedDate: at,
                LastModifiedDate: at,
                SystemModstamp: at
            });
            return id.value;
        },
        has(id) {
            const row = store.table(OBJECT).get(id);
            return row !== undefined && !isDeleted(row);
        },
        touch(id, at) {
            const row = store.table(OBJECT).get(id);
            if (row !== undefined) {
                store.put(OBJECT, { ...row, LastModifiedDate: new Datetime(at) });
            }
        },
        remove: (id) => store.remove(OBJECT, id)
    };
}
