/**
 * @description Keeps comments of cases in step with the peer. The platform has no undelete of comments.
 */
trigger SyncCaseComment on CaseComment(after insert, after update, after delete) {
    SyncCapture.run(Trigger.operationType, Trigger.new, Trigger.old);
}
