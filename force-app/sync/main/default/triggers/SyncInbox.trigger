/**
 * @description Applies what comes by bulk load.
 */
trigger SyncInbox on Sync_Inbox__c(before insert, before update) {
    SyncInboxHandler.run(Trigger.new);
}
