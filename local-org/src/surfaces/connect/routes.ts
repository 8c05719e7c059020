import { appConsumers, appUsage, consumerCredentials } from './app-credentials.ts';
import { namedCredentialRoutes } from './named-credentials.ts';
import { discard, listStaged, rotate, stage } from './staged-credentials.ts';
import { sessionRoute, type Surface } from '../surface.ts';

const APPS = '/services/data/:version/apps/oauth';
const STAGED = `${APPS}/credentials/:app/:consumer/staged`;

/** Connect REST: credentials of named credentials and of External Client Apps. */
export const connectSurface: Surface = {
    name: 'connect',
    routes: [
        ...namedCredentialRoutes,
        sessionRoute(['GET'], `${APPS}/usage`, appUsage),
        sessionRoute(['GET'], `${APPS}/credentials/:app`, appConsumers),
        sessionRoute(['GET'], `${APPS}/credentials/:app/:consumer`, consumerCredentials),
        sessionRoute(['GET'], STAGED, listStaged),
        sessionRoute(['POST'], STAGED, stage),
        sessionRoute(['PATCH'], `${STAGED}/:staged`, rotate),
        sessionRoute(['DELETE'], `${STAGED}/:staged`, discard)
    ]
};
