import { conflict, insufficientAccess, invalidInput, missingArgument, notFound } from '../../http/api-error.ts';
import { json, noContent } from '../../http/responses.ts';
import { CalloutFailure } from '../../callout/types.ts';
import { externalCredential, type ExternalCredential, type Principal } from '../../org/external-credential.ts';
import { authenticationStatus, connectProtocol, credentialFlow } from '../../org/credential-status.ts';
import { readCredentialInput, readPrincipalName, readPrincipalType, type CredentialInput } from './credential-input.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { WireResponse } from '../../http/types.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { PrincipalKey } from '../../org/principal-credentials.ts';
import type { SessionContext } from '../surface.ts';

/** What an OAuth client needs, and which of it must be encrypted. */
const CLIENT_CREDENTIALS: ReadonlyMap<string, boolean> = new Map([
    ['clientId', false],
    ['clientSecret', true]
]);

/** GET /named-credentials/credential?externalCredential=…&principalName=…&principalType=… */
export function getCredential(request: HttpRequest, _parameters: unknown, context: SessionContext): WireResponse {
    requireSetupAccess(context);
    const { credential, key } = principalOfQuery(request, context);
    requireComplete(context, credential, key);
    return answer(context.org, credential, key);
}

/** A signed assertion needs nothing stored. */
function requireComplete({ org }: SessionContext, credential: ExternalCredential, key: PrincipalKey): void {
    const isComplete = authenticationStatus(org, credential, key) === 'Configured';
    if (org.principalCredentials.get(key) === undefined && !isComplete) {
        throw nothingStored(key);
    }
}

/** POST: the first credential of a principal; with `?action=Refresh` a new token with the credential that is stored. */
export function createCredential(request: HttpRequest, _parameters: unknown, context: SessionContext): WireResponse {
    const action = request.query.get('action');
    if (action !== null) {
        return refreshCredential(action, request, context);
    }
    return write(request, context, 201, (stored, { externalCredential: name, principalName }) => {
        if (stored) {
            const message =
                `Authentication credentials for ${principalName} of ${name} already exist. ` +
                'Use the PUT method to overwrite them.';
            throw conflict(message);
        }
    });
}

/** The text of a refused refresh is the one that a callout shows; the resource's own is not published. */
function refreshCredential(action: string, request: HttpRequest, context: SessionContext): WireResponse {
    requireSetupAccess(context);
    if (action.toLowerCase() !== 'refresh') {
        throw invalidInput(`Invalid value "${action}" for the parameter action. Valid values are: Refresh.`);
    }
    const { credential, key } = resolvePrincipal(context, readPrincipalName(request.json()));
    requireComplete(context, credential, key);
    try {
        context.org.calloutGateway.refresh(key);
    } catch (error) {
        throw error instanceof CalloutFailure ? invalidInput(error.message) : error;
    }
    return answer(context.org, credential, key);
}

/** PUT: replaces the credential of a principal. */
export function replaceCredential(request: HttpRequest, _parameters: unknown, context: SessionContext): WireResponse {
    return write(request, context, 200, (stored, key) => {
        if (!stored) {
            throw nothingStored(key);
        }
    });
}

/** DELETE, with the principal in the query. */
export function deleteCredential(request: HttpRequest, _parameters: unknown, context: SessionContext): WireResponse {
    requireSetupAccess(context);
    const { key } = principalOfQuery(request, context);
    if (!context.org.principalCredentials.remove(key)) {
        throw nothingStored(key);
    }
    return noContent();
}

function write(
    request: HttpRequest,
    context: SessionContext,
    status: number,
    check: (stored: boolean, key: PrincipalKey) => void
): WireResponse {
    requireSetupAccess(context);
    const input = readCredentialInput(request.json());
    const { credential, key } = resolvePrincipal(context, input);
    requireFittingInput(input, credential);
    const { principalCredentials } = context.org;
    check(principalCredentials.get(key) !== undefined, key);
    principalCredentials.put(key, input.credentials);
    return answer(context.org, credential, key, status);
}

