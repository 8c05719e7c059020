import { evaluateApex } from '../lib/anonymous-apex.ts';
import type { LinkedOrgs } from '../lib/context.ts';
import { withCleanUp } from '../lib/clean-up.ts';
import { BridgeError } from '../lib/errors.ts';
import { queryAll, queryOne, soqlString, type BridgeOrg } from '../lib/org-connection.ts';
import { sideBySide } from '../lib/side-by-side.ts';
import { PEER } from './peer.ts';

/** Records or dead letters that one transaction takes. */
const CHUNK = 200;
const OUTBOX_ID = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;

export interface LetterChoice {
    readonly ids: readonly string[];
    /** All dead letters of both orgs. */
    readonly all: boolean;
}

/** Puts dead letters back into the queue; gives how many. */
export async function replayLetters(orgs: LinkedOrgs, choice: LetterChoice): Promise<number> {
    return forLetters(orgs, choice, () => 'SyncDeadLetters.replay(ids)');
}

/** Gives dead letters up, with the reason kept in the history; gives how many. */
export async function dismissLetters(orgs: LinkedOrgs, choice: LetterChoice, reason: string): Promise<number> {
    return forLetters(orgs, choice, () => `SyncDeadLetters.dismiss(ids, ${apexString(reason)})`);
}

async function forLetters(orgs: LinkedOrgs, choice: LetterChoice, call: () => string): Promise<number> {
    if (!choice.all && choice.ids.length === 0) {
        throw new BridgeError('user', 'NO_DEAD_LETTERS_NAMED', 'No dead letters were named.', [
            'Pass their ids as `bridge sync status` shows them, or --all.'
        ]);
    }
    const wrong = choice.ids.find((id) => !OUTBOX_ID.test(id));
    if (wrong !== undefined) {
        throw new BridgeError('user', 'NOT_AN_ID', `"${wrong}" is no id of a dead letter.`, [
            'Ids are shown by: npm run bridge -- sync status'
        ]);
    }
    let done = 0;
    for (const org of [orgs.source, orgs.target]) {
        const ids = choice.all ? await deadLetters(org) : await existing(org, choice.ids);
        for (let start = 0; start < ids.length; start += CHUNK) {
            const list = ids.slice(start, start + CHUNK).map(apexString);
            const chunk = `Set<Id> ids = new Set<Id>{ ${list.join(', ')} };`;
            done += await evaluateApex<number>(org, chunk, call());
        }
    }
    if (done === 0 && !choice.all) {
        throw new BridgeError('user', 'NO_SUCH_DEAD_LETTER', 'Neither org has a dead letter of these ids.', [
            'See what there is: npm run bridge -- sync status'
        ]);
    }
    return done;
}

async function deadLetters(org: BridgeOrg): Promise<string[]> {
    const soql = `SELECT Id FROM Sync_Outbox__c WHERE Status__c = 'Dead Letter'`;
    return (await queryAll<{ Id: string }>(org, soql)).map(({ Id }) => Id);
}

async function existing(org: BridgeOrg, ids: readonly string[]): Promise<string[]> {
    const known = new Set((await deadLetters(org)).map((id) => id.slice(0, 15)));
    return ids.filter((id) => known.has(id.slice(0, 15)));
}

/** Puts records into the outbox of an org, whose engine sends them as any change. */
export async function pushRecords(org: BridgeOrg, ids: readonly string[]): Promise<void> {
    for (let start = 0; start < ids.length; start += CHUNK) {
        const list = ids.slice(start, start + CHUNK).map(apexString);
        await evaluateApex<boolean>(org, `SyncRecords.push(new Set<Id>{ ${list.join(', ')} });`, 'true');
    }
}

export async function pauseSync(orgs: LinkedOrgs, reason: string): Promise<void> {
    for (const org of [orgs.source, orgs.target]) await pauseOrg(org, reason);
}

