import { chargeLimit } from '../../runtime/limit-messages.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { hasActiveSavepoints } from '../database/savepoints.ts';
import { RunningTriggers } from '../system/trigger.ts';

/** Counts a callout, and refuses it where the transaction may make none (Apex Developer Guide, Callout Limits and Limitations). */
export function beginCallout(rt: Runtime): void {
    const fail = (message: string): never => rt.throwNew('System.CalloutException', message);
    chargeLimit(rt, 'callouts', 1);
    if (rt.tx.state(RunningTriggers).stack.length > 0) fail('Callout from triggers are currently not supported.');
    if (rt.tx.uncommittedWork) fail('You have uncommitted work pending. Please commit or rollback before calling out');
    if (hasActiveSavepoints(rt)) fail('All active Savepoints must be released before making callouts.');
}
