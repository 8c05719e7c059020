import { defineField, picklistValue, SYSTEM_FIELDS } from '../field.ts';
import type { FieldDef } from '../types.ts';

/**
 * Fields of `X__Share`, which a custom object has when its default is less than public read and write. `reasons` are the
 * names of the object's Apex sharing reasons (Apex Developer Guide, "Creating User Managed Sharing Programmatically").
 */
export function shareFields(parent: string, reasons: readonly string[]): FieldDef[] {
    const access = ['Read', 'Edit', 'All'].map((value) => picklistValue(value, false));
    const causes = ['Owner', 'Manual', 'Rule', ...reasons].map((value) => picklistValue(value, value === 'Manual'));
    const reference = { type: 'reference', length: 18, nillable: false, updateable: false } as const;
    const fields = [
        SYSTEM_FIELDS.Id,
        defineField({
            name: 'ParentId',
            ...reference,
            referenceTo: [parent],
            relationshipName: 'Parent',
            cascadeDelete: true
        }),
        defineField({ name: 'AccessLevel', type: 'picklist', length: 40, nillable: false, picklistValues: access }),
        defineField({ name: 'RowCause', type: 'picklist', length: 40, picklistValues: causes, defaultValue: 'Manual' }),
        defineField({
            name: 'UserOrGroupId',
            ...reference,
            referenceTo: ['Group', 'User'],
            relationshipName: 'UserOrGroup'
        }),
        SYSTEM_FIELDS.LastModifiedDate,
        SYSTEM_FIELDS.LastModifiedById,
        SYSTEM_FIELDS.IsDeleted
    ];
    return fields.filter((field) => field !== undefined);
}
