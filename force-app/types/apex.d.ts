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
