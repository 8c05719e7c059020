import type { FieldDef, FieldType } from '../../schema/types.ts';
import type { AnalyzedQuery, Column as QueryColumn, Operand, ResolvedPath } from '../../soql/analyzed.ts';

interface Column {
    readonly columnName: string;
    readonly aggregate: boolean;
    readonly joinColumns: readonly Column[];
    readonly [attribute: string]: unknown;
}

/**
 * Answer to `query?columns=true`, which the command line tools ask for before they print a table. It follows from the
 * query alone, whatever rows there are.
 */
export function columnMetadata({ object, columns, isAggregate }: AnalyzedQuery): unknown {
    return {
        // A grouped query gives flat rows.
        columnMetadata: isAggregate ? columns.map(columnOf) : joined(columns),
        entityName: object.name,
        groupBy: isAggregate,
        idSelected: columns.some((column) => column.kind === 'field' && column.path.name === 'Id'),
        keyPrefix: object.keyPrefix === '' ? null : object.keyPrefix
    };
}

/** Columns in their order; fields of the same parent are one column at the place of the first of them. */
function joined(columns: readonly QueryColumn[]): Column[] {
    const seen = new Set<string>();
    return columns.flatMap((column) => {
        if (column.kind !== 'field' || column.path.steps.length === 0) {
            return [columnOf(column)];
        }
        const { relationship } = column.path.steps[0];
        if (seen.has(relationship)) {
            return [];
        }
        seen.add(relationship);
        const paths = columns.flatMap((other) => (other.kind === 'field' ? [other.path] : []));
        return [parentColumn(relationship, paths, 0)];
    });
}

function parentColumn(relationship: string, paths: readonly ResolvedPath[], depth: number): Column {
    const below = paths.filter(({ steps }) => steps[depth]?.relationship === relationship);
    const seen = new Set<string>();
    const joinColumns = below.flatMap((path): Column[] => {
        const next = path.steps[depth + 1]?.relationship;
        if (next === undefined) {
            return [fieldColumn(path.field.name, path.field)];
        }
        if (seen.has(next)) {
            return [];
        }
        seen.add(next);
        return [parentColumn(next, below, depth + 1)];
    });
    return { ...plain(relationship), foreignKeyName: below[0]?.steps[depth].field.name ?? null, joinColumns };
}

function columnOf(column: QueryColumn): Column {
    switch (column.kind) {
        case 'field':
            return fieldColumn(column.name, column.path.field);
        case 'calculated':
            return { ...plain(column.name), displayName: callText(column.operand), numberType: true };
        case 'aggregate':
            return { ...plain(column.name), aggregate: true, displayName: callText(column.operand), numberType: true };
        case 'children':
            return { ...plain(column.name), aggregate: true, joinColumns: joined(column.query.columns) };
        case 'typeof':
            return { ...plain(column.relationship), foreignKeyName: column.field.name };
    }
}

const NAMES = { field: '', label: 'toLabel', distance: 'distance' } as const;

/** `avg(Amount)` */
function callText(operand: Operand): string {
    const name = 'function' in operand ? operand.function.toLowerCase() : NAMES[operand.kind];
    return `${name}(${operand.path?.name ?? ''})`;
}

const NUMBERS: ReadonlySet<FieldType> = new Set<FieldType>(['currency', 'double', 'int', 'long', 'percent']);
const APEX_TYPES: Readonly<Partial<Record<FieldType, string>>> = {
    boolean: 'Boolean',
    currency: 'Decimal',
    date: 'Date',
    datetime: 'Datetime',
    double: 'Double',
    id: 'Id',
    int: 'Integer',
    long: 'Long',
    percent: 'Decimal',
    reference: 'Id',
    time: 'Time'
};

function fieldColumn(name: string, field: FieldDef): Column {
    const apexType = APEX_TYPES[field.type] ?? 'String';
    return {
        ...plain(name),
        apexType,
        booleanType: field.type === 'boolean',
        custom: field.custom,
        insertable: field.createable,
        numberType: NUMBERS.has(field.type),
        textType: apexType === 'String',
        updatable: field.updateable
    };
}

function plain(name: string): Column {
    return {
        aggregate: false,
        apexType: null,
        booleanType: false,
        columnName: name,
        custom: false,
        displayName: name,
        foreignKeyName: null,
        insertable: false,
        joinColumns: [],
        numberType: false,
        textType: false,
        updatable: false
    };
}
