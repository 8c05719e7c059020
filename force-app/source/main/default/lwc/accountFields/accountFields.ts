/** The account fields that the panel shows, compares and edits, in the order of the standard account layout. */
import type { AccountRow } from 'apex/types';

export type AccountField = Exclude<keyof AccountRow, 'id' | 'externalKey' | 'lastModifiedDate' | 'fieldsToNull'>;

export type FieldKind = 'text' | 'phone' | 'url' | 'number';

export interface AccountFieldInfo {
    field: AccountField;
    label: string;
    kind: FieldKind;
    required: boolean;
    /** Characters; undefined for numbers. */
    maxLength?: number;
}

export const ACCOUNT_FIELDS: readonly AccountFieldInfo[] = [
    { field: 'name', label: 'Account Name', kind: 'text', required: true, maxLength: 255 },
    { field: 'type', label: 'Type', kind: 'text', required: false, maxLength: 255 },
    { field: 'phone', label: 'Phone', kind: 'phone', required: false, maxLength: 40 },
    { field: 'website', label: 'Website', kind: 'url', required: false, maxLength: 255 },
    { field: 'annualRevenue', label: 'Annual Revenue', kind: 'number', required: false },
    { field: 'rating', label: 'Rating', kind: 'text', required: false, maxLength: 255 }
];
