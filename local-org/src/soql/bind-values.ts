import { ApexDate, Datetime, Decimal, Double, Id, SObject, Time } from '../values/index.ts';
import { toDecimal } from './compare-values.ts';
import { SoqlError } from './errors.ts';
import type { FieldType } from '../schema/types.ts';
import type { FieldValue } from '../values/index.ts';
import type { Bind, IntegerValue, Value } from './ast.ts';
import type { QueryContext } from './query-context.ts';

const NUMBERS: ReadonlySet<FieldType> = new Set(['int', 'long', 'double', 'currency', 'percent']);

/** Values of the right side of a comparison, converted to the field's type; '' is null, as everywhere in the store. */
export function comparisonValues(value: Value, type: FieldType | undefined, context: QueryContext): FieldValue[] {
    switch (value.kind) {
        case 'list':
            return value.values.flatMap((item) => comparisonValues(item, type, context));
        case 'literal':
            return [convert(value.value, type)];
        case 'bind':
            return boundValues(bindValue(value, context), type);
        default:
            throw new Error(`a ${value.kind} has no values`);
    }
}

export function integerValue(value: IntegerValue | undefined, context: QueryContext): number | undefined {
    if (value === undefined) return undefined;
    if (value.kind === 'integer') return value.value;
    const bound = bindValue(value, context);
    if (typeof bound === 'number' && bound >= 0) return bound;
    const detail = `Invalid value for LIMIT or OFFSET: ${String(bound)}`;
    throw new SoqlError({ code: 'NUMBER_OUTSIDE_VALID_RANGE', detail });
}

function bindValue(bind: Bind, context: QueryContext): unknown {
    if (context.binds === undefined) {
        throw new SoqlError({ code: 'MALFORMED_QUERY', detail: 'Bind variables only allowed in Apex code' });
    }
    if (!context.binds.has(bind.name)) {
        throw new SoqlError({ code: 'MALFORMED_QUERY', detail: `Variable does not exist: ${bind.name}` });
    }
    return context.binds.get(bind.name) ?? null;
}

/**
 * Collections of Apex arrive as arrays or as iterables; records stand for their ids. A collection of texts may hold some
 * that are no ids: no id equals them, where a single one is refused.
 */
function boundValues(value: unknown, type: FieldType | undefined): FieldValue[] {
    if (value instanceof SObject) return [convert(value.id, type)];
    if (typeof value !== 'object' || value === null || !(Symbol.iterator in value)) return [convert(value, type)];
    const items = [...(value as Iterable<unknown>)].map((item) => (item instanceof SObject ? item.id : item));
    const isOfIds = type === 'id' || type === 'reference';
    return items.filter((item) => !isOfIds || isPossibleId(item)).map((item) => convert(item, type));
}

function isPossibleId(item: unknown): boolean {
    return typeof item !== 'string' || item === '' || Id.tryParse(item) !== undefined;
}

function convert(value: unknown, type: FieldType | undefined): FieldValue {
    if (value === null || value === undefined || value === '') return null;
    if (type === 'id' || type === 'reference') return toId(value);
    if (type !== undefined && NUMBERS.has(type)) return toDecimal(value as FieldValue) ?? (value as FieldValue);
    if (type === 'date' && value instanceof Datetime) return value.dateIn('GMT');
    if (type === 'datetime' && value instanceof ApexDate) return new Datetime(value.days * 86_400_000);
    if (value instanceof Id && type !== undefined) return value.value;
    if (isFieldValue(value)) return value;
    throw new SoqlError({ code: 'INVALID_FIELD', detail: 'Invalid bind expression: the value has no type of SOQL' });
}

function isFieldValue(value: unknown): value is FieldValue {
    if (['string', 'number', 'boolean', 'bigint'].includes(typeof value)) return true;
    return [ApexDate, Datetime, Time, Decimal, Double, Id].some((kind) => value instanceof kind);
}

function toId(value: unknown): Id {
    const id = value instanceof Id ? value : Id.tryParse(String(value));
    if (id !== undefined) return id;
    throw new SoqlError({ code: 'INVALID_QUERY_FILTER_OPERATOR', detail: `invalid ID field: ${String(value)}` });
}
