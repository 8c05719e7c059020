import type { Savepoint } from '../../../org/database.ts';
import { chargeLimit } from '../../runtime/limit-messages.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { nativeClass, type NativeClass, type NativeStatic } from '../native.ts';

export class SavepointObject extends NativeObject {
    readonly className = 'System.Savepoint';
    readonly savepoint: Savepoint;
    /** Uncommitted work there was when it was set. */
    readonly uncommittedBefore: boolean;

    constructor(savepoint: Savepoint, uncommittedBefore: boolean) {
        super();
        this.savepoint = savepoint;
        this.uncommittedBefore = uncommittedBefore;
    }
}

/** Savepoints of a transaction that are still good, oldest first. */
class OpenSavepoints {
    list: SavepointObject[] = [];
}

function setSavepoint(rt: Runtime): SavepointObject {
    chargeLimit(rt, 'dmlStatements', 1);
    const point = new SavepointObject(rt.org.database.savepoint(), rt.tx.uncommittedWork);
    rt.tx.state(OpenSavepoints).list.push(point);
    return point;
}

/** Position of a savepoint that is still good. */
function position(rt: Runtime, point: SavepointObject | null): number {
    if (point === null) {
        return rt.nullPointer();
    }
    const index = rt.tx.state(OpenSavepoints).list.indexOf(point);
    return index < 0 ? rt.throwNew('System.TypeException', 'Invalid savepoint: it was released or rolled back') : index;
}

/** Undoes what came after; the savepoint stays good, later ones do not. */
function rollback(rt: Runtime, point: SavepointObject): void {
    const open = rt.tx.state(OpenSavepoints);
    const index = position(rt, point);
    chargeLimit(rt, 'dmlStatements', 1);
    rt.org.database.rollback(point.savepoint);
    open.list = open.list.slice(0, index + 1);
    rt.tx.uncommittedWork = point.uncommittedBefore;
}

/** Gives up the savepoint and later ones; what came after them stays, and is uncommitted work. */
function releaseSavepoint(rt: Runtime, point: SavepointObject): void {
    const open = rt.tx.state(OpenSavepoints);
    open.list = open.list.slice(0, position(rt, point));
}

/** Callouts have to wait until every savepoint is released (Apex Developer Guide, Transaction Control, since version 60.0). */
export function hasActiveSavepoints(rt: Runtime): boolean {
    return rt.tx.state(OpenSavepoints).list.length > 0;
}

/** What `Test.startTest` and `Test.stopTest` do. */
export function releaseAllSavepoints(rt: Runtime): void {
    rt.tx.state(OpenSavepoints).list = [];
}

export const savepointStatics: Readonly<Record<string, NativeStatic>> = {
    'setSavepoint()': setSavepoint,
    'rollback(Savepoint)': rollback,
    'releaseSavepoint(Savepoint)': releaseSavepoint
};

/** Savepoint (Apex Developer Guide, Transaction Control). */
export const savepointClass: NativeClass = nativeClass({ name: 'System.Savepoint' });
