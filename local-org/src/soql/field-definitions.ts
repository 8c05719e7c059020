import { isCompound } from '../schema/field.ts';
import type { FieldDef, FieldType, ObjectDef, Schema } from '../schema/types.ts';
import type { Row } from '../store/row.ts';
import { comparisonValues } from './bind-values.ts';
import { DEFINITION_ID, qualifiedNames } from './definition-rows.ts';
import { SoqlError } from './errors.ts';
import { requiredParts } from './plan.ts';
import type { AnalyzedQuery } from './analyzed.ts';
import type { QueryContext } from './query-context.ts';

/** Columns that say which object's fields are asked for. */
const OBJECT_COLUMNS: ReadonlySet<string> = new Set([
    'EntityDefinitionId',
    'EntityDefinition.DurableId',
    'EntityDefinition.QualifiedApiName',
    'EntityDefinition.DeveloperName'
]);

/** One row for each field of the objects that the query names; the platform wants them named. */
export function fieldDefinitionRows(query: AnalyzedQuery, context: QueryContext): Row[] {
    const objects = objectsNamed(query, context);
    if (objects === undefined) {
        const detail = 'A filter on a reified column is required [EntityDefinitionId,DurableId]';
        throw new SoqlError({ code: 'MALFORMED_QUERY', detail });
    }
    return objects.flatMap((object) => Array.from(object.fields.values(), (field) => fieldRow(field, object)));
}

function objectsNamed(query: AnalyzedQuery, { schema, ...context }: QueryContext): ObjectDef[] | undefined {
    const parts = query.where === undefined ? [] : requiredParts(query.where);
    for (const part of parts) {
        if (part.kind !== 'comparison' || (part.operator !== '=' && part.operator !== 'IN')) continue;
        if (part.operand.kind !== 'field' || part.value.kind === 'dateLiteral') continue;
        const { name, field } = part.operand.path;
        const names = comparisonValues(part.value, field.type, { schema, ...context }).map(String);
        if (name === 'DurableId')
            return objectsOf(
                schema,
                names.map((id) => id.split('.')[0] ?? '')
            );
        if (OBJECT_COLUMNS.has(name)) return objectsOf(schema, names);
    }
    return undefined;
}

function objectsOf(schema: Schema, names: readonly string[]): ObjectDef[] {
    const found = names.flatMap((name) => schema.object(name) ?? schema.object(`${name}__c`) ?? []);
    return [...new Set(found)];
}

/** Object Reference, FieldDefinition. */
function fieldRow(field: FieldDef, object: ObjectDef): Row {
    const isText = field.length > 0 && field.type !== 'reference' && field.type !== 'id';
    return {
        Id: DEFINITION_ID,
        ...qualifiedNames(field.name),
        DurableId: `${object.name}.${field.name}`,
        EntityDefinitionId: object.name,
        DataType: dataType(field),
        IsApiFilterable: field.filterable,
        IsApiGroupable: field.groupable,
        IsApiSortable: field.sortable,
        IsCalculated: field.calculated,
        IsCompound: isCompound(field),
        IsIndexed:
            field.type === 'id' || field.unique || field.externalId || field.type === 'reference' || field.nameField,
        IsNameField: field.nameField,
        IsNillable: field.nillable,
        IsPolymorphicForeignKey: field.type === 'reference' && field.referenceTo.length !== 1,
        Label: field.label,
        MasterLabel: field.label,
        Length: isText ? field.length : 0,
        Precision: field.precision,
        Scale: field.scale,
        PublisherId: field.custom ? '<local>' : 'System',
        RelationshipName: field.relationshipName ?? null
    };
}

const TYPE_LABELS: Readonly<Partial<Record<FieldType, string>>> = {
    address: 'Address',
    base64: 'Base64',
    boolean: 'Checkbox',
    date: 'Date',
    datetime: 'Date/Time',
    email: 'Email',
    id: 'Id',
    location: 'Geolocation',
    multipicklist: 'Picklist (Multi-Select)',
    phone: 'Phone',
    picklist: 'Picklist',
    combobox: 'Picklist',
    time: 'Time',
    url: 'URL'
};

/** Longest text that is kept in the record itself. */
const SHORT_TEXT = 255;

/** The type as Setup shows it: `Text(80)`, `Lookup(User)`, `Formula (Currency)`. */
function dataType(field: FieldDef): string {
    if (field.summary !== undefined) {
        return `Roll-Up Summary (${field.summary.operation.toUpperCase()} ${field.summary.childObject})`;
    }
    if (field.autoNumber) return 'Auto Number';
    const plain = plainType(field);
    return field.formula === undefined ? plain : `Formula (${plain.replace(/\(.*/, '')})`;
}

function plainType({ type, length, precision, scale, referenceTo, cascadeDelete, custom }: FieldDef): string {
    const digits = `(${precision - scale}, ${scale})`;
    switch (type) {
        case 'reference':
            return `${cascadeDelete && custom ? 'Master-Detail' : 'Lookup'}(${referenceTo.join(',')})`;
        case 'textarea':
            return length > SHORT_TEXT ? `Long Text Area(${length})` : `Text Area(${length})`;
        case 'encryptedstring':
            return `Text (Encrypted)(${length})`;
        case 'int':
        case 'long':
        case 'double':
            return `Number${digits}`;
        case 'currency':
            return `Currency${digits}`;
        case 'percent':
            return `Percent${digits}`;
        default:
            return TYPE_LABELS[type] ?? `Text(${length})`;
    }
}
