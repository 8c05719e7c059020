import type { Org } from '../../../org/org.ts';
import { Id, SObject } from '../../../values/index.ts';
import { dmlFailureText, type DmlFailure, type DmlFailureDetails } from '../../runtime/data.ts';
import type { DmlRowError, Runtime } from '../../runtime/runtime.ts';
import { BOOLEAN, ID, platformType } from '../../types/apex-types.ts';
import { elementsOf, mapFrom } from '../arguments.ts';
import { BeanObject } from '../bean.ts';
import { ApexList } from '../collections/apex-list.ts';
import { errorList } from '../database/results.ts';
import { nativeClass, type NativeClass, type NativeStatic } from '../native.ts';

/** Ids of locked records by org; a test sees locks of its own. */
const locksOfOrgs = new WeakMap<Org, Set<string>>();

class TestLocks {
    readonly ids = new Set<string>();
}

function locks(rt: Runtime): Set<string> {
    if (rt.tx.isTest) return rt.tx.state(TestLocks).ids;
    const found = locksOfOrgs.get(rt.org) ?? new Set<string>();
    locksOfOrgs.set(rt.org, found);
    return found;
}

function idOf(rt: Runtime, value: unknown): Id {
    const id = value instanceof SObject ? value.id : value instanceof Id ? value : Id.tryParse(rt.toText(value));
    return id ?? rt.nullPointer();
}

function exists(rt: Runtime, id: Id): boolean {
    const object = rt.org.schema.objectByKeyPrefix(id.prefix);
    if (object === undefined) return false;
    const { totalSize } = rt.org.database.query(`SELECT Id FROM ${object.name} WHERE Id = :id`, {
        access: { userId: rt.tx.access.userId, mode: 'system', sharing: false },
        binds: new Map([['id', id]])
    });
    return totalSize > 0;
}

const UNKNOWN_RECORD: DmlRowError = {
    statusCode: 'INVALID_CROSS_REFERENCE_KEY',
    message: 'invalid cross reference id',
    fields: []
};

/** `Approval.lock` and `Approval.unlock` (Apex Reference, Approval Class). */
function setLock(verb: 'Lock' | 'Unlock'): NativeStatic {
    const className = `Approval.${verb}Result`;
    return (rt, target: unknown, allOrNone: boolean | null = true) => {
        const isList = target instanceof ApexList;
        const ids = (isList ? elementsOf(rt, target) : [target]).map((value) => idOf(rt, value));
        const failed = ids.map((id) => !exists(rt, id));
        if (allOrNone !== false) refuseAny(rt, verb, ids, failed);
        const results = ids.map((id, index) => {
            const isFailed = failed[index] === true;
            if (!isFailed && verb === 'Lock') locks(rt).add(id.value);
            if (!isFailed && verb === 'Unlock') locks(rt).delete(id.value);
            return new BeanObject(className, {
                id,
                success: !isFailed,
                errors: errorList(isFailed ? [UNKNOWN_RECORD] : [])
            });
        });
        return isList ? new ApexList(platformType(className), results) : results[0];
    };
}

function refuseAny(rt: Runtime, verb: string, ids: readonly Id[], failed: readonly boolean[]): void {
    const failures = ids.flatMap((id, index): DmlFailure[] =>
        failed[index] === true ? [{ index, object: '', id: id.value, ...UNKNOWN_RECORD }] : []
    );
    if (failures.length === 0) return;
    const details: DmlFailureDetails = { failures };
    rt.throwNew('System.DmlException', dmlFailureText(verb, failures), details);
}

function isLocked(rt: Runtime, target: unknown): unknown {
    if (!(target instanceof ApexList)) return locks(rt).has(idOf(rt, target).value);
    const ids = target.items.map((value) => idOf(rt, value));
    return mapFrom(
        rt,
        ID,
        BOOLEAN,
        ids.map((id) => [id, locks(rt).has(id.value)] as const)
    );
}

const NO_PROCESS: DmlRowError = {
    statusCode: 'NO_APPLICABLE_PROCESS',
    message: 'No applicable approval process was found.',
    fields: []
};

/** A local org has no approval processes, so that none is ever applicable. */
function process(rt: Runtime, requests: unknown, allOrNone: boolean | null = true): unknown {
    const isList = requests instanceof ApexList;
    const all = isList ? requests.items : [requests ?? rt.nullPointer()];
    if (allOrNone !== false && all.length > 0) {
        const failures = all.map((_, index): DmlFailure => ({ index, object: '', id: null, ...NO_PROCESS }));
        const details: DmlFailureDetails = { failures };
        return rt.throwNew('System.DmlException', dmlFailureText('Process', failures), details);
    }
    const results = all.map(
        (request) =>
            new BeanObject('Approval.ProcessResult', {
                entityId: (request as BeanObject).get('objectId'),
                success: false,
                errors: errorList([NO_PROCESS])
            })
    );
    return isList ? new ApexList(platformType('Approval.ProcessResult'), results) : results[0];
}

const lock = setLock('Lock');
const unlock = setLock('Unlock');

/** Approval (Apex Reference, System.Approval). */
export const approvalClass: NativeClass = nativeClass({
    name: 'System.Approval',
    statics: {
        'isLocked/1': isLocked,
        'lock/1': lock,
        'lock/2': lock,
        'process/1': process,
        'process/2': process,
        'unlock/1': unlock,
        'unlock/2': unlock
    }
});
