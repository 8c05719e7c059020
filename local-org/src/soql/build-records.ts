import { isCompound } from '../schema/field.ts';
import { Decimal, Id, SObject } from '../values/index.ts';
import {
    actualObject,
    findParent,
    labelOf,
    operandReader,
    pathReader,
    polymorphicValue,
    storedValue
} from './operand-value.ts';
import { RowFinder } from './find-rows.ts';
import { integerValue } from './bind-values.ts';
import { sortRows } from './sort-rows.ts';
import { formatValue } from './format-value.ts';
import { addressOf, locationOf } from './compound-values.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { Row } from '../store/row.ts';
import type { FieldValue } from '../values/index.ts';
import type { SelectedMember } from '../values/sobject.ts';
import type { AnalyzedQuery, FieldColumn, PathStep, TypeofColumn } from './analyzed.ts';
import type { QueryContext } from './query-context.ts';

type Writer = (row: Row, record: SObject) => void;

/** Makes records of the rows a query found: fields, parents and child lists as selected. */
export function recordBuilder(query: AnalyzedQuery, context: QueryContext): (row: Row) => SObject {
    const selection: SelectedMember[] = [];
    const writers: Writer[] = [];
    const parents = new Map<string, FieldColumn[]>();
    // A parent comes with the lookup that leads to it, which Apex may read though it is no column.
    const implied: (FieldDef | undefined)[] = [];
    for (const column of query.columns) {
        if (column.kind === 'field' && column.path.steps.length > 0) {
            const relationship = column.path.steps[0]?.relationship ?? '';
            const group = parents.get(relationship);
            if (group !== undefined) {
                group.push(column);
                continue;
            }
            const members = [column];
            parents.set(relationship, members);
            selection.push({ kind: 'parent', name: relationship });
            implied.push(column.path.steps[0]?.field);
        } else if (column.kind === 'field') {
            const compound = isCompound(column.path.field);
            selection.push({ kind: compound ? 'parent' : 'field', name: column.name });
            writers.push(fieldWriter(column, query.object, context));
        } else if (column.kind === 'calculated') {
            const read = operandReader(column.operand, context);
            selection.push({ kind: 'field', name: column.name });
            writers.push((row, record) => fill(record, column.name, read(row), context));
        } else if (column.kind === 'children') {
            selection.push({ kind: 'children', name: column.name });
            writers.push(childWriter(column.name, column.relationship.field, column.query, context));
        } else if (column.kind === 'typeof') {
            selection.push({ kind: 'parent', name: column.relationship });
            writers.push(typeofWriter(column, context));
        }
    }
    for (const field of implied) {
        if (field === undefined || selection.some(({ name }) => name === field.name)) continue;
        // Apex may read it where it is empty too.
        if (context.forApex === true) selection.push({ kind: 'field', name: field.name });
        writers.push((row, record) => fill(record, field.name, storedValue(row, field, context), context));
    }
    for (const columns of parents.values()) writers.push(parentWriter(columns, 0, context));
    const recordType = recordTypeField(query.object, context);
    if (recordType !== undefined && !selection.some(({ name }) => name === recordType.name)) {
        writers.push((row, record) => fill(record, recordType.name, storedValue(row, recordType, context), context));
    }
    const idSelected = selection.some((member) => member.kind === 'field' && member.name === 'Id');
    return (row) => {
        const record = new SObject(query.object.name);
        for (const write of writers) write(row, record);
        // Apex may read the Id of any row it queried.
        if (!idSelected) record.fill('Id', row.Id ?? null);
        record.selection = selection;
        return record;
    };
}

function recordTypeField({ fields }: ObjectDef, { forApex }: QueryContext): FieldDef | undefined {
    return forApex === true ? fields.get('recordtypeid') : undefined;
}

function fill(record: SObject, name: string, value: FieldValue, { forApex }: QueryContext): void {
    if (value !== null || forApex !== true) record.fill(name, value);
}

function setParent(record: SObject, name: string, parent: SObject | null, { forApex }: QueryContext): void {
    if (parent !== null || forApex !== true) record.setParent(name, parent);
}

function fieldWriter({ name, path, shown }: FieldColumn, object: ObjectDef, context: QueryContext): Writer {
    const { field } = path;
    if (field.type === 'address')
        return (row, record) => setParent(record, name, addressOf(row, field, object), context);
    if (field.type === 'location')
        return (row, record) => setParent(record, name, locationOf(row, field, object), context);
    const read = showing(field, shown, context);
    return (row, record) => fill(record, name, read(storedValue(row, field, context)), context);
}

