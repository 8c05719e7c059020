import type {
    SyncConflictRow,
    SyncDeadLetterRow,
    SyncFieldComparison,
    SyncHistoryEntry,
    SyncOverview,
    SyncRecordView
} from 'apex/types';

export const RECORD_ID = '500000000000001AAA';
export const REMOTE_ID = '500000000000009AAA';
export const CORRELATION_ID = '8f14e45f-ceea-4672-b6d6-d0aa2fd7a001';

export function overview(overrides: SyncOverview = {}): SyncOverview {
    return {
        peers: [
            {
                name: 'Target_Org',
                paused: false,
                breaker: 'Closed',
                apiUsed: 150,
                apiLimit: 15_000,
                pending: 3,
                waiting: 1,
                deadLetters: 2,
                conflicts: 1
            }
        ],
        mappings: [
            {
                name: 'Case',
                pending: 3,
                waiting: 1,
                deadLetters: 2,
                conflicts: 1,
                sent: 40,
                received: 12,
                failed: 1
            }
        ],
        traffic: [
            { startsAt: '2026-01-15T10:00:00.000Z', sent: 0, received: 0, failed: 0, lagP95: null },
            { startsAt: '2026-01-15T10:05:00.000Z', sent: 40, received: 12, failed: 1, lagP95: 1_250 }
        ],
        changes: 52,
        lagP50: 340,
        lagP95: 1_250,
        truncated: false,
        ...overrides
    };
}

export function deadLetter(overrides: SyncDeadLetterRow = {}): SyncDeadLetterRow {
    return {
        id: 'a01000000000001AAA',
        recordId: RECORD_ID,
        mapping: 'Case',
        operation: 'Upsert',
        errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        reason: 'A closed case needs a resolution.',
        remedy: 'Fill in the resolution, or change the validation rule of the other org.',
        capturedAt: '2026-01-15T10:01:00.000Z',
        ...overrides
    };
}

export function field(overrides: SyncFieldComparison = {}): SyncFieldComparison {
    return {
        field: 'Subject',
        label: 'Subject',
        baseValue: 'Printer',
        localValue: 'Printer on fire',
        remoteValue: 'Printer is wet',
        differs: true,
        held: true,
        ...overrides
    };
}

export function conflict(overrides: SyncConflictRow = {}): SyncConflictRow {
    return {
        id: 'a02000000000001AAA',
        recordId: RECORD_ID,
        mapping: 'Case',
        fields: [field(), field({ field: 'Priority', label: 'Priority', localValue: 'High', remoteValue: null })],
        ...overrides
    };
}

export function historyEntry(overrides: SyncHistoryEntry = {}): SyncHistoryEntry {
    return {
        id: 'a03000000000001AAA',
        correlationId: CORRELATION_ID,
        direction: 'Out',
        operation: 'Upsert',
        outcome: 'Applied',
        mapping: 'Case',
        recordId: RECORD_ID,
        doneAt: '2026-01-15T10:01:00.340Z',
        lagMs: 340,
        ...overrides
    };
}

export function recordView(overrides: SyncRecordView = {}): SyncRecordView {
    return {
        linked: true,
        mapping: 'Case',
        remoteId: REMOTE_ID,
        state: 'Active',
        inStepAt: '2026-01-15T10:01:00.000Z',
        queueStatus: null,
        deadLetter: null,
        conflictId: null,
        fields: [field({ differs: false, held: false, remoteValue: 'Printer on fire' })],
        ...overrides
    };
}
