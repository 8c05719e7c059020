import { notFound, notSupportedLocally } from '../../http/api-error.ts';
import { sessionRoute, type Surface } from '../surface.ts';
import { executeAnonymous } from './execute-anonymous.ts';
import { toolingQuery } from './query.ts';
import { runTestsAsynchronous, runTestsSynchronous } from './run-tests.ts';
import { TOOLING_OBJECTS } from './tooling-objects.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';

const BASE = '/services/data/:version/tooling';

/** Apex code, tests and coverage. */
export const toolingSurface: Surface = {
    name: 'tooling',
    routes: [
        sessionRoute(['GET'], `${BASE}/query`, toolingQuery),
        sessionRoute(['GET'], `${BASE}/executeAnonymous`, executeAnonymous),
        sessionRoute(['POST'], `${BASE}/runTestsSynchronous`, runTestsSynchronous),
        sessionRoute(['POST'], `${BASE}/runTestsAsynchronous`, runTestsAsynchronous),
        sessionRoute(['GET'], `${BASE}/sobjects/:object/describe`, describeToolingObject)
    ]
};

/** Clients ask whether the org has `SourceMember`, to know if it tracks changes; these orgs do not. */
function describeToolingObject(_request: unknown, { object }: PathParameters): WireResponse {
    throw TOOLING_OBJECTS.has(object?.toLowerCase() ?? '')
        ? notSupportedLocally(`describing ${object} of the Tooling API`)
        : notFound();
}
