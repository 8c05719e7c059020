import { missingArgument, platformError } from '../../http/api-error.ts';
import { json, noContent } from '../../http/responses.ts';
import {
    createExternalCredential,
    deleteExternalCredential,
    getExternalCredential,
    listExternalCredentials,
    updateExternalCredential
} from '../../org/credential-setup/external-credentials.ts';
import {
    createIdentityProvider,
    createIdentityProviderCredentials,
    deleteIdentityProvider,
    getIdentityProvider,
    getIdentityProviderCredentials,
    listIdentityProviders,
    replaceIdentityProviderCredentials,
    updateIdentityProvider
} from '../../org/credential-setup/identity-providers.ts';
import {
    createNamedCredential,
    deleteNamedCredential,
    getNamedCredential,
    listNamedCredentials,
    updateNamedCredential
} from '../../org/credential-setup/named-credentials.ts';
import {
    authUrl,
    createCredential,
    deleteCredential,
    getCredential,
    patchCredential,
    refreshCredential,
    replaceCredential
} from '../../org/credential-setup/principal-credential.ts';
import { invalid, SetupFault } from '../../org/credential-setup/setup-fault.ts';
import { sessionRoute, type SurfaceRoute } from '../surface.ts';
import type { HttpMethod } from '../../http/router.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { Input } from '../../org/credential-setup/input.ts';
import type { Output, SetupContext } from '../../org/credential-setup/setup-context.ts';

/** What a resource does with its caller, the name at the end of its path and the request. */
type Resource = (context: SetupContext, name: string, request: HttpRequest) => Output | void;

type ByInput = (context: SetupContext, input: unknown) => Output;
type ByNameAndInput = (context: SetupContext, name: string, input: unknown) => Output;

const byInput =
    (work: ByInput): Resource =>
    (context, _name, request) =>
        work(context, request.json());
const byNameAndInput =
    (work: ByNameAndInput): Resource =>
    (context, name, request) =>
        work(context, name, request.json());

const NAMED = '/services/data/:version/named-credentials';

/** Connect REST API Developer Guide, Named Credentials Resources: method, path, status of success, what it does. */
const RESOURCES: readonly (readonly [HttpMethod, path: string, status: 200 | 201 | 204, Resource])[] = [
    ['GET', 'credential', 200, (context, _name, request) => getCredential(context, principalOf(request))],
    ['POST', 'credential', 201, byInput(createCredential)],
    ['PUT', 'credential', 200, byInput(replaceCredential)],
    ['PATCH', 'credential', 200, byInput(patchCredential)],
    ['DELETE', 'credential', 204, deleteOne],
    ['POST', 'credential/auth-url/o-auth', 200, byInput(authUrl)],
    ['GET', 'external-credentials', 200, listExternalCredentials],
    ['POST', 'external-credentials', 201, byInput(createExternalCredential)],
    ['GET', 'external-credentials/:name', 200, getExternalCredential],
    ['PUT', 'external-credentials/:name', 200, byNameAndInput(updateExternalCredential)],
    ['DELETE', 'external-credentials/:name', 204, deleteExternalCredential],
    ['GET', 'named-credential-setup', 200, listNamedCredentials],
    ['POST', 'named-credential-setup', 201, byInput(createNamedCredential)],
    ['GET', 'named-credential-setup/:name', 200, getNamedCredential],
    ['PUT', 'named-credential-setup/:name', 200, byNameAndInput(updateNamedCredential)],
    ['DELETE', 'named-credential-setup/:name', 204, deleteNamedCredential],
    ['GET', 'external-auth-identity-providers', 200, listIdentityProviders],
    ['POST', 'external-auth-identity-providers', 201, byInput(createIdentityProvider)],
    ['GET', 'external-auth-identity-providers/:name', 200, getIdentityProvider],
    ['PUT', 'external-auth-identity-providers/:name', 200, byNameAndInput(updateIdentityProvider)],
    ['DELETE', 'external-auth-identity-providers/:name', 204, deleteIdentityProvider],
    ['GET', 'external-auth-identity-provider-credentials/:name', 200, getIdentityProviderCredentials],
    [
        'POST',
        'external-auth-identity-provider-credentials/:name',
        201,
        byNameAndInput(createIdentityProviderCredentials)
    ],
    [
        'PUT',
        'external-auth-identity-provider-credentials/:name',
        200,
        byNameAndInput(replaceIdentityProviderCredentials)
    ]
];

/** POST with `action` does not create: it fetches a new token with the credential that is stored. */
function actionOf(request: HttpRequest): boolean {
    const action = request.query.get('action');
    if (action !== null && action.toLowerCase() !== 'refresh') {
        throw invalid(`Invalid value "${action}" for the parameter action. Valid values are: Refresh.`);
    }
    return action !== null;
}

function principalOf({ query }: HttpRequest): Input {
    const parameter = (name: string): string => {
        const value = query.get(name);
        if (value === null || value === '') {
            throw missingArgument(`The parameter ${name} is required.`);
        }
        return value;
    };
    return {
        externalCredential: parameter('externalCredential'),
        principalType: parameter('principalType'),
        principalName:
            query.get('principalType') === 'NamedPrincipal' ? parameter('principalName') : query.get('principalName')
    };
}

function deleteOne(context: SetupContext, _name: string, request: HttpRequest): void {
    const names = request.query.getAll('authenticationParameters').flatMap((list) => list.split(','));
    deleteCredential(
        context,
        principalOf(request),
        names.filter((name) => name !== '')
    );
}

/** Secrets are never in an answer, and an answer about them is never kept. */
const NO_STORE = { 'cache-control': 'no-store' };

export const namedCredentialRoutes: readonly SurfaceRoute[] = RESOURCES.map(([method, path, status, resource]) =>
    sessionRoute([method], `${NAMED}/${path}`, (request, parameters, { org, session }) => {
        const context = { org, userId: session.userId, version: parameters['version'] ?? '' };
        try {
            const isRefresh = method === 'POST' && path === 'credential' && actionOf(request);
            const answer = isRefresh
                ? refreshCredential(context, request.json())
                : resource(context, parameters['name'] ?? '', request);
            return answer === undefined ? noContent() : json(isRefresh ? 200 : status, answer, NO_STORE);
        } catch (error) {
            throw error instanceof SetupFault ? platformError(error.status, error.errorCode, error.message) : error;
        }
    })
);
