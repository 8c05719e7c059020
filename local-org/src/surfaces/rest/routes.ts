import {
    createCollection,
    deleteCollection,
    readCollectionOf,
    updateCollection,
    upsertCollection
} from './collections.ts';
import { composite } from './composite.ts';
import { describeGlobal, describeObject, objectInfo } from './describe.ts';
import { limits, recordCounts } from './limits.ts';
import { query, queryAll, queryMore } from './query.ts';
import { createRecord, deleteByKey, deleteRecord, getByKey, getRecord, updateRecord, upsertByKey } from './sobjects.ts';
import { createTree } from './tree.ts';
import { resources, versions } from './versions.ts';
import { openRoute, sessionRoute, type Surface } from '../surface.ts';

const BASE = '/services/data/:version';

/** Records and queries. */
export const restSurface: Surface = {
    name: 'rest',
    routes: [
        openRoute(['GET'], '/services/data', versions),
        sessionRoute(['GET'], BASE, resources),
        sessionRoute(['GET'], `${BASE}/limits`, limits),
        sessionRoute(['GET'], `${BASE}/limits/recordCount`, recordCounts),
        sessionRoute(['GET'], `${BASE}/query`, query),
        sessionRoute(['GET'], `${BASE}/query/:locator`, queryMore),
        sessionRoute(['GET'], `${BASE}/queryAll`, queryAll),
        sessionRoute(['GET'], `${BASE}/queryAll/:locator`, queryMore),
        sessionRoute(['GET'], `${BASE}/sobjects`, describeGlobal),
        sessionRoute(['GET'], `${BASE}/sobjects/:object`, objectInfo),
        sessionRoute(['POST'], `${BASE}/sobjects/:object`, createRecord),
        sessionRoute(['GET'], `${BASE}/sobjects/:object/describe`, describeObject),
        sessionRoute(['GET'], `${BASE}/sobjects/:object/:id`, getRecord),
        sessionRoute(['PATCH'], `${BASE}/sobjects/:object/:id`, updateRecord),
        sessionRoute(['DELETE'], `${BASE}/sobjects/:object/:id`, deleteRecord),
        sessionRoute(['GET'], `${BASE}/sobjects/:object/:field/:value`, getByKey),
        sessionRoute(['PATCH'], `${BASE}/sobjects/:object/:field/:value`, upsertByKey),
        sessionRoute(['DELETE'], `${BASE}/sobjects/:object/:field/:value`, deleteByKey),
        sessionRoute(['POST'], `${BASE}/composite`, composite),
        sessionRoute(['POST'], `${BASE}/composite/sobjects`, createCollection),
        sessionRoute(['PATCH'], `${BASE}/composite/sobjects`, updateCollection),
        sessionRoute(['DELETE'], `${BASE}/composite/sobjects`, deleteCollection),
        sessionRoute(['GET', 'POST'], `${BASE}/composite/sobjects/:object`, readCollectionOf),
        sessionRoute(['PATCH'], `${BASE}/composite/sobjects/:object/:field`, upsertCollection),
        sessionRoute(['POST'], `${BASE}/composite/tree/:object`, createTree)
    ]
};
