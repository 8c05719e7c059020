/**
 * @description Captures the files of records in step.
 */
trigger SyncContentVersion on ContentVersion(after insert, after update) {
    SyncFiles.onVersions(Trigger.new);
}
