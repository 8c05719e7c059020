import type { Runtime } from '../../runtime/runtime.ts';
import { TestState } from './test-state.ts';

/**
 * Whether a test has put the org into read-only mode (Apex Reference, System.Test, `setReadOnlyApplicationMode`): queries
 * go on, DML throws InvalidReadOnlyUserDmlException.
 */
export function isReadOnly(rt: Runtime): boolean {
    return rt.tx.isTest && rt.tx.state(TestState).isReadOnly;
}

/** Throws when the org is in read-only mode; the wording is the local org's own. */
export function refuseReadOnly(rt: Runtime): void {
    if (!isReadOnly(rt)) return;
    rt.throwNew(
        'System.InvalidReadOnlyUserDmlException',
        'DML is not allowed: Test.setReadOnlyApplicationMode(true) put the org into read-only mode'
    );
}
