/**
 * @description Captures the files of records in step.
 */
trigger SyncContentDocument on ContentDocument(after delete, after undelete) {
    SyncFiles.onDocuments(Trigger.operationType, Trigger.new ?? Trigger.old);
}
