import { AUTOMATED_PROCESS } from '../../org/automated-process.ts';
import type { SessionContext } from '../surface.ts';

export interface PageUser {
    readonly id: string;
    readonly name: string;
    readonly username: string;
}

const MAXIMUM = 20;

/** Users to continue as, the administrator first. */
export function activeUsers({ org, session }: SessionContext): readonly PageUser[] {
    const people = `IsActive = true AND UserType != '${AUTOMATED_PROCESS}'`;
    const soql = `SELECT Id, Name, Username FROM User WHERE ${people} ORDER BY CreatedDate, Id LIMIT ${MAXIMUM}`;
    const access = { userId: session.userId, mode: 'system', sharing: false } as const;
    return org.database.query(soql, { access }).records.map((record) => ({
        id: String(record.get('Id')),
        name: String(record.get('Name') ?? record.get('Username')),
        username: String(record.get('Username'))
    }));
}
