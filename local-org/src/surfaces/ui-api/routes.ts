import { createRecord, deleteRecord, getObjectInfo, getRecord, updateRecord } from './records.ts';
import { browserRoute, type Surface } from '../surface.ts';

const BASE = '/services/data/:version/ui-api';

/** Records as Lightning Data Service reads and writes them. */
export const uiApiSurface: Surface = {
    name: 'ui-api',
    routes: [
        browserRoute(['GET'], `${BASE}/records/:id`, getRecord),
        browserRoute(['PATCH'], `${BASE}/records/:id`, updateRecord),
        browserRoute(['DELETE'], `${BASE}/records/:id`, deleteRecord),
        browserRoute(['POST'], `${BASE}/records`, createRecord),
        browserRoute(['GET'], `${BASE}/object-info/:object`, getObjectInfo)
    ]
};
