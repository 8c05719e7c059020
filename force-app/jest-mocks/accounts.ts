import type { AccountPage, AccountRow, SaveOutcome, TwinView } from 'apex/types';

export const SOURCE_ID = '001000000000001AAA';
export const TARGET_ID = '001000000000002AAA';

export function accountRow(overrides: AccountRow = {}): AccountRow {
    return {
        id: TARGET_ID,
        externalKey: `00D000000000001EAA:${SOURCE_ID}`,
        name: 'Acme',
        type: 'Customer - Direct',
        annualRevenue: 1_200_000,
        phone: '(555) 010-0100',
        website: 'www.acme.example',
        rating: 'Hot',
        lastModifiedDate: '2026-01-15T10:30:00.000Z',
        ...overrides
    };
}

export function accountPage(names: string[], nextCursor: string | null = null): AccountPage {
    return { records: names.map((name, index) => accountRow({ id: `001${index}`, name })), nextCursor };
}

export function twinView(overrides: TwinView = {}): TwinView {
    return {
        localKey: `00D000000000001EAA:${SOURCE_ID}`,
        localValues: accountRow({ id: SOURCE_ID }),
        remote: accountRow(),
        differences: [],
        ...overrides
    };
}

export function differingTwinView(): TwinView {
    return twinView({
        remote: accountRow({ phone: '(555) 010-0999', rating: null }),
        differences: [
            { field: 'phone', label: 'Phone', localValue: '(555) 010-0100', remoteValue: '(555) 010-0999' },
            { field: 'rating', label: 'Rating', localValue: 'Hot', remoteValue: null }
        ]
    });
}

export function savedOutcome(overrides: SaveOutcome = {}): SaveOutcome {
    return { id: TARGET_ID, success: true, created: false, errors: [], ...overrides };
}

/** What the target org answers for a row that it refuses. */
export function refusedOutcome(message: string, fields: string[] = []): SaveOutcome {
    return {
        id: null,
        success: false,
        created: false,
        errors: [{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message, fields }]
    };
}

/** What an AuraHandledException looks like in the browser. */
export function apexError(message: string): unknown {
    return { body: { message }, ok: false, status: 500, statusText: 'Server Error', errorType: 'fetchResponse' };
}

export const UNREACHABLE = 'The target org did not answer. Check the host of the named credential TargetOrg_NC.';
