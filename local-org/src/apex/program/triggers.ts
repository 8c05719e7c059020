import type { TriggerDispatch, TriggerEvent } from '../../org/database.ts';
import { EventDelivery } from '../library/events/trigger-context.ts';
import { RunningTriggers, TriggerContext } from '../library/system/trigger.ts';
import { ApexException } from '../runtime/apex-exception.ts';
import type { EngineState } from './engine-state.ts';
import type { LinkedUnit } from './link.ts';
import { runTransaction } from './run-transaction.ts';

/** Runs the triggers of the installed program when the database changes rows. */
export function createTriggerDispatch(current: () => EngineState): TriggerDispatch {
    function triggersOf(object: string): LinkedUnit[] {
        const lower = object.toLowerCase();
        return current().linker.units.filter(
            ({ compiled }) => compiled.unit.triggerObject?.name.toLowerCase() === lower
        );
    }

    /** A change over REST brings no transaction of Apex along. */
    function within<T>(userId: string, work: () => T, isCommitted?: (result: T) => boolean): T {
        const state = current();
        if (state.runtime.isRunning) return work();
        return runTransaction(state, { userId }, (tx) => {
            const result = work();
            if (isCommitted?.(result) === false) tx.later.length = 0;
            return result;
        });
    }

    return {
        handles: (object) => triggersOf(object).length > 0,
        subscribers: (event) => triggersOf(event).map(nameOf),
        fire(event) {
            const name = `${event.phase} ${event.operation}`;
            const due = triggersOf(event.object).filter(
                (unit) =>
                    unit.compiled.trigger?.events.includes(name) === true &&
                    (event.trigger === undefined || nameOf(unit) === event.trigger)
            );
            if (due.length === 0) return;
            const state = current();
            within(event.userId ?? '', () => due.forEach((unit) => runTrigger(state, unit, event)));
        },
        within
    };
}

function nameOf({ compiled }: LinkedUnit): string {
    return compiled.unit.name;
}

function runTrigger({ runtime }: EngineState, unit: LinkedUnit, event: TriggerEvent): void {
    const { depth, tx } = runtime;
    const { stack } = tx.state(RunningTriggers);
    const { baseDepth } = tx;
    tx.baseDepth = depth;
    stack.push(new TriggerContext(event));
    try {
        unit.run?.();
    } catch (error) {
        if (!(error instanceof ApexException)) throw error;
        tx.state(EventDelivery).failure = error;
        failRows(unit, event, error);
    } finally {
        stack.pop();
        tx.baseDepth = baseDepth;
        runtime.depth = depth;
    }
}

/** An exception that leaves a trigger fails every row it ran for. */
function failRows(unit: LinkedUnit, event: TriggerEvent, exception: ApexException): void {
    const phase = event.phase === 'before' ? 'Before' : 'After';
    const operation = event.operation.charAt(0).toUpperCase() + event.operation.slice(1);
    const message =
        `${nameOf(unit)}: execution of ${phase}${operation}\n\n` +
        `caused by: ${exception.toString()}\n\n${exception.stackText}`;
    for (const record of event.newRecords ?? event.oldRecords ?? []) {
        record.addError(message, undefined, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
    }
}