async function pauseOrg(org: BridgeOrg, reason: string): Promise<void> {
    await evaluateApex<boolean>(org, `SyncPeers.pause('${PEER}', ${apexString(reason)});`, 'true');
}

export async function resumeSync(orgs: LinkedOrgs): Promise<void> {
    for (const org of [orgs.source, orgs.target]) {
        await evaluateApex<boolean>(org, `SyncPeers.resume('${PEER}');`, 'true');
    }
}

/**
 * Runs work while neither org delivers. A pause that somebody made before stays; one that stopped work of the same reason
 * left is ended.
 */
export async function whilePaused<T>(orgs: LinkedOrgs, reason: string, work: () => Promise<T>): Promise<T> {
    const own: BridgeOrg[] = [];
    const pauseAndWork = async (): Promise<T> => {
        for (const org of [orgs.source, orgs.target]) {
            const pause = await pauseOf(org);
            if (pause === undefined || pause === reason) {
                own.push(org);
                await pauseOrg(org, reason);
            }
        }
        return work();
    };
    return withCleanUp(pauseAndWork, () => sideBySide(own.map((org) => endPause(org, reason))));
}

/** Throws STILL_PAUSED: nothing is delivered until somebody knows. */
async function endPause(org: BridgeOrg, reason: string): Promise<void> {
    try {
        await resumeAfter(org, reason);
    } catch (cause) {
        throw new BridgeError(
            'org',
            'STILL_PAUSED',
            `The ${org.role} org delivers nothing: it was paused for "${reason}" and could not be resumed.`,
            ['Let both orgs deliver again: npm run bridge -- sync resume, with the same orgs'],
            cause
        );
    }
}

/** Why an org does not deliver; undefined when it does. */
export async function pauseOf(org: BridgeOrg): Promise<string | undefined> {
    const state = await queryOne<{ Paused_Reason__c: string | null }>(
        org,
        `SELECT Paused_Reason__c FROM Sync_Peer_State__c WHERE Ref__c = ${soqlString(PEER)} AND Paused__c = TRUE`
    );
    return state && (state.Paused_Reason__c ?? '');
}

/** Ends a pause of a reason, and no other. */
export async function resumeAfter(org: BridgeOrg, reason: string): Promise<void> {
    const code = `
        for (Sync_Peer_State__c state : [
            SELECT Ref__c
            FROM Sync_Peer_State__c
            WHERE Ref__c = '${PEER}' AND Paused__c = TRUE AND Paused_Reason__c = ${apexString(reason)}
        ]) {
            SyncPeers.resume(state.Ref__c);
        }`;
    await evaluateApex<boolean>(org, code, 'true');
}

export interface MappingFinding {
    readonly role: string;
    readonly code: string;
    readonly message: string;
}

/** Checks the mappings of each org against its own schema and the other org's. */
export async function checkMappings(orgs: LinkedOrgs): Promise<readonly MappingFinding[]> {
    const findings: MappingFinding[] = [];
    for (const org of [orgs.source, orgs.target]) {
        const found = await evaluateApex<readonly Record<string, unknown>[]>(
            org,
            `SyncHello peer = new SyncClient(SyncConfig.get().peer('${PEER}')).hello();`,
            'SyncMappingCheck.run(peer)'
        );
        for (const finding of found) {
            findings.push({ role: org.role, code: String(finding['code']), message: messageOf(finding) });
        }
    }
    return findings;
}

function messageOf(finding: Record<string, unknown>): string {
    const place = [finding['mapping'], finding['field']].filter((part) => typeof part === 'string').join('.');
    return `${place}: ${String(finding['message'])}`;
}

/** A text as an Apex string literal. */
export function apexString(text: string): string {
    const escaped = text
        .replaceAll('\\', '\\\\')
        .replaceAll("'", "\\'")
        .replaceAll('\n', '\\n')
        .replaceAll('\r', '\\r');
    return `'${escaped}'`;
}
