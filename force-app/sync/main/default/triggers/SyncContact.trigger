/**
 * @description Keeps records of Contact in step with the peer.
 */
trigger SyncContact on Contact(after insert, after update, after delete, after undelete) {
    SyncCapture.run(Trigger.operationType, Trigger.new, Trigger.old);
}
