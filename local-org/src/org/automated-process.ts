import { Datetime, Id } from '../values/index.ts';
import type { Store } from '../store/store.ts';

/** What tells the user from those that people log in as. */
export const AUTOMATED_PROCESS = 'AutomatedProcess';

/**
 * The user that triggers of platform events run as unless another is configured: without a profile, an address or a way to
 * log in. An org has one from the start. Source: Platform Events Developer Guide, "Configure the User and Batch Size for Your
 * Platform Event Trigger"; Object Reference, User (UserType).
 */
export function ensureAutomatedProcess(store: Store, orgId: string, now: number): void {
    const users = [...store.table('User').rows()];
    if (users.some(({ UserType }) => UserType === AUTOMATED_PROCESS)) return;
    const id = store.newId('005');
    const stamp = new Datetime(now);
    store.put('User', {
        Id: id,
        Username: `autoproc@${Id.of(orgId).value.toLowerCase()}`,
        FirstName: 'Automated',
        LastName: 'Process',
        Name: 'Automated Process',
        Alias: 'autoproc',
        IsActive: true,
        UserType: AUTOMATED_PROCESS,
        TimeZoneSidKey: 'GMT',
        LocaleSidKey: 'en_US',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
        CreatedById: id,
        CreatedDate: stamp,
        LastModifiedById: id,
        LastModifiedDate: stamp,
        SystemModstamp: stamp
    });
}
