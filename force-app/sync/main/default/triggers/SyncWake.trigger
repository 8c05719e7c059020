/**
 * @description Starts deliveries, and captures the changes that did not fit into their own transaction.
 */
trigger SyncWake on Sync_Wake__e(after insert) {
    SyncWakeHandler.run(Trigger.new);
}
