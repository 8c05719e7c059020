import {
    contractStatusCode,
    isClosedCase,
    isClosedTask,
    isConvertedLead,
    isHighPriorityTask,
    stageOf
} from '../../schema/value-meanings.ts';
import { Decimal } from '../../values/index.ts';
import type { Schema } from '../../schema/types.ts';
import type { Row } from '../row.ts';
import type { KeyedId } from './permission-rows.ts';

interface ValueObject {
    readonly object: string;
    readonly field: string;
    /** Columns beyond those that all have. */
    readonly columns: (value: string, isDefault: boolean) => Row;
}

/** Objects whose rows are the values of a picklist, by lower-case name (Object Reference, each under its name). */
const VALUE_OBJECTS: Readonly<Record<string, ValueObject>> = {
    casestatus: {
        object: 'Case',
        field: 'status',
        columns: (value, IsDefault) => ({ IsClosed: isClosedCase(value), IsDefault })
    },
    contractstatus: {
        object: 'Contract',
        field: 'status',
        columns: (value, IsDefault) => ({ StatusCode: contractStatusCode(value), IsDefault })
    },
    leadstatus: {
        object: 'Lead',
        field: 'status',
        columns: (value, IsDefault) => ({ IsConverted: isConvertedLead(value), IsDefault })
    },
    opportunitystage: { object: 'Opportunity', field: 'stagename', columns: stageColumns },
    taskpriority: {
        object: 'Task',
        field: 'priority',
        columns: (value, IsDefault) => ({ IsHighPriority: isHighPriorityTask(value), IsDefault })
    },
    taskstatus: {
        object: 'Task',
        field: 'status',
        columns: (value, IsDefault) => ({ IsClosed: isClosedTask(value), IsDefault })
    }
};

/** The rows of an object of picklist values, in the order of the picklist; undefined for other objects. */
export function valueRows(name: string, schema: Schema, id: KeyedId): (() => Iterable<Row>) | undefined {
    const found = VALUE_OBJECTS[name];
    return found && (() => rowsOf(name, found, schema, id));
}

function* rowsOf(name: string, { object, field, columns }: ValueObject, schema: Schema, id: KeyedId): Iterable<Row> {
    const values = schema.object(object)?.fields.get(field)?.picklistValues ?? [];
    for (const [index, { value, label, defaultValue }] of values.entries()) {
        yield {
            Id: id('01J', `${name}.${value}`),
            ApiName: value,
            MasterLabel: label,
            SortOrder: index + 1,
            ...columns(value, defaultValue)
        };
    }
}

function stageColumns(value: string): Row {
    const { isClosed, isWon, probability, category, categoryName } = stageOf(value);
    return {
        IsActive: true,
        IsClosed: isClosed,
        IsWon: isWon,
        DefaultProbability: Decimal.of(probability),
        ForecastCategory: category,
        ForecastCategoryName: categoryName
    };
}
