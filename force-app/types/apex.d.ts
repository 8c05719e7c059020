// Generated from the Apex classes by scripts/generate-apex-types.ts. Do not edit.

declare module 'apex/types' {
    export interface AccountPage {
        records?: Array<AccountRow> | null;
        nextCursor?: string | null;
    }
    export interface AccountRow {
        id?: string | null;
        externalKey?: string | null;
        name?: string | null;
        type?: string | null;
        annualRevenue?: number | null;
        phone?: string | null;
        website?: string | null;
        rating?: string | null;
        lastModifiedDate?: string | null;
        fieldsToNull?: Array<string> | null;
    }
    export interface FieldDifference {
        field?: string | null;
        label?: string | null;
        localValue?: string | null;
        remoteValue?: string | null;
    }
    export interface Interval {
        startsAt?: string | null;
        sent?: number | null;
        received?: number | null;
        failed?: number | null;
        lagP95?: number | null;
    }
    export interface Mapping {
        name?: string | null;
        pending?: number | null;
        waiting?: number | null;
        deadLetters?: number | null;
        conflicts?: number | null;
        sent?: number | null;
        received?: number | null;
        failed?: number | null;
    }
    export interface Peer {
        name?: string | null;
        paused?: boolean | null;
        pausedReason?: string | null;
        breaker?: string | null;
        budgetUntil?: string | null;
        apiUsed?: number | null;
        apiLimit?: number | null;
        pending?: number | null;
        waiting?: number | null;
        deadLetters?: number | null;
        conflicts?: number | null;
    }
    export interface SaveError {
        statusCode?: string | null;
        message?: string | null;
        fields?: Array<string> | null;
    }
    export interface SaveOutcome {
        id?: string | null;
        externalKey?: string | null;
        success?: boolean | null;
        created?: boolean | null;
        errors?: Array<SaveError> | null;
    }
    export interface SyncConflictRow {
        id?: string | null;
        recordId?: string | null;
        mapping?: string | null;
        fields?: Array<SyncFieldComparison> | null;
    }
    export interface SyncDeadLetterRow {
        id?: string | null;
        recordId?: string | null;
        mapping?: string | null;
        operation?: string | null;
        errorCode?: string | null;
        reason?: string | null;
        remedy?: string | null;
        capturedAt?: string | null;
    }
    export interface SyncFieldComparison {
        field?: string | null;
        label?: string | null;
        baseValue?: string | null;
        localValue?: string | null;
        remoteValue?: string | null;
        differs?: boolean | null;
        held?: boolean | null;
    }
    export interface SyncFileRow {
        id?: string | null;
        title?: string | null;
        url?: string | null;
        size?: number | null;
        status?: string | null;
        reason?: string | null;
    }
    export interface SyncHistoryEntry {
        id?: string | null;
        correlationId?: string | null;
        direction?: string | null;
        operation?: string | null;
        outcome?: string | null;
        mapping?: string | null;
        recordId?: string | null;
        doneAt?: string | null;
        lagMs?: number | null;
        errorCode?: string | null;
        reason?: string | null;
    }
    export interface SyncOverview {
        peers?: Array<Peer> | null;
        mappings?: Array<Mapping> | null;
        traffic?: Array<Interval> | null;
        changes?: number | null;
        lagP50?: number | null;
        lagP95?: number | null;
        truncated?: boolean | null;
    }
    export interface SyncRecordView {
        linked?: boolean | null;
        mapping?: string | null;
        remoteId?: string | null;
        state?: string | null;
        inStepAt?: string | null;
        queueStatus?: string | null;
        deadLetter?: SyncDeadLetterRow | null;
        conflictId?: string | null;
        fields?: Array<SyncFieldComparison> | null;
        files?: Array<SyncFileRow> | null;
    }
    export interface TwinView {
        localKey?: string | null;
        localValues?: AccountRow | null;
        remote?: AccountRow | null;
        differences?: Array<FieldDifference> | null;
    }
}

declare module '@salesforce/apex/AccountHelper.createOrUpdateAccount' {
    import type { ApexAction } from 'apex/action';
    import type { AccountRow, SaveOutcome } from 'apex/types';
    const createOrUpdateAccount: ApexAction<{ rows: Array<AccountRow> | null }, Array<SaveOutcome>>;
    export default createOrUpdateAccount;
}

