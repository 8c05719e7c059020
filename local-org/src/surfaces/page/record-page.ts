import { Id } from '../../values/index.ts';
import { recordPageOf, type LightningPage } from './flexi-page.ts';
import { highlightsPanel } from './record-parts.ts';
import { markup } from './markup.ts';
import { messagePage } from './message-page.ts';
import { pageRegions } from './page-regions.ts';
import { recordName, visibleRecord } from './record.ts';
import { pageResponse } from './shell.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SessionContext } from '../surface.ts';

/** Pages of objects that no Lightning page was deployed for. */
const DEFAULT_PAGE: LightningPage = {
    name: 'Default',
    label: 'Default record page',
    type: 'RecordPage',
    regions: new Map([['main', [{ name: 'force:detailPanel', properties: new Map(), isConditional: false }]]]),
    facets: new Map()
};

/** GET /lightning/r/<object>/<id>/view: header and the regions of the object's Lightning page. */
export function recordPage(request: HttpRequest, parameters: PathParameters, context: SessionContext): WireResponse {
    const { org, session } = context;
    const id = Id.tryParse(parameters['id'] ?? '');
    // The record decides: links of components may leave the object's name open.
    const object = id && org.schema.objectByKeyPrefix(id.prefix);
    const mayRead = object !== undefined && org.access.objectAllowed(session.userId, object.name, 'read');
    const record = mayRead ? visibleRecord(context, object, id!) : undefined;
    if (record === undefined) {
        return messagePage(request, context, 404, {
            title: 'Record not found',
            text: 'There is no record of this id in this org, or this user may not see it.'
        });
    }
    const page = recordPageOf(org, record.object.name) ?? DEFAULT_PAGE;
    const body = markup`${highlightsPanel(context, record)}${pageRegions({ ...context, page, record })}`;
    return pageResponse(request, context, { title: recordName(record), body });
}
