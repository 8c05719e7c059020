/**
 * @description Keeps records of Project__c in step with the peer.
 */
trigger SyncProject on Project__c(after insert, after update, after delete, after undelete) {
    SyncCapture.run(Trigger.operationType, Trigger.new, Trigger.old);
}