declare module '@salesforce/apex/AccountHelper.getAccountList' {
    import type { ApexWireAction } from 'apex/action';
    import type { AccountPage } from 'apex/types';
    const getAccountList: ApexWireAction<
        { searchTerm: string | null; pageSize: number | null; afterCursor: string | null },
        AccountPage
    >;
    export default getAccountList;
}

declare module '@salesforce/apex/AccountHelper.getTwin' {
    import type { ApexAction } from 'apex/action';
    import type { TwinView } from 'apex/types';
    const getTwin: ApexAction<{ recordId: string | null }, TwinView>;
    export default getTwin;
}

declare module '@salesforce/apex/AccountHelper.pushToTarget' {
    import type { ApexAction } from 'apex/action';
    import type { SaveOutcome } from 'apex/types';
    const pushToTarget: ApexAction<{ recordId: string | null; fields: Array<string> | null }, SaveOutcome>;
    export default pushToTarget;
}

declare module '@salesforce/apex/SyncMonitorController.dismiss' {
    import type { ApexAction } from 'apex/action';

    const dismiss: ApexAction<{ ids: Array<string> | null; reason: string | null }, number>;
    export default dismiss;
}

declare module '@salesforce/apex/SyncMonitorController.getConflicts' {
    import type { ApexAction } from 'apex/action';
    import type { SyncConflictRow } from 'apex/types';
    const getConflicts: ApexAction<{ maxRows: number | null }, Array<SyncConflictRow>>;
    export default getConflicts;
}

declare module '@salesforce/apex/SyncMonitorController.getDeadLetters' {
    import type { ApexAction } from 'apex/action';
    import type { SyncDeadLetterRow } from 'apex/types';
    const getDeadLetters: ApexAction<{ maxRows: number | null }, Array<SyncDeadLetterRow>>;
    export default getDeadLetters;
}

declare module '@salesforce/apex/SyncMonitorController.getHistory' {
    import type { ApexAction } from 'apex/action';
    import type { SyncHistoryEntry } from 'apex/types';
    const getHistory: ApexAction<{ searchTerm: string | null }, Array<SyncHistoryEntry>>;
    export default getHistory;
}

declare module '@salesforce/apex/SyncMonitorController.getOverview' {
    import type { ApexAction } from 'apex/action';
    import type { SyncOverview } from 'apex/types';
    const getOverview: ApexAction<object, SyncOverview>;
    export default getOverview;
}

declare module '@salesforce/apex/SyncMonitorController.pause' {
    import type { ApexAction } from 'apex/action';

    const pause: ApexAction<{ peer: string | null; reason: string | null }, void>;
    export default pause;
}

declare module '@salesforce/apex/SyncMonitorController.replay' {
    import type { ApexAction } from 'apex/action';

    const replay: ApexAction<{ ids: Array<string> | null }, number>;
    export default replay;
}

declare module '@salesforce/apex/SyncMonitorController.resolve' {
    import type { ApexAction } from 'apex/action';

    const resolve: ApexAction<{ conflictId: string | null; choices: Record<string, string> | null }, void>;
    export default resolve;
}

declare module '@salesforce/apex/SyncMonitorController.resume' {
    import type { ApexAction } from 'apex/action';

    const resume: ApexAction<{ peer: string | null }, void>;
    export default resume;
}

declare module '@salesforce/apex/SyncRecordController.getView' {
    import type { ApexAction } from 'apex/action';
    import type { SyncRecordView } from 'apex/types';
    const getView: ApexAction<{ recordId: string | null }, SyncRecordView>;
    export default getView;
}

declare module '@salesforce/apex/SyncRecordController.pull' {
    import type { ApexAction } from 'apex/action';

    const pull: ApexAction<{ recordId: string | null }, void>;
    export default pull;
}

declare module '@salesforce/apex/SyncRecordController.push' {
    import type { ApexAction } from 'apex/action';

    const push: ApexAction<{ recordId: string | null }, void>;
    export default push;
}
