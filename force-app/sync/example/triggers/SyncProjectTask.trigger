/**
 * @description Keeps records of Project_Task__c in step with the peer.
 */
trigger SyncProjectTask on Project_Task__c(after insert, after update, after delete, after undelete) {
    SyncCapture.run(Trigger.operationType, Trigger.new, Trigger.old);
}
