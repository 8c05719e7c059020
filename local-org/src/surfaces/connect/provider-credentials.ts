import { conflict, invalidInput, notFound } from '../../http/api-error.ts';
import { json } from '../../http/responses.ts';
import {
    externalProviderNamed,
    storeProviderCredentials,
    type ExternalProvider
} from '../../org/provider-credentials.ts';
import { requireSetupAccess } from './credential.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SessionContext } from '../surface.ts';

/**
 * Client id and secret of an external auth identity provider.
 * Source: Connect REST API Developer Guide, External Auth Identity Provider Credentials, since version 62.
 */
export function getProviderCredentials(
    _request: unknown,
    parameters: PathParameters,
    context: SessionContext
): WireResponse {
    const { name, stored } = find(parameters, context);
    return answer(name, stored);
}

/** POST: the first ones. */
export function createProviderCredentials(
    request: HttpRequest,
    parameters: PathParameters,
    context: SessionContext
): WireResponse {
    const { name, stored } = find(parameters, context);
    if (stored !== undefined) {
        throw conflict(`Credentials of ${name} already exist. Use the PUT method to overwrite them.`);
    }
    return write(request, name, context, 201);
}

/** PUT: replaces them. */
export function replaceProviderCredentials(
    request: HttpRequest,
    parameters: PathParameters,
    context: SessionContext
): WireResponse {
    const { name, stored } = find(parameters, context);
    if (stored === undefined) {
        throw notFound(`No credentials of ${name} are stored.`);
    }
    return write(request, name, context, 200);
}

type Stored = ExternalProvider['stored'];

function find(parameters: PathParameters, context: SessionContext): ExternalProvider {
    requireSetupAccess(context);
    const wanted = parameters['name'] ?? '';
    const provider = externalProviderNamed(context.org, wanted);
    if (provider === undefined) {
        throw notFound(`The external auth identity provider "${wanted}" doesn't exist.`);
    }
    return provider;
}

function write(request: HttpRequest, name: string, { org }: SessionContext, status: number): WireResponse {
    const values = readValues(request.json());
    const problem = storeProviderCredentials(org, name, values);
    if (problem !== undefined) {
        throw invalidInput(problem);
    }
    return answer(name, values, status);
}

/** A list of `{ credentialName, credentialValue }`, unlike that of a principal. */
function readValues(body: unknown): ReadonlyMap<string, string> {
    const { credentials } = (typeof body === 'object' && body !== null ? body : {}) as { credentials?: unknown };
    const list = Array.isArray(credentials) ? (credentials as Record<string, unknown>[]) : [];
    const text = (value: unknown): string => (typeof value === 'string' ? value : '');
    return new Map(list.map((entry) => [text(entry['credentialName']), text(entry['credentialValue'])]));
}

/** Names only: the values are never given back. */
function answer(name: string, stored: Stored, status = 200): WireResponse {
    const credentials = [...(stored?.keys() ?? [])].map((credentialName) => ({ credentialName, encrypted: true }));
    return json(status, { credentials, fullName: name }, { 'cache-control': 'no-store' });
}
