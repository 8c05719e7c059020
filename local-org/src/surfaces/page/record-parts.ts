import { objectIcon } from './icons.ts';
import { markup, type Markup } from './markup.ts';
import { fieldMarkup, isEmpty, recordName, type VisibleRecord } from './record.ts';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import type { SessionContext } from '../surface.ts';

/** Fields beside the name, as the platform's own compact layouts have them. */
const COMPACT_FIELDS: Readonly<Record<string, readonly string[]>> = {
    Account: ['Type', 'Phone', 'Website', 'AnnualRevenue', 'Rating', 'OwnerId'],
    Case: ['Priority', 'Status', 'CaseNumber', 'OwnerId'],
    Contact: ['Title', 'AccountId', 'Phone', 'Email', 'OwnerId'],
    Lead: ['Title', 'Company', 'Phone', 'Email', 'OwnerId'],
    Opportunity: ['AccountId', 'CloseDate', 'Amount', 'StageName', 'OwnerId']
};
const COMPACT_COUNT = 5;

const SYSTEM_FIELDS: ReadonlySet<string> = new Set([
    'CreatedById',
    'CreatedDate',
    'Id',
    'IsDeleted',
    'LastActivityDate',
    'LastModifiedById',
    'LastModifiedDate',
    'LastReferencedDate',
    'LastViewedDate',
    'OwnerId',
    'SystemModstamp'
]);
const SHOWN_SYSTEM_FIELDS = ['OwnerId', 'CreatedById', 'CreatedDate', 'LastModifiedById', 'LastModifiedDate', 'Id'];

/** Fields of the record's header and of lists. */
export function compactFields(object: ObjectDef, readable: readonly FieldDef[]): readonly FieldDef[] {
    const names = COMPACT_FIELDS[object.name];
    if (names !== undefined) {
        return names.flatMap((name) => readable.find((field) => field.name === name) ?? []);
    }
    return readable
        .filter((field) => !SYSTEM_FIELDS.has(field.name) && !field.nameField && field.type !== 'textarea')
        .slice(0, COMPACT_COUNT);
}

/** The page's header: icon, object, name and highlights. */
export function highlightsPanel(context: SessionContext, record: VisibleRecord): Markup {
    const { object, row, fields } = record;
    const cells = compactFields(object, fields).map(
        (field) => markup`<div class="host-highlight">
            <dt class="host-highlight__label">${labelOf(field)}</dt>
            <dd class="host-highlight__value">${fieldMarkup(context, row, field)}</dd>
        </div>`
    );
    return markup`<div class="host-card host-record-header" data-fragment="highlights">
        <div class="host-record-header__title">
            ${objectIcon(object.name)}
            <div>
                <p class="host-record-header__object">${object.label}</p>
                <h1 class="host-record-header__name">${recordName(record)}</h1>
            </div>
        </div>
        ${cells.length > 0 && markup`<dl class="host-highlights">${cells}</dl>`}
    </div>`;
}

/** A read-only detail: what has a value, and who keeps the record. Pages of the platform follow a layout instead. */
export function detailPanel(context: SessionContext, record: VisibleRecord): Markup {
    const { object, row, fields } = record;
    const compact = new Set(compactFields(object, fields));
    const business = fields.filter(
        (field) => !SYSTEM_FIELDS.has(field.name) && (compact.has(field) || !isEmpty(row.get(field.name)))
    );
    const system = SHOWN_SYSTEM_FIELDS.flatMap((name) => fields.find((field) => field.name === name) ?? []);
    const section = (title: string, list: readonly FieldDef[]): Markup => markup`<h2 class="host-section">${title}</h2>
        <dl class="host-fields">${list.map((field) => fieldCell(context, record, field))}</dl>`;
    return markup`<section class="host-card host-detail" data-fragment="detail" aria-label="Details">
        ${section(`${object.label} Information`, business)}
        ${section('System Information', system)}
    </section>`;
}

function fieldCell(context: SessionContext, { row }: VisibleRecord, field: FieldDef): Markup {
    return markup`<div class="host-field">
        <dt class="host-field__label">${labelOf(field)}</dt>
        <dd class="host-field__value">${fieldMarkup(context, row, field)}</dd>
    </div>`;
}

/** Lookups are labelled as what they lead to: `Owner`, not `Owner ID`. */
export function labelOf(field: FieldDef): string {
    return field.type === 'reference' && field.label.endsWith(' ID')
        ? field.label.slice(0, -' ID'.length)
        : field.label;
}
