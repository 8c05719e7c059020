import { recordUrl } from './navigation.ts';
import { markup, type Markup } from './markup.ts';
import { fieldRepresentation } from '../ui-api/record-representation.ts';
import { asUser } from '../rest/paths.ts';
import { Id, type FieldValue, type SObject } from '../../values/index.ts';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import type { SessionContext } from '../surface.ts';

/** A record as the user sees it: the fields that the user may read. */
export interface VisibleRecord {
    readonly object: ObjectDef;
    readonly fields: readonly FieldDef[];
    readonly row: SObject;
}

/** Compound fields show through their parts. */
const COMPOUND = ['address', 'location'];

/** undefined when there is no such record, or none that the user may see. */
export function visibleRecord(context: SessionContext, object: ObjectDef, id: Id): VisibleRecord | undefined {
    const fields = readableFields(context, object);
    const columns = selectList(context, object, fields);
    const soql = `SELECT ${columns.join(', ')} FROM ${object.name} WHERE Id = :id`;
    const binds = new Map<string, unknown>([['id', id]]);
    const row = context.org.database.query(soql, { access: asUser(context.session), binds }).records[0];
    return row === undefined ? undefined : { object, fields, row };
}

export function readableFields({ org, session }: SessionContext, object: ObjectDef): readonly FieldDef[] {
    return [...object.fields.values()].filter(
        (field) =>
            !COMPOUND.includes(field.type) && org.access.fieldAllowed(session.userId, object.name, field.name, 'read')
    );
}

/** Columns of the fields, with the names of the records that lookups point to. */
export function selectList({ org }: SessionContext, object: ObjectDef, fields: readonly FieldDef[]): readonly string[] {
    const names = fields.map(({ name }) => name);
    const parents = fields
        .filter(({ referenceTo }) => org.schema.object(referenceTo[0] ?? '')?.nameField?.name === 'Name')
        .flatMap(({ relationshipName }) => (relationshipName === undefined ? [] : [`${relationshipName}.Name`]));
    return [...new Set(['Id', ...names, ...parents])];
}

export function recordName({ object, row }: Pick<VisibleRecord, 'object' | 'row'>): string {
    const name = object.nameField === undefined ? null : row.get(object.nameField.name);
    return String(name ?? row.get('Id'));
}

export function isEmpty(value: FieldValue | undefined): boolean {
    return value === null || value === undefined || value === '';
}

/** A value as the page shows it: links for web, mail and phone, the parent's name for lookups. */
export function fieldMarkup({ org }: SessionContext, row: SObject, field: FieldDef): Markup {
    const value = row.get(field.name) ?? null;
    if (value === null) {
        return markup`<span class="host-empty" aria-hidden="true"></span><span class="slds-assistive-text">Empty</span>`;
    }
    const { displayValue } = fieldRepresentation(value, field);
    const text = displayValue ?? String(value);
    switch (field.type) {
        case 'reference':
            return lookupMarkup(value, row.parent(field.relationshipName ?? '') ?? undefined, org.schema);
        case 'url':
            return webLink(text);
        case 'email':
            return markup`<a href="mailto:${text}">${text}</a>`;
        case 'phone':
            return markup`<a href="tel:${text}">${text}</a>`;
        case 'boolean':
            return markup`${value === true ? 'Yes' : 'No'}`;
        default:
            return markup`${text}`;
    }
}

function lookupMarkup(value: FieldValue, parent: SObject | undefined, schema: SessionContext['org']['schema']): Markup {
    const id = Id.tryParse(String(value));
    const object = id && schema.objectByKeyPrefix(id.prefix);
    const label = String(parent?.get('Name') ?? value);
    return object?.kind === 'standard' || object?.kind === 'custom'
        ? markup`<a href="${recordUrl(object.name, String(value))}">${label}</a>`
        : markup`${label}`;
}

/** Only web addresses become links; `example.com` is one without its scheme. */
function webLink(text: string): Markup {
    const url = URL.parse(text.includes('://') ? text : `https://${text}`);
    return url?.protocol === 'https:' || url?.protocol === 'http:'
        ? markup`<a href="${url.href}" target="_blank" rel="noopener noreferrer">${text}</a>`
        : markup`${text}`;
}
