/**
 * @description Keeps the entries of files in step with the peer.
 */
trigger SyncFile on Sync_File__c(
    before insert,
    before update,
    before delete,
    after insert,
    after update,
    after delete,
    after undelete
) {
    SyncFileEntries.run(Trigger.operationType, Trigger.new, Trigger.old);
}
