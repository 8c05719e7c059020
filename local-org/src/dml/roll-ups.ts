import { indexKey, isDeleted, rowId } from '../store/row.ts';
import { summaryFieldValue } from '../soql/summary-value.ts';
import { Id, SObject, type FieldValue } from '../values/index.ts';
import { formulaContextOf } from './dml-context.ts';
import { updateItems } from './save-records.ts';
import { workItem } from './work-item.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { Row } from '../store/row.ts';
import type { DmlContext } from './dml-context.ts';
import type { WorkItem } from './work-item.ts';

/** A master of the object that is written, with the roll-up summary fields that look at it. */
interface Master {
    readonly object: ObjectDef;
    /** Of the detail. */
    readonly foreignKey: FieldDef;
    readonly summaries: readonly FieldDef[];
}

/** Values of summary fields by name. */
type Summaries = Readonly<Record<string, FieldValue>>;

/** Masters whose summaries may change, and what they were before. */
interface RollUps {
    readonly masters: readonly Master[];
    readonly before: ReadonlyMap<string, Summaries>;
}

/** Notes the summaries of the masters of some details before the details are written; undefined when nothing sums them. */
export function noteRollUps(items: readonly WorkItem[], object: ObjectDef, context: DmlContext): RollUps | undefined {
    const masters = mastersOf(object, context);
    if (masters.length === 0) return undefined;
    const before = new Map<string, Summaries>();
    for (const master of masters) {
        for (const row of rowsOf(master, items, context)) before.set(rowId(row), summariesOf(row, master, context));
    }
    return { masters, before };
}

/**
 * A master whose summary changed goes through a save of its own (Apex Developer Guide, "Triggers and Order of Execution").
 * Its errors are those of the details that changed it.
 */
export function saveRollUps(noted: RollUps | undefined, items: readonly WorkItem[], context: DmlContext): void {
    for (const master of noted?.masters ?? []) {
        const changed = rowsOf(master, items, context).filter(
            (row) =>
                !isDeleted(row) && hasChanged(summariesOf(row, master, context), noted?.before.get(rowId(row)), master)
        );
        const saving = { ...context, priorSummaries: noted?.before };
        if (changed.length > 0) saveMasters(changed, master, items, saving);
    }
}

/** Whether a master sums rows of the object up. */
export function isSummed(object: ObjectDef, context: DmlContext): boolean {
    return mastersOf(object, context).length > 0;
}

function saveMasters(rows: readonly Row[], master: Master, items: readonly WorkItem[], context: DmlContext): void {
    const saves = rows.map((row, index) => {
        const record = new SObject(master.object.name);
        record.id = row.Id as Id;
        return workItem(record, index);
    });
    updateItems(saves, master.object, { ...context, caller: { ...context.caller, mode: 'system', sharing: false } });
    for (const { input, errors } of saves) {
        if (errors.length === 0) continue;
        const details = items.filter((item) => masterIds(item, master).some((id) => input.id?.equals(id) === true));
        details.forEach((item) => item.errors.push(...errors));
    }
}

function mastersOf(detail: ObjectDef, { schema }: DmlContext): Master[] {
    const masters: Master[] = [];
    for (const foreignKey of detail.fields.values()) {
        if (!foreignKey.cascadeDelete) continue;
        for (const name of foreignKey.referenceTo) {
            const object = schema.object(name);
            const summaries = [...(object?.fields.values() ?? [])].filter(
                ({ summary }) =>
                    summary?.childObject.toLowerCase() === detail.name.toLowerCase() &&
                    summary.foreignKey.toLowerCase() === foreignKey.name.toLowerCase()
            );
            if (object !== undefined && summaries.length > 0) masters.push({ object, foreignKey, summaries });
        }
    }
    return masters;
}

/** Masters of the details before and after. */
function rowsOf(master: Master, items: readonly WorkItem[], { store }: DmlContext): Row[] {
    const ids = new Set(items.flatMap((item) => masterIds(item, master).map(({ value }) => value)));
    const table = store.table(master.object.name);
    return [...ids].map((id) => table.get(id)).filter((row) => row !== undefined);
}

function masterIds({ before, values, after }: WorkItem, { foreignKey }: Master): Id[] {
    const found = [before, values, after].map((row) => row?.[foreignKey.name]);
    return found.filter((id) => id instanceof Id);
}

function summariesOf(row: Row, { object, summaries }: Master, context: DmlContext): Summaries {
    const formulas = formulaContextOf(context);
    return Object.fromEntries(summaries.map((field) => [field.name, summaryFieldValue(row, field, object, formulas)]));
}

function hasChanged(after: Summaries, before: Summaries | undefined, { summaries }: Master): boolean {
    return summaries.some((field) => textOf(after[field.name], field) !== textOf(before?.[field.name], field));
}

function textOf(value: FieldValue | undefined, field: FieldDef): string {
    return value === null || value === undefined ? '' : (indexKey(value, field) ?? String(value));
}
