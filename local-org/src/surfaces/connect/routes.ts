import { appConsumers, appUsage, consumerCredentials } from './app-credentials.ts';
import {
    getExternalCredential,
    getNamedCredential,
    listExternalCredentials,
    listNamedCredentials
} from './credential-setup.ts';
import { authUrl } from './auth-url.ts';
import { createCredential, deleteCredential, getCredential, replaceCredential } from './credential.ts';
import { discard, listStaged, rotate, stage } from './staged-credentials.ts';
import {
    createProviderCredentials,
    getProviderCredentials,
    replaceProviderCredentials
} from './provider-credentials.ts';
import { sessionRoute, type Surface } from '../surface.ts';

const NAMED = '/services/data/:version/named-credentials';
const PROVIDER_CREDENTIALS = `${NAMED}/external-auth-identity-provider-credentials/:name`;
const APPS = '/services/data/:version/apps/oauth';
const STAGED = `${APPS}/credentials/:app/:consumer/staged`;

/** Connect REST: credentials of named credentials and of External Client Apps. */
export const connectSurface: Surface = {
    name: 'connect',
    routes: [
        sessionRoute(['GET'], `${NAMED}/credential`, getCredential),
        sessionRoute(['POST'], `${NAMED}/credential`, createCredential),
        sessionRoute(['PUT'], `${NAMED}/credential`, replaceCredential),
        sessionRoute(['DELETE'], `${NAMED}/credential`, deleteCredential),
        sessionRoute(['POST'], `${NAMED}/credential/auth-url/o-auth`, authUrl),
        sessionRoute(['GET'], PROVIDER_CREDENTIALS, getProviderCredentials),
        sessionRoute(['POST'], PROVIDER_CREDENTIALS, createProviderCredentials),
        sessionRoute(['PUT'], PROVIDER_CREDENTIALS, replaceProviderCredentials),
        sessionRoute(['GET'], `${NAMED}/external-credentials`, listExternalCredentials),
        sessionRoute(['GET'], `${NAMED}/external-credentials/:name`, getExternalCredential),
        sessionRoute(['GET'], `${NAMED}/named-credential-setup`, listNamedCredentials),
        sessionRoute(['GET'], `${NAMED}/named-credential-setup/:name`, getNamedCredential),
        sessionRoute(['GET'], `${APPS}/usage`, appUsage),
        sessionRoute(['GET'], `${APPS}/credentials/:app`, appConsumers),
        sessionRoute(['GET'], `${APPS}/credentials/:app/:consumer`, consumerCredentials),
        sessionRoute(['GET'], STAGED, listStaged),
        sessionRoute(['POST'], STAGED, stage),
        sessionRoute(['PATCH'], `${STAGED}/:staged`, rotate),
        sessionRoute(['DELETE'], `${STAGED}/:staged`, discard)
    ]
};
