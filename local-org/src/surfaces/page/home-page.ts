import { asUser } from '../rest/paths.ts';
import { pageNamed } from './flexi-page.ts';
import { boxedIcon, objectIcon } from './icons.ts';
import { markup, type Markup } from './markup.ts';
import { messagePage } from './message-page.ts';
import { listUrl, pagesOfType, recordUrl, tabObjects } from './navigation.ts';
import { pageRegions } from './page-regions.ts';
import { fieldMarkup, recordName } from './record.ts';
import { orgLabel, pageResponse } from './shell.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SessionContext } from '../surface.ts';

const RECENT_ROWS = 8;

/** GET /: which org this is, who is logged in, and where the records are; below it the deployed home page. */
export function homePage(request: HttpRequest, _parameters: PathParameters, context: SessionContext): WireResponse {
    const home = pagesOfType(context, 'HomePage').at(-1);
    const page = home && pageNamed(context.org, home.name);
    const body = markup`${orgCard(context)}
        <section class="host-card host-objects" aria-labelledby="objects-heading">
            <h2 class="host-section" id="objects-heading">Records</h2>
            <ul class="host-objects__list">${objectTiles(context)}</ul>
        </section>
        ${recentRecords(context)}
        ${page && pageRegions({ ...context, page })}`;
    return pageResponse(request, context, { title: 'Home', body });
}

/** GET /lightning/n/<page>: a deployed App or Home page. */
export function appPage(request: HttpRequest, parameters: PathParameters, context: SessionContext): WireResponse {
    const page = pageNamed(context.org, parameters['page'] ?? '');
    if (page === undefined || page.type === 'RecordPage') {
        return messagePage(request, context, 404, {
            title: 'Page not found',
            text: 'This org has no Lightning page of that name that stands by itself.'
        });
    }
    const body = markup`<h1 class="host-page-title">${page.label}</h1>${pageRegions({ ...context, page })}`;
    return pageResponse(request, context, { title: page.label, body });
}

function orgCard(context: SessionContext): Markup {
    const { org, session } = context;
    const user = org.users.byId(session.userId);
    const facts: readonly (readonly [string, string])[] = [
        ['Organization ID', org.id],
        ['My Domain', org.baseUrl],
        ['API version', org.apiVersion],
        ['Logged in as', user === undefined ? session.userId : `${user.name} (${user.username})`],
        ['Profile', user?.profileName ?? '']
    ];
    const cells = facts.map(
        ([label, value]) => markup`<div class="host-highlight">
            <dt class="host-highlight__label">${label}</dt>
            <dd class="host-highlight__value">${value}</dd>
        </div>`
    );
    return markup`<div class="host-card host-record-header">
        <div class="host-record-header__title">
            ${boxedIcon('standard', 'home')}
            <div>
                <p class="host-record-header__object">Home</p>
                <h1 class="host-record-header__name">${orgLabel(context)}</h1>
            </div>
        </div>
        <dl class="host-highlights">${cells}</dl>
    </div>`;
}

function objectTiles(context: SessionContext): readonly Markup[] {
    return tabObjects(context).map((object) => {
        const soql = `SELECT COUNT() FROM ${object.name}`;
        const { totalSize } = context.org.database.query(soql, { access: asUser(context.session) });
        return markup`<li>
            <a class="host-object" href="${listUrl(object.name)}">
                ${objectIcon(object.name, 'small')}
                <span class="host-object__label">${object.labelPlural}</span>
                <span class="host-object__count">${totalSize}</span>
            </a>
        </li>`;
    });
}

/** What changed last in the first object that has records. */
function recentRecords(context: SessionContext): Markup | undefined {
    for (const object of tabObjects(context).filter(({ nameField }) => nameField !== undefined)) {
        const columns = `Id, ${object.nameField!.name}, LastModifiedDate`;
        const soql = `SELECT ${columns} FROM ${object.name} ORDER BY LastModifiedDate DESC, Id LIMIT ${RECENT_ROWS}`;
        const { records } = context.org.database.query(soql, { access: asUser(context.session) });
        const changed = object.fields.get('lastmodifieddate');
        if (records.length > 0 && changed !== undefined) {
            const rows = records.map(
                (row) => markup`<li class="host-recent__item">
                    ${objectIcon(object.name, 'small')}
                    <a href="${recordUrl(object.name, String(row.get('Id')))}">${recordName({ object, row })}</a>
                    <span class="host-recent__time">${fieldMarkup(context, row, changed)}</span>
                </li>`
            );
            return markup`<section class="host-card host-objects" aria-labelledby="recent-heading">
                <h2 class="host-section" id="recent-heading">Recently Changed ${object.labelPlural}</h2>
                <ul>${rows}</ul>
            </section>`;
        }
    }
    return undefined;
}
