import { json } from '../../http/responses.ts';
import { dataPath } from './paths.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SurfaceContext } from '../surface.ts';

const OLDEST = 31;
/** Version 65 is Winter '26; three releases a year follow in this order. */
const WINTER_26 = 65;
const SEASONS = ['Winter', 'Spring', 'Summer'];

/** GET /services/data: needs no session. */
export function versions(_request: unknown, _parameters: unknown, { org }: SurfaceContext): WireResponse {
    const newest = Number.parseInt(org.apiVersion, 10);
    const releases = Array.from({ length: newest - OLDEST + 1 }, (_, index) => OLDEST + index);
    const rows = releases.map((release) => ({
        label: label(release),
        url: `/services/data/v${release}.0`,
        version: `${release}.0`
    }));
    return json(200, rows);
}

function label(release: number): string {
    const since = release - WINTER_26;
    const season = SEASONS[((since % 3) + 3) % 3];
    return `${season} '${26 + Math.floor(since / 3)}`;
}

/** GET /services/data/vXX.0: the resources that the local org serves, not all that the platform has. */
export function resources(
    _request: unknown,
    parameters: PathParameters,
    { org, session }: SurfaceContext
): WireResponse {
    const base = dataPath(parameters);
    const served = [
        'apps',
        'composite',
        'jobs',
        'limits',
        'named-credentials',
        'query',
        'queryAll',
        'sobjects',
        'tooling',
        'ui-api'
    ];
    const identity = session === undefined ? {} : { identity: `${org.baseUrl}/id/${org.id}/${session.userId}` };
    return json(200, { ...Object.fromEntries(served.map((name) => [name, `${base}/${name}`])), ...identity });
}
