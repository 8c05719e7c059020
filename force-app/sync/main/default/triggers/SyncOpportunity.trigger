/**
 * @description Keeps records of Opportunity in step with the peer.
 */
trigger SyncOpportunity on Opportunity(after insert, after update, after delete, after undelete) {
    SyncCapture.run(Trigger.operationType, Trigger.new, Trigger.old);
}
