import type { QueryResult } from '../../org/database.ts';
import type { FieldDef, ObjectDef, Schema } from '../../schema/types.ts';
import type { SObject } from '../../values/index.ts';

interface Column {
    readonly columnName: string;
    readonly aggregate: boolean;
    readonly joinColumns: readonly Column[];
    readonly [attribute: string]: unknown;
}

/** Answer to `query?columns=true`, which the command line tools ask for before they print a table. */
export function columnMetadata({ records, object }: QueryResult, schema: Schema): unknown {
    const first = records[0];
    return {
        columnMetadata: first === undefined ? [] : columnsOf(first, schema),
        entityName: object,
        groupBy: first?.type === 'AggregateResult',
        idSelected: first?.selection?.some(({ name }) => name.toLowerCase() === 'id') ?? false,
        keyPrefix: schema.object(object)?.keyPrefix ?? null
    };
}

function columnsOf(record: SObject, schema: Schema): Column[] {
    const object = schema.object(record.type);
    return (record.selection ?? []).map(({ kind, name }) => {
        if (kind === 'field') {
            return fieldColumn(name, record.type === 'AggregateResult', object);
        }
        const joined = kind === 'parent' ? record.parent(name) : record.children(name)?.[0];
        return {
            columnName: name,
            aggregate: kind === 'children',
            joinColumns: joined === undefined || joined === null ? [] : columnsOf(joined, schema)
        };
    });
}

const NUMBERS: ReadonlySet<string> = new Set(['currency', 'double', 'int', 'long', 'percent']);

function fieldColumn(name: string, aggregate: boolean, object: ObjectDef | undefined): Column {
    const field: FieldDef | undefined = object?.fields.get(name.toLowerCase());
    return {
        aggregate,
        apexType: field?.type ?? null,
        booleanType: field?.type === 'boolean',
        columnName: name,
        custom: field?.custom ?? false,
        displayName: name,
        foreignKeyName: field?.relationshipName ?? null,
        insertable: field?.createable ?? false,
        joinColumns: [],
        numberType: NUMBERS.has(field?.type ?? ''),
        textType: field?.type === 'string',
        updatable: field?.updateable ?? false
    };
}