function requireFittingInput(
    { authenticationProtocol, credentials }: CredentialInput,
    credential: ExternalCredential
): void {
    const expected = connectProtocol(credential);
    if (authenticationProtocol !== expected) {
        const message = `The external credential "${credential.name}" uses the authentication protocol ${expected}.`;
        throw invalidInput(message);
    }
    if (expected !== 'OAuth') {
        return;
    }
    if (credentialFlow(credential) !== 'client-credentials') {
        throw invalidInput(`The external credential "${credential.name}" takes no client id and secret.`);
    }
    for (const [name, { encrypted }] of credentials) {
        const mustBeEncrypted = CLIENT_CREDENTIALS.get(name);
        if (mustBeEncrypted === undefined) {
            throw invalidInput(`The authentication protocol OAuth has no credential "${name}".`);
        }
        if (mustBeEncrypted !== encrypted) {
            throw invalidInput(`The credential "${name}" must ${mustBeEncrypted ? '' : 'not '}be encrypted.`);
        }
    }
    for (const name of CLIENT_CREDENTIALS.keys()) {
        if (!credentials.has(name)) {
            throw invalidInput(`The credential "${name}" is required.`);
        }
    }
}

export interface ResolvedPrincipal {
    readonly credential: ExternalCredential;
    readonly key: PrincipalKey;
}

export type PrincipalName = Pick<PrincipalKey, 'externalCredential' | 'principalName' | 'principalType'>;

export function resolvePrincipal({ org, session }: SessionContext, wanted: PrincipalName): ResolvedPrincipal {
    const credential = externalCredential(org.metadata, wanted.externalCredential);
    if (credential === undefined) {
        throw notFound(`The external credential "${wanted.externalCredential}" doesn't exist.`);
    }
    const principal = credential.principals.find((candidate) => isPrincipal(candidate, wanted));
    if (principal === undefined) {
        const message = `The external credential "${credential.name}" has no principal "${wanted.principalName}".`;
        throw notFound(message);
    }
    const perUser = principal.type === 'PerUserPrincipal';
    const key = { externalCredential: credential.name, principalName: principal.name, principalType: principal.type };
    return { credential, key: perUser ? { ...key, userId: session.userId } : key };
}

function isPrincipal({ name, type }: Principal, wanted: PrincipalName): boolean {
    return type === wanted.principalType && name.toLowerCase() === wanted.principalName.toLowerCase();
}

function principalOfQuery({ query }: HttpRequest, context: SessionContext): ResolvedPrincipal {
    const parameter = (name: string): string => {
        const value = query.get(name);
        if (value === null || value === '') {
            throw missingArgument(`The parameter ${name} is required.`);
        }
        return value;
    };
    return resolvePrincipal(context, {
        externalCredential: parameter('externalCredential'),
        principalName: parameter('principalName'),
        principalType: readPrincipalType(parameter('principalType'))
    });
}

/** Names and revisions of what is stored; the values of encrypted credentials are never given back. */
function answer(org: LocalOrg, credential: ExternalCredential, key: PrincipalKey, status = 200): WireResponse {
    const stored = [...(org.principalCredentials.get(key) ?? [])];
    const credentials = stored.map(([name, { value, encrypted, revision }]) => {
        return [name, encrypted ? { encrypted, revision } : { encrypted, revision, value }] as const;
    });
    return json(status, {
        authenticationProtocol: connectProtocol(credential),
        authenticationProtocolVariant: credential.variant ?? null,
        authenticationStatus: authenticationStatus(org, credential, key),
        credentials: Object.fromEntries(credentials),
        externalCredential: credential.name,
        principalName: key.principalName,
        principalType: key.principalType
    });
}

function nothingStored({ externalCredential: name, principalName }: PrincipalKey): Error {
    return notFound(`No authentication credentials are stored for the principal ${principalName} of ${name}.`);
}

/** Source: Connect REST API Developer Guide, Named Credentials Resources: Manage Named Credentials or Customize Application. */
export function requireSetupAccess({ org, session }: SessionContext): void {
    const allowed = ['ManageNamedCredentials', 'CustomizeApplication'].some((permission) =>
        org.access.userPermission(session.userId, permission)
    );
    if (!allowed) {
        throw insufficientAccess('You need the permission "Manage Named Credentials" for this resource.');
    }
}
