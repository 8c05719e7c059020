import { asUser } from '../rest/paths.ts';
import { objectIcon, utilityIcon } from './icons.ts';
import { markup, type Markup } from './markup.ts';
import { messagePage } from './message-page.ts';
import { listUrl, recordUrl } from './navigation.ts';
import { fieldMarkup, readableFields, recordName, selectList } from './record.ts';
import { compactFields, labelOf } from './record-parts.ts';
import { pageResponse } from './shell.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import type { SessionContext } from '../surface.ts';
import type { SObject } from '../../values/index.ts';

const ROWS = 100;
const COLUMNS = 5;

/** GET /lightning/o/<object>/list?q=: records by name, with a search for a part of the name. */
export function listPage(request: HttpRequest, parameters: PathParameters, context: SessionContext): WireResponse {
    const { org, session } = context;
    const object = org.schema.object(parameters['object'] ?? '');
    if (object === undefined || !object.queryable || !org.access.objectAllowed(session.userId, object.name, 'read')) {
        return messagePage(request, context, 404, {
            title: 'Object not found',
            text: 'This org has no object of that name, or this user may not read it.'
        });
    }
    const search = request.query.get('q')?.trim() ?? '';
    const columns = compactFields(object, readableFields(context, object)).slice(0, COLUMNS);
    const rows = findRows(context, object, columns, search);
    const shown = rows.slice(0, ROWS);
    const body = markup`<div class="host-card host-list">
        <div class="host-list__header">
            <div class="host-record-header__title">
                ${objectIcon(object.name)}
                <div>
                    <p class="host-record-header__object">${object.labelPlural}</p>
                    <h1 class="host-record-header__name">${search === '' ? `All ${object.labelPlural}` : `“${search}”`}</h1>
                </div>
            </div>
            ${searchForm(object, search)}
        </div>
        <p class="host-list__count">${countText(rows.length, object)}</p>
        ${shown.length === 0 ? emptyState(object, search) : table(context, object, columns, shown)}
    </div>`;
    return pageResponse(request, context, { title: object.labelPlural, body });
}

function findRows(
    context: SessionContext,
    object: ObjectDef,
    columns: readonly FieldDef[],
    search: string
): readonly SObject[] {
    const name = object.nameField;
    const selected = selectList(context, object, name === undefined ? columns : [name, ...columns]);
    const isSearched = search !== '' && name !== undefined;
    const where = isSearched ? ` WHERE ${name.name} LIKE :pattern` : '';
    const order = name === undefined ? 'Id' : name.name;
    const soql = `SELECT ${selected.join(', ')} FROM ${object.name}${where} ORDER BY ${order} LIMIT ${ROWS + 1}`;
    const binds = new Map<string, unknown>([['pattern', `%${escapeWildcards(search)}%`]]);
    return context.org.database.query(soql, { access: asUser(context.session), binds }).records;
}

/** `%` and `_` of the search stand for themselves. */
function escapeWildcards(text: string): string {
    return text.replaceAll(/[\\%_]/g, (character) => `\\${character}`);
}

function searchForm(object: ObjectDef, search: string): Markup {
    return markup`<form class="host-search" role="search" action="${listUrl(object.name)}">
        <label class="slds-assistive-text" for="list-search">Search ${object.labelPlural}</label>
        ${utilityIcon('search')}
        <input class="slds-input host-search__input" id="list-search" name="q" type="search" value="${search}"
            placeholder="Search this list" autocomplete="off" />
    </form>`;
}

function countText(found: number, object: ObjectDef): string {
    if (found > ROWS) {
        return `The first ${ROWS} ${object.labelPlural.toLowerCase()}, sorted by name`;
    }
    return found === 1 ? '1 item' : `${found} items`;
}

function table(
    context: SessionContext,
    object: ObjectDef,
    columns: readonly FieldDef[],
    rows: readonly SObject[]
): Markup {
    const headers = columns.map((field) => markup`<th scope="col">${labelOf(field)}</th>`);
    const lines = rows.map((row) => {
        const link = markup`<a href="${recordUrl(object.name, String(row.get('Id')))}">${recordName({ object, row })}</a>`;
        const cells = columns.map((field) => markup`<td>${fieldMarkup(context, row, field)}</td>`);
        return markup`<tr><th scope="row">${link}</th>${cells}</tr>`;
    });
    return markup`<div class="host-table-frame" role="region" aria-label="${object.labelPlural}" tabindex="0">
        <table class="host-table">
            <thead><tr><th scope="col">${object.nameField?.label ?? 'Id'}</th>${headers}</tr></thead>
            <tbody>${lines}</tbody>
        </table>
    </div>`;
}

function emptyState(object: ObjectDef, search: string): Markup {
    const text =
        search === '' ? `There are no ${object.labelPlural.toLowerCase()} yet.` : 'Nothing has that in its name.';
    return markup`<p class="host-empty-state">${text}</p>`;
}
