/**
 * @description Captures the files of records in step.
 */
trigger SyncContentDocumentLink on ContentDocumentLink(after insert, after delete) {
    SyncFiles.onLinks(Trigger.operationType, Trigger.new ?? Trigger.old);
}
