import { apexRestSurface } from './apexrest/routes.ts';
import { bulkSurface } from './bulk/routes.ts';
import { callbackSurface } from './callback/routes.ts';
import { connectSurface } from './connect/routes.ts';
import { metadataRestSurface } from './metadata-rest/routes.ts';
import { oauthSurface } from './oauth/routes.ts';
import { pageSurface } from './page/routes.ts';
import { restSurface } from './rest/routes.ts';
import { soapSurface } from './soap/routes.ts';
import { streamingSurface } from './streaming/routes.ts';
import { toolingSurface } from './tooling/routes.ts';
import { uiApiSurface } from './ui-api/routes.ts';
import type { Surface } from './surface.ts';

/** Everything an org answers over HTTP. */
export const SURFACES: readonly Surface[] = [
    oauthSurface,
    callbackSurface,
    restSurface,
    apexRestSurface,
    bulkSurface,
    connectSurface,
    toolingSurface,
    uiApiSurface,
    metadataRestSurface,
    soapSurface,
    streamingSurface,
    pageSurface
];
