import {
    changeIngestJob,
    createIngestJob,
    deleteIngestJob,
    getIngestJob,
    ingestResults,
    listIngestJobs,
    uploadRows
} from './ingest.ts';
import {
    changeQueryJob,
    createQueryJob,
    deleteQueryJob,
    getQueryJob,
    listQueryJobs,
    queryResults
} from './query-jobs.ts';
import { sessionRoute, type Surface } from '../surface.ts';

const INGEST = '/services/data/:version/jobs/ingest';
const QUERY = '/services/data/:version/jobs/query';

/** Bulk API 2.0. Source: Bulk API 2.0 and Bulk API Developer Guide. */
export const bulkSurface: Surface = {
    name: 'bulk',
    routes: [
        sessionRoute(['POST'], INGEST, createIngestJob),
        sessionRoute(['GET'], INGEST, listIngestJobs),
        sessionRoute(['GET'], `${INGEST}/:id`, getIngestJob),
        sessionRoute(['PATCH'], `${INGEST}/:id`, changeIngestJob),
        sessionRoute(['DELETE'], `${INGEST}/:id`, deleteIngestJob),
        sessionRoute(['PUT'], `${INGEST}/:id/batches`, uploadRows),
        sessionRoute(['GET'], `${INGEST}/:id/:results`, ingestResults),
        sessionRoute(['POST'], QUERY, createQueryJob),
        sessionRoute(['GET'], QUERY, listQueryJobs),
        sessionRoute(['GET'], `${QUERY}/:id`, getQueryJob),
        sessionRoute(['PATCH'], `${QUERY}/:id`, changeQueryJob),
        sessionRoute(['DELETE'], `${QUERY}/:id`, deleteQueryJob),
        sessionRoute(['GET'], `${QUERY}/:id/results`, queryResults)
    ]
};
