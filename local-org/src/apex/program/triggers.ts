import type { TriggerDispatch, TriggerEvent } from '../../org/database.ts';
import { EventDelivery } from '../library/events/trigger-context.ts';
import { RunningTriggers, TriggerContext } from '../library/system/trigger.ts';
import { ApexException } from '../runtime/apex-exception.ts';
import type { AccessContext } from '../../access/types.ts';
import type { Org } from '../../org/org.ts';
import { textOf } from '../../schema/document.ts';
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
        fire(event) {
            const name = `${event.phase} ${event.operation}`;
            const due = triggersOf(event.object).filter(({ compiled }) => compiled.trigger?.events.includes(name));
            if (due.length === 0) return;
            const state = current();
            within(event.userId ?? '', () => due.forEach((unit) => runTrigger(state, unit, event)));
        },
        within
    };
}

function runTrigger({ runtime, org }: EngineState, unit: LinkedUnit, event: TriggerEvent): void {
    const { depth, tx } = runtime;
    const { access } = tx;
    tx.access = { ...access, userId: subscriberOf(org, unit.compiled.unit.name, access) ?? access.userId };
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
        tx.access = access;
        tx.baseDepth = baseDepth;
        runtime.depth = depth;
    }
}

/**
 * The user that a PlatformEventSubscriberConfig names for the trigger of an event; undefined leaves it to the publisher,
 * where the platform takes its Automated Process user.
 */
function subscriberOf(org: Org, trigger: string, caller: AccessContext): string | undefined {
    const config = org.metadata
        .list('PlatformEventSubscriberConfig')
        .find(({ document }) => textOf(document, 'platformEventConsumer')?.toLowerCase() === trigger.toLowerCase());
    const username = textOf(config?.document, 'user');
    if (username === undefined) return undefined;
    const access: AccessContext = { ...caller, mode: 'system', sharing: false };
    const binds = new Map([['username', username]]);
    const { records } = org.database.query('SELECT Id FROM User WHERE Username = :username', { access, binds });
    return records[0]?.id?.value;
}

/** An exception that leaves a trigger fails every row it ran for. */
function failRows(unit: LinkedUnit, event: TriggerEvent, exception: ApexException): void {
    const phase = event.phase === 'before' ? 'Before' : 'After';
    const operation = event.operation.charAt(0).toUpperCase() + event.operation.slice(1);
    const message =
        `${unit.compiled.unit.name}: execution of ${phase}${operation}\n\n` +
        `caused by: ${exception.toString()}\n\n${exception.stackText}`;
    for (const record of event.newRecords ?? event.oldRecords ?? []) {
        record.addError(message, undefined, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
    }
}
