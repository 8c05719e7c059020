/**
 * @description Keeps records of Case in step with the peer.
 */
trigger SyncCase on Case(after insert, after update, after delete, after undelete) {
    SyncCapture.run(Trigger.operationType, Trigger.new, Trigger.old);
}
