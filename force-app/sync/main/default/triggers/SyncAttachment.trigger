/**
 * @description Captures the files of records in step.
 */
trigger SyncAttachment on Attachment(after insert, after update, after delete, after undelete) {
    SyncFiles.onAttachments(Trigger.operationType, Trigger.new ?? Trigger.old);
}
