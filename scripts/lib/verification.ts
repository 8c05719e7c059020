import { evaluateApex } from './anonymous-apex.ts';
import { withCleanUp } from './clean-up.ts';
import { BridgeError } from './errors.ts';
import { queryOne, soqlString, type BridgeOrg } from './org-connection.ts';
import { RECORD_KEY_FIELD } from './target-api.ts';

/** What the round trip through the deployed Apex did; counts of Accounts. */
export interface Verification {
    readonly read: number;
    readonly created: number;
    readonly updated: number;
    /** Rows sent a second time that changed nothing in the target. */
    readonly replayed: number;
}

interface SaveOutcome {
    readonly id: string | null;
    readonly externalKey: string | null;
    readonly success: boolean;
    readonly created: boolean;
    readonly errors: readonly { statusCode: string; message: string }[] | null;
}

interface Twin {
    readonly Id: string;
    readonly Phone: string | null;
    readonly SystemModstamp: string;
}

const NAME = 'Org Bridge Verification';
const PHONE = '+1 555 0100';

/** Reads Accounts of the target through AccountHelper. */
export async function verifyRead(source: BridgeOrg, targetName: string): Promise<number> {
    const list = `AccountHelper.getAccountList(${soqlString(targetName)})`;
    return evaluateApex<number>(source, '', `${list}.size()`);
}

/**
 * Pushes a probe Account across, changes it, sends the same again, and looks at the target itself each time. The probe is
 * removed from both orgs, also when a check fails.
 */
export async function verifyWrite(
    source: BridgeOrg,
    target: BridgeOrg,
    targetName: string
): Promise<Omit<Verification, 'read'>> {
    const probe = await source.connection.sobject('Account').create({ Name: NAME });
    const recordId = probe.id as string;
    const key = `${source.orgId}:${recordId}`;
    const move = async (): Promise<Omit<Verification, 'read'>> => {
        const created = await push(source, targetName, recordId);
        check(created.created, 'the first push did not create a record');
        check((await findTwin(target, key)) !== undefined, `the target org has no Account with key ${key}`);

        await source.connection.sobject('Account').update({ Id: recordId, Phone: PHONE });
        const updated = await push(source, targetName, recordId);
        const twin = await findTwin(target, key);
        check(!updated.created && twin?.Phone === PHONE, 'the second push did not update the record');

        const replayed = await push(source, targetName, recordId);
        const after = await findTwin(target, key);
        check(
            !replayed.created && after?.SystemModstamp === twin?.SystemModstamp,
            'sending the same again changed the record'
        );
        return { created: 1, updated: 1, replayed: 1 };
    };
    return withCleanUp(move, async () => {
        const twin = await findTwin(target, key);
        await source.connection.sobject('Account').delete(recordId);
        if (twin !== undefined) {
            await target.connection.sobject('Account').delete(twin.Id);
        }
    });
}

async function push(source: BridgeOrg, targetName: string, recordId: string): Promise<SaveOutcome> {
    const outcome = await evaluateApex<SaveOutcome>(
        source,
        '',
        `AccountHelper.pushToTarget(${soqlString(targetName)}, ${soqlString(recordId)}, null)`
    );
    if (!outcome.success) {
        const reasons = (outcome.errors ?? []).map((error) => `${error.statusCode}: ${error.message}`).join('; ');
        throw new BridgeError('org', 'VERIFY_FAILED', `The target org refused the Account: ${reasons}`, [
            'Check the validation rules and required fields of Account in the target org.'
        ]);
    }
    return outcome;
}

function findTwin(target: BridgeOrg, key: string): Promise<Twin | undefined> {
    return queryOne<Twin>(
        target,
        `SELECT Id, Phone, SystemModstamp FROM Account WHERE ${RECORD_KEY_FIELD} = ${soqlString(key)}`
    );
}

function check(holds: boolean, failure: string): void {
    if (!holds) {
        throw new BridgeError('org', 'VERIFY_FAILED', `The link does not work as it should: ${failure}.`, [
            'Run: npm run bridge -- status'
        ]);
    }
}
