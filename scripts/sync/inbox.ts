import { randomUUID } from 'node:crypto';
import type { CsvRow } from '../lib/csv.ts';
import { BULK_FROM, type OrgApi, type WriteFailure } from './org-api.ts';
import type { Route } from './route.ts';
import { PEER } from './peer.ts';

/** What became of a change, as `SyncResult` of the engine has it. */
export interface Answer {
    readonly id?: string;
    readonly receiverId?: string | null;
    readonly outcome: string;
    readonly error?: { readonly code?: string; readonly message?: string; readonly remedy?: string } | null;
}

const INBOX = 'Sync_Inbox__c';
const COLUMNS = ['Ref__c', 'Peer__c', 'Sender_Org__c', 'Batch__c', 'Message__c', 'Outcome__c', 'Result__c'];
/** Refusals of whole transactions that go by themselves. Source: SOAP API Developer Guide, StatusCode. */
const PASSING: ReadonlySet<string> = new Set([
    'UNABLE_TO_LOCK_ROW',
    'QUERY_TIMEOUT',
    'REQUEST_RUNNING_TOO_LONG',
    'SERVER_UNAVAILABLE',
    'TRANSACTION_TIMEOUT'
]);
const SETTLED = 'Settled';

/** Messages of changes by record. */
type Messages = ReadonlyMap<string, string>;

/** Hands changes to the receiver and gives its answer to each. */
export async function receive({ sender, receiver }: Route, messages: Messages): Promise<Map<string, Answer>> {
    const batch = randomUUID();
    const rows = [...messages].map(([id, message]) => [
        ...keyOf(sender.org.orgId, id),
        sender.org.orgId,
        batch,
        message,
        null,
        null
    ]);
    const answers = new Map<string, Answer>();
    await exchange(receiver, batch, rows, (id, answer) => answers.set(id, answer));
    return answers;
}

/** Hands answers to the sender, whose engine settles the changes. Gives those that it did not take, by record. */
export async function settle(
    { sender, receiver }: Route,
    messages: Messages,
    answers: ReadonlyMap<string, Answer>
): Promise<Map<string, Answer>> {
    const batch = randomUUID();
    const rows = [...answers]
        .filter(([, { outcome }]) => outcome !== 'Retry' && outcome !== 'NotSaved')
        .map(([id, answer]) => [
            ...keyOf(sender.org.orgId, id),
            receiver.org.orgId,
            batch,
            messages.get(id) ?? '',
            null,
            JSON.stringify(answer)
        ]);
    const unsettled = new Map<string, Answer>();
    await exchange(sender, batch, rows, (id, answer, outcome) => {
        if (outcome !== SETTLED) unsettled.set(id, answer);
    });
    return unsettled;
}

/** The same record is the same row, so that a load that is repeated leaves no second one. */
function keyOf(orgId: string, id: string): [string, string] {
    return [`${orgId}:${id}`, PEER];
}

type OnAnswer = (id: string, answer: Answer, outcome: string) => void;

/** Writes rows into an inbox, reads what its trigger answered, and takes the rows away. */
async function exchange(
    api: OrgApi,
    batch: string,
    rows: readonly (readonly (string | null)[])[],
    onAnswer: OnAnswer
): Promise<void> {
    if (rows.length === 0) return;
    const failures = await api.write({ object: INBOX, operation: 'upsert', ref: 'Ref__c', columns: COLUMNS, rows });
    for (const failure of failures) onAnswer(recordOf(failure.ref), answerOf(failure), 'NotSaved');
    const ids: string[] = [];
    for await (const row of answersOf(api, batch, rows.length)) {
        ids.push(row['Id']);
        const answer = JSON.parse(row['Result__c'] || '{"outcome":"NO_ANSWER"}') as Answer;
        onAnswer(recordOf(row['Ref__c']), answer, row['Outcome__c']);
    }
    await api.write({ object: INBOX, operation: 'delete', ref: 'Id', columns: ['Id'], rows: ids.map((id) => [id]) });
}

function answersOf(api: OrgApi, batch: string, count: number): AsyncGenerator<CsvRow> {
    const query = `SELECT Id, Ref__c, Outcome__c, Result__c FROM ${INBOX} WHERE`;
    return count >= BULK_FROM
        ? api.rows(`${query} Batch__c = '${batch}'`, BULK_FROM)
        : api.lookUp(query, 'Batch__c', [batch]);
}

function recordOf(ref: string): string {
    return ref.slice(ref.indexOf(':') + 1);
}

function answerOf({ code, message }: WriteFailure): Answer {
    return { outcome: PASSING.has(code) ? 'Retry' : 'NotSaved', error: { code, message } };
}
