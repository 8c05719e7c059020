import type { TriggerEvent } from '../../../org/database.ts';
import type { SObject } from '../../../values/index.ts';
import { platformEnumValue } from '../../runtime/enum-value.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { ID, sobjectType } from '../../types/apex-types.ts';
import { ApexList } from '../collections/apex-list.ts';
import { ApexMap } from '../collections/apex-map.ts';
import { nativeClass, type NativeClass, type NativeStaticProperty } from '../native.ts';

/** One trigger invocation as `Trigger` shows it. The collections are the same objects throughout. */
export class TriggerContext {
    readonly event: TriggerEvent;
    readonly newList: ApexList | null;
    readonly oldList: ApexList | null;
    #newMap: ApexMap | null | undefined;
    #oldMap: ApexMap | null | undefined;

    constructor(event: TriggerEvent) {
        this.event = event;
        const type = sobjectType(event.object);
        this.newList = event.newRecords === null ? null : new ApexList(type, [...event.newRecords]);
        this.oldList = event.oldRecords === null ? null : new ApexList(type, [...event.oldRecords]);
    }

    /** null before an insert, when the records have no ids. */
    newMap(rt: Runtime): ApexMap | null {
        if (this.#newMap === undefined) {
            const hasIds = this.event.operation !== 'insert' || this.event.phase !== 'before';
            this.#newMap = hasIds ? byId(rt, this.newList) : null;
        }
        return this.#newMap;
    }

    oldMap(rt: Runtime): ApexMap | null {
        this.#oldMap ??= byId(rt, this.oldList);
        return this.#oldMap;
    }

    get size(): number {
        return (this.newList ?? this.oldList)?.size ?? 0;
    }
}

function byId(rt: Runtime, list: ApexList | null): ApexMap | null {
    if (list === null) {
        return null;
    }
    const map = new ApexMap(ID, list.elementType);
    for (const record of list.items as SObject[]) {
        map.put(rt, record.id, record);
    }
    return map;
}

/** Trigger invocations that run now, innermost last; the dispatch of triggers pushes and pops. */
export class RunningTriggers {
    readonly stack: TriggerContext[] = [];
}

function current(rt: Runtime): TriggerContext | undefined {
    return rt.tx.state(RunningTriggers).stack.at(-1);
}

function property(read: (context: TriggerContext, rt: Runtime) => unknown): NativeStaticProperty {
    return {
        get: (rt) => {
            const context = current(rt);
            return context === undefined ? null : read(context, rt);
        }
    };
}

function flag(test: (event: TriggerEvent) => boolean): NativeStaticProperty {
    return {
        get: (rt) => {
            const context = current(rt);
            return context !== undefined && test(context.event);
        }
    };
}

/** Trigger (Apex Developer Guide, Trigger Context Variables): all false or null outside triggers. */
export const triggerClass: NativeClass = nativeClass({
    name: 'System.Trigger',
    staticProperties: {
        isAfter: flag((event) => event.phase === 'after'),
        isBefore: flag((event) => event.phase === 'before'),
        isDelete: flag((event) => event.operation === 'delete'),
        isExecuting: flag(() => true),
        isInsert: flag((event) => event.operation === 'insert'),
        isUndelete: flag((event) => event.operation === 'undelete'),
        isUpdate: flag((event) => event.operation === 'update'),
        New: property((context) => context.newList),
        newMap: property((context, rt) => context.newMap(rt)),
        old: property((context) => context.oldList),
        oldMap: property((context, rt) => context.oldMap(rt)),
        operationType: property(({ event }) =>
            platformEnumValue('System.TriggerOperation', `${event.phase}_${event.operation}`)
        ),
        size: property((context) => context.size)
    }
});
