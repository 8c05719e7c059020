import { textOf } from '../../../schema/document.ts';
import { AUTOMATED_PROCESS } from '../../../org/automated-process.ts';
import type { MetadataDocument } from '../../../org/metadata-registry.ts';
import type { Runtime } from '../../runtime/runtime.ts';

/** Events that a trigger gets at a time, unless it is configured otherwise. */
const MAXIMUM_EVENTS = 2000;

/** A trigger that hears of a platform event. */
export interface Subscriber {
    readonly trigger: string;
    /** Events that it gets at a time at most. */
    readonly batchSize: number;
    readonly userId: string;
}

/**
 * The triggers of an event with what is configured for each of them. Source: Platform Events Developer Guide, "Configure the
 * User and Batch Size for Your Platform Event Trigger with PlatformEventSubscriberConfig".
 */
export function subscribersOf(rt: Runtime, event: string): Subscriber[] {
    return rt.org.apex.triggers.subscribers(event).map((trigger) => {
        const config = configOf(rt, trigger);
        return {
            trigger,
            batchSize: Number(textOf(config, 'batchSize') ?? MAXIMUM_EVENTS),
            userId: userOf(rt, textOf(config, 'user'))
        };
    });
}

function configOf({ org }: Runtime, trigger: string): MetadataDocument | undefined {
    const lower = trigger.toLowerCase();
    return org.metadata
        .list('PlatformEventSubscriberConfig')
        .find(({ document }) => textOf(document, 'platformEventConsumer')?.toLowerCase() === lower)?.document;
}

/** The user that is configured; Automated Process where none is, or none of that name any more. */
function userOf(rt: Runtime, username: string | undefined): string {
    const configured = username === undefined ? undefined : idOfUser(rt, 'Username', username);
    return configured ?? idOfUser(rt, 'UserType', AUTOMATED_PROCESS) ?? rt.tx.access.userId;
}

function idOfUser(rt: Runtime, field: 'Username' | 'UserType', value: string): string | undefined {
    const { records } = rt.org.database.query(`SELECT Id FROM User WHERE ${field} = :value`, {
        access: { ...rt.tx.access, mode: 'system', sharing: false },
        binds: new Map([['value', value]])
    });
    return records[0]?.id?.value;
}