function showing(
    field: FieldDef,
    shown: FieldColumn['shown'],
    context: QueryContext
): (value: FieldValue) => FieldValue {
    switch (shown) {
        case 'label':
            return (value) => labelOf(value, field);
        case 'format':
            return (value) => formatValue(value, field, context.timeZone);
        case 'value':
            return context.forApex === true && field.scale > 0
                ? (value) => scaled(value, field.scale)
                : (value) => value;
    }
}

function scaled(value: FieldValue, scale: number): FieldValue {
    return value instanceof Decimal && value.scale < scale ? value.setScale(scale) : value;
}

/** Writes the parent record that all these columns go through, and the parents of the parent. */
function parentWriter(columns: readonly FieldColumn[], depth: number, context: QueryContext): Writer {
    const step = columns[0]?.path.steps[depth];
    if (step === undefined) throw new Error('a parent column has a step');
    const own = columns.filter(({ path }) => path.steps.length === depth + 1);
    const deeper = new Map<string, FieldColumn[]>();
    for (const column of columns) {
        const next = column.path.steps[depth + 1]?.relationship;
        if (next === undefined) continue;
        const group = deeper.get(next);
        if (group === undefined) deeper.set(next, [column]);
        else group.push(column);
    }
    const nested = [...deeper.values()].map((group) => parentWriter(group, depth + 1, context));
    const selection = parentSelection(columns, depth);
    return (row, record) => {
        const parent = parentOf(row, step, context);
        if (parent === undefined) return setParent(record, step.relationship, null, context);
        const target = parentRecord(parent, step, context);
        for (const column of own) writeParentField(parent, target, column, step, context);
        for (const write of nested) write(parent, target);
        if (!target.has('Id')) target.fill('Id', parent.Id ?? null);
        target.selection = selection;
        record.setParent(step.relationship, target);
    };
}

function parentSelection(columns: readonly FieldColumn[], depth: number): SelectedMember[] {
    const members = new Map<string, SelectedMember>();
    for (const { path, name } of columns) {
        const next = path.steps[depth + 1]?.relationship;
        const kind = next === undefined && !isCompound(path.field) ? 'field' : 'parent';
        const key = next ?? name;
        if (!members.has(key)) members.set(key, { kind, name: key });
    }
    return [...members.values()];
}

function parentOf(row: Row, step: PathStep, context: QueryContext): Row | undefined {
    const value = row[step.field.name];
    return value === undefined ? undefined : findParent(value, step, context);
}

/** Behind a lookup to several objects the record is of the object it actually points to. */
function parentRecord(row: Row, step: PathStep, context: QueryContext): SObject {
    if (!step.polymorphic) return new SObject(step.target.name);
    return new SObject(actualObject(row, context)?.name ?? step.target.name);
}

function writeParentField(row: Row, record: SObject, column: FieldColumn, step: PathStep, context: QueryContext): void {
    const { name, path } = column;
    if (step.polymorphic) return fill(record, name, polymorphicValue(row, path.field, context), context);
    fieldWriter(column, step.target, context)(row, record);
}

function childWriter(name: string, fieldName: string, query: AnalyzedQuery, context: QueryContext): Writer {
    const field = query.object.fields.get(fieldName.toLowerCase());
    if (field === undefined) throw new Error(`${query.object.name} has no field ${fieldName}`);
    const finder = new RowFinder(query, context);
    const build = recordBuilder(query, context);
    const limit = integerValue(query.limit, context) ?? Number.POSITIVE_INFINITY;
    const skip = integerValue(query.skip, context) ?? 0;
    return (row, record) => {
        const found = finder.find({ field, id: (row.Id as Id).value });
        const sorted = sortRows(found, query.orderBy, (operand) => operandReader(operand, context));
        const children = sorted.slice(skip, skip + limit).map(build);
        if (children.length > 0 || context.forApex !== true) record.setChildren(name, children);
    };
}

/** TYPEOF: the fields of the branch for the actual object, else those of ELSE. */
function typeofWriter(column: TypeofColumn, context: QueryContext): Writer {
    return (row, record) => {
        const id = row[column.field.name];
        const object = id instanceof Id ? context.schema.objectByKeyPrefix(id.prefix) : undefined;
        const parent = object && context.store.table(object.name).get((id as Id).value);
        if (object === undefined || parent === undefined) return setParent(record, column.relationship, null, context);
        const branch = column.branches.find((candidate) => candidate.object === object.name);
        const paths = branch?.fields ?? column.otherwise;
        const target = new SObject(object.name);
        for (const path of paths) {
            const value =
                branch === undefined
                    ? polymorphicValue(parent, path.field, context)
                    : pathReader(path, context)(parent);
            fill(target, path.field.name, value, context);
        }
        if (!target.has('Id')) target.fill('Id', parent.Id ?? null);
        target.selection = paths.map((path) => ({ kind: 'field', name: path.field.name }));
        record.setParent(column.relationship, target);
    };
}
