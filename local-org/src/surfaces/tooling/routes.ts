import { sessionRoute, type Surface } from '../surface.ts';
import { executeAnonymous } from './execute-anonymous.ts';
import { toolingQuery } from './query.ts';
import {
    createToolingRecord,
    deleteToolingRecord,
    describeTooling,
    describeToolingObject,
    getLogBody,
    getToolingRecord,
    updateToolingRecord
} from './records.ts';
import { updateSourceMember } from './source-member.ts';
import { runTestsAsynchronous, runTestsSynchronous } from './run-tests.ts';

const BASE = '/services/data/:version/tooling';

/** Apex code, tests, coverage and debug logs. */
export const toolingSurface: Surface = {
    name: 'tooling',
    routes: [
        sessionRoute(['GET'], `${BASE}/query`, toolingQuery),
        sessionRoute(['GET'], `${BASE}/executeAnonymous`, executeAnonymous),
        sessionRoute(['POST'], `${BASE}/runTestsSynchronous`, runTestsSynchronous),
        sessionRoute(['POST'], `${BASE}/runTestsAsynchronous`, runTestsAsynchronous),
        sessionRoute(['GET'], `${BASE}/sobjects`, describeTooling),
        sessionRoute(['POST'], `${BASE}/sobjects/:object`, createToolingRecord),
        sessionRoute(['GET'], `${BASE}/sobjects/:object/describe`, describeToolingObject),
        sessionRoute(['GET'], `${BASE}/sobjects/:object/:id`, getToolingRecord),
        sessionRoute(['PATCH'], `${BASE}/sobjects/:object/:id`, updateToolingRecord),
        sessionRoute(['DELETE'], `${BASE}/sobjects/:object/:id`, deleteToolingRecord),
        sessionRoute(['PATCH'], `${BASE}/sobjects/SourceMember/:id`, updateSourceMember),
        sessionRoute(['GET'], `${BASE}/sobjects/ApexLog/:id/Body`, getLogBody)
    ]
};
