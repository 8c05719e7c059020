import type { FieldType } from '../../../schema/types.ts';
import type { SObject } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { beanClass, BeanObject } from '../bean.ts';
import type { NativeClass } from '../native.ts';

export function isDmlOptions(value: unknown): value is BeanObject {
    return value instanceof BeanObject && value.className === 'Database.DMLOptions';
}

const TEXT_TYPES: ReadonlySet<FieldType> = new Set(['string', 'textarea', 'email', 'phone', 'url', 'encryptedstring']);

const recordOptions = new WeakMap<SObject, BeanObject>();

/** `record.setOptions(options)`: they hold for the record in every DML statement. */
export function setRecordOptions(record: SObject, options: BeanObject | null): void {
    if (options === null) recordOptions.delete(record);
    else recordOptions.set(record, options);
}

export function optionsOfRecord(record: SObject): BeanObject | undefined {
    return recordOptions.get(record);
}

/** `allowFieldTruncation`: text that is too long for its field is cut instead of refused. */
export function truncate(rt: Runtime, options: BeanObject | undefined, record: SObject): void {
    if (options?.get('allowFieldTruncation') !== true) return;
    for (const field of rt.org.schema.object(record.type)?.fields.values() ?? []) {
        const value = record.get(field.name);
        const isLong = typeof value === 'string' && field.length > 0 && value.length > field.length;
        if (isLong && TEXT_TYPES.has(field.type)) record.set(field.name, value.slice(0, field.length));
    }
}

/**
 * DMLOptions (Apex Reference, Database.DMLOptions): all or none is off unless set. The org has no assignment and duplicate
 * rules and sends no mail, so their headers change nothing.
 */
export const dmlOptionClasses: readonly NativeClass[] = [
    beanClass('Database.DMLOptions', {
        defaults: () => ({
            assignmentRuleHeader: new BeanObject('Database.DMLOptions.AssignmentRuleHeader'),
            duplicateRuleHeader: new BeanObject('Database.DMLOptions.DuplicateRuleHeader'),
            emailHeader: new BeanObject('Database.DMLOptions.EmailHeader')
        })
    }),
    beanClass('Database.DMLOptions.AssignmentRuleHeader'),
    beanClass('Database.DMLOptions.DuplicateRuleHeader'),
    beanClass('Database.DMLOptions.EmailHeader')
];
