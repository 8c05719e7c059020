import { Datetime, type SObject } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';

const FIELDS = [
    'Id',
    'Username',
    'Email',
    'Name',
    'FirstName',
    'LastName',
    'UserType',
    'TimeZoneSidKey',
    'LocaleSidKey',
    'LanguageLocaleKey',
    'ProfileId',
    'UserRoleId'
];

/** Rows of the users that ran code in a transaction. */
class RunningUsers {
    readonly rows = new Map<string, SObject | undefined>();
}

/** The User row of the running user; undefined in an org without it. */
export function runningUser(rt: Runtime): SObject | undefined {
    const { rows } = rt.tx.state(RunningUsers);
    const { userId } = rt.tx.access;
    if (!rows.has(userId)) {
        rows.set(userId, readUser(rt, userId));
    }
    return rows.get(userId);
}

function readUser(rt: Runtime, userId: string): SObject | undefined {
    const user = rt.org.schema.object('User');
    if (user === undefined) {
        return undefined;
    }
    const fields = FIELDS.filter((name) => user.fields.has(name.toLowerCase()));
    const result = rt.org.database.query(`SELECT ${fields.join(', ')} FROM User WHERE Id = :id`, {
        access: { userId, mode: 'system', sharing: false },
        binds: new Map([['id', userId]])
    });
    return result.records[0];
}

/** Text of a field of the running user, else null. */
export function userField(rt: Runtime, name: string): string | null {
    const value = runningUser(rt)?.get(name);
    return value === undefined || value === null ? null : String(value);
}

/** IANA name of the running user's time zone. */
export function userTimeZone(rt: Runtime): string {
    return userField(rt, 'TimeZoneSidKey') ?? 'GMT';
}

/** Names of profiles in metadata where they differ from those users see. */
const METADATA_NAMES: Readonly<Record<string, string>> = {
    'System Administrator': 'Admin',
    'Standard User': 'Standard',
    'Read Only': 'ReadOnly'
};

/** Metadata name of the running user's profile. */
export function profileName(rt: Runtime): string | undefined {
    const id = userField(rt, 'ProfileId');
    const { records } = rt.org.database.query('SELECT Name FROM Profile WHERE Id = :id', {
        access: { userId: rt.tx.access.userId, mode: 'system', sharing: false },
        binds: new Map([['id', id]])
    });
    const name = records[0]?.get('Name');
    return typeof name === 'string' ? (METADATA_NAMES[name] ?? name) : undefined;
}

export function now(rt: Runtime): Datetime {
    return new Datetime(rt.org.clock.now());
}
