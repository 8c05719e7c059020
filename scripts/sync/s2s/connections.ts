import { BridgeError } from '../../lib/errors.ts';
import { soqlString, type BridgeOrg } from '../../lib/org-connection.ts';

/** A native connection as an org has it. Source: Object Reference, PartnerNetworkConnection. */
export interface Connection {
    readonly id: string;
    readonly name: string;
    readonly status: string;
}

/** A record that is shared over a connection. Source: Object Reference, PartnerNetworkRecordConnection. */
export interface SharedRecord {
    readonly localId: string;
    /** Record of the other org; undefined until it has accepted the record. */
    readonly partnerId: string | undefined;
    readonly status: string;
    readonly endDate: string | undefined;
}

const FIELDS = 'LocalRecordId, PartnerRecordId, Status, EndDate';

/** Connections of an org; undefined for an org without Salesforce to Salesforce. */
export async function readConnections(org: BridgeOrg): Promise<Connection[] | undefined> {
    try {
        const { records } = await org.connection.query<Record<string, string>>(
            'SELECT Id, ConnectionName, ConnectionStatus FROM PartnerNetworkConnection ORDER BY ConnectionName'
        );
        return records.map((row) => ({
            id: row['Id'],
            name: row['ConnectionName'],
            status: row['ConnectionStatus']
        }));
    } catch (error) {
        if ((error as { errorCode?: string }).errorCode === 'INVALID_TYPE') return undefined;
        throw error;
    }
}

/** The connection of that name or id; the one that is in use when none is named. Throws S2S_*. */
export function chooseConnection(connections: readonly Connection[], wanted: string | undefined): Connection {
    const known = connections.map(({ name, status }) => `"${name}" (${status})`).join(', ') || 'none';
    if (wanted !== undefined) {
        const found = connections.find(({ id, name }) => name === wanted || sameId(id, wanted));
        if (found === undefined) {
            throw new BridgeError('user', 'S2S_CONNECTION_UNKNOWN', `There is no connection "${wanted}".`, [
                `Pass one of these: ${known}.`
            ]);
        }
        return found;
    }
    const inUse = connections.filter(({ status }) => status === 'Accepted');
    if (inUse.length !== 1) {
        const text = inUse.length === 0 ? 'No connection is accepted' : 'Several connections are accepted';
        throw new BridgeError('user', 'S2S_CONNECTION_CHOICE', `${text}: ${known}.`, [
            'Name the one to import from: --connection NAME'
        ]);
    }
    return inUse[0];
}

export async function readSharedRecords(
    org: BridgeOrg,
    connection: Connection,
    onProgress: (text: string) => void
): Promise<SharedRecord[]> {
    const shared: SharedRecord[] = [];
    const soql = `SELECT ${FIELDS} FROM PartnerNetworkRecordConnection WHERE ConnectionId = ${soqlString(connection.id)}`;
    let page = await org.connection.query<Record<string, string | null>>(soql);
    for (;;) {
        shared.push(...page.records.map(sharedRecord));
        onProgress(`${shared.length} of ${page.totalSize} shared records`);
        if (page.done || page.nextRecordsUrl === undefined) return shared;
        page = await org.connection.queryMore<Record<string, string | null>>(page.nextRecordsUrl);
    }
}

function sharedRecord(row: Record<string, string | null>): SharedRecord {
    const partner = row['PartnerRecordId'];
    return {
        localId: longId(row['LocalRecordId'] ?? ''),
        partnerId: partner ? longId(partner) : undefined,
        status: row['Status'] ?? '',
        endDate: row['EndDate'] ?? undefined
    };
}

function sameId(left: string, right: string): boolean {
    return left.slice(0, 15) === right.slice(0, 15);
}

const CHECK = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** 18 characters of an id of 15, whose case matters. Source: Object Reference, ID Field Type. */
export function longId(id: string): string {
    if (id.length !== 15) return id;
    const check = [0, 5, 10].map((start) => {
        const capitals = [...id.slice(start, start + 5)].map((letter, bit) => (/[A-Z]/.test(letter) ? 1 << bit : 0));
        return CHECK[capitals.reduce((sum, value) => sum + value, 0)];
    });
    return id + check.join('');
}
