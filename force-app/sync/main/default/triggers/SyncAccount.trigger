/**
 * @description Keeps records of Account in step with the peer.
 */
trigger SyncAccount on Account(after insert, after update, after delete, after undelete) {
    SyncCapture.run(Trigger.operationType, Trigger.new, Trigger.old);
}
