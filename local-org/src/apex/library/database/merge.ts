import { Id, SObject } from '../../../values/index.ts';
import type { DmlRowError, Runtime } from '../../runtime/runtime.ts';
import { chargeLimit } from '../../runtime/limit-messages.ts';
import { merge } from '../../runtime/statements.ts';
import { platformType } from '../../types/apex-types.ts';
import { stringList } from '../arguments.ts';
import { beanClass, BeanObject } from '../bean.ts';
import { ApexList } from '../collections/apex-list.ts';
import type { NativeClass, NativeStatic } from '../native.ts';
import { AccessLevelObject, modeOf } from './access-level.ts';
import { errorList } from './results.ts';
import { attempt } from './row-outcome.ts';

const RESULT = platformType('Database.MergeResult');

/** `Database.merge(master, duplicate or duplicates, allOrNone, accessLevel)`: one result per duplicate. */
const mergeAll: NativeStatic = (rt, master: SObject | null, duplicates: unknown, ...args: unknown[]) => {
    const target = master ?? rt.nullPointer();
    const level = args.find((arg) => arg instanceof AccessLevelObject);
    const allOrNone = !args.includes(false);
    chargeLimit(rt, 'dmlStatements', 1);
    const one = (duplicate: unknown): BeanObject => {
        const loser = toRecord(rt, target, duplicate);
        const mode = modeOf(rt, level);
        const outcome = attempt(rt, allOrNone, () => merge(rt, target, [loser], mode));
        return 'errors' in outcome ? result(target, outcome.errors) : result(target, [], loser, outcome.value);
    };
    return duplicates instanceof ApexList ? new ApexList(RESULT, duplicates.items.map(one)) : one(duplicates);
};

function toRecord(rt: Runtime, { type }: SObject, value: unknown): SObject {
    if (value instanceof SObject) return value;
    const record = new SObject(type);
    record.id = value instanceof Id ? value : Id.of(rt.toText(value ?? rt.nullPointer()));
    return record;
}

function result(
    master: SObject,
    errors: readonly DmlRowError[],
    loser?: SObject,
    moved: readonly Id[] = []
): BeanObject {
    return new BeanObject('Database.MergeResult', {
        errors: errorList(errors),
        id: master.id,
        mergedRecordIds: stringList(loser?.id === undefined || loser.id === null ? [] : [loser.id.value]),
        success: errors.length === 0,
        updatedRelatedIds: stringList(moved.map((id) => id.value))
    });
}

export const mergeStatics: Readonly<Record<string, NativeStatic>> = {
    'merge/2': mergeAll,
    'merge/3': mergeAll,
    'merge/4': mergeAll
};

export const mergeResultClass: NativeClass = beanClass('Database.MergeResult', { readOnly: true });
