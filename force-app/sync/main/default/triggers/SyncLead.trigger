/**
 * @description Keeps records of Lead in step with the peer.
 */
trigger SyncLead on Lead(after insert, after update, after delete, after undelete) {
    SyncCapture.run(Trigger.operationType, Trigger.new, Trigger.old);
}
