import { notFound } from '../../http/api-error.ts';
import { json } from '../../http/responses.ts';
import { externalCredential, externalCredentials, type ExternalCredential } from '../../org/external-credential.ts';
import { namedCredential, namedCredentials, type NamedCredential } from '../../org/named-credential.ts';
import { authenticationStatus, connectProtocol } from '../../org/credential-status.ts';
import { requireSetupAccess } from './credential.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SessionContext } from '../surface.ts';

type Parameters = PathParameters;

/** GET /named-credentials/external-credentials */
export function listExternalCredentials(
    _request: unknown,
    parameters: Parameters,
    context: SessionContext
): WireResponse {
    requireSetupAccess(context);
    const list = externalCredentials(context.org.metadata);
    return json(200, {
        externalCredentials: list.map((credential) => externalCredentialJson(credential, parameters, context))
    });
}

/** GET /named-credentials/external-credentials/<developer name> */
export function getExternalCredential(
    _request: unknown,
    parameters: Parameters,
    context: SessionContext
): WireResponse {
    requireSetupAccess(context);
    const name = parameters['name'] ?? '';
    const credential = externalCredential(context.org.metadata, name);
    if (credential === undefined) {
        throw notFound(`The external credential "${name}" doesn't exist.`);
    }
    return json(200, externalCredentialJson(credential, parameters, context));
}

/** GET /named-credentials/named-credential-setup */
export function listNamedCredentials(_request: unknown, parameters: Parameters, context: SessionContext): WireResponse {
    requireSetupAccess(context);
    const list = namedCredentials(context.org.metadata);
    return json(200, {
        namedCredentials: list.map((credential) => namedCredentialJson(credential, parameters, context))
    });
}

/** GET /named-credentials/named-credential-setup/<developer name> */
export function getNamedCredential(_request: unknown, parameters: Parameters, context: SessionContext): WireResponse {
    requireSetupAccess(context);
    const name = parameters['name'] ?? '';
    const credential = namedCredential(context.org.metadata, name);
    if (credential === undefined) {
        throw notFound(`The named credential "${name}" doesn't exist.`);
    }
    return json(200, namedCredentialJson(credential, parameters, context));
}

function externalCredentialJson(
    credential: ExternalCredential,
    parameters: Parameters,
    { org, session }: SessionContext
): Record<string, unknown> {
    const principals = credential.principals.map(({ name, type, sequence }) => {
        const named = { externalCredential: credential.name, principalName: name, principalType: type };
        const key = type === 'PerUserPrincipal' ? { ...named, userId: session.userId } : named;
        return {
            authenticationStatus: authenticationStatus(org, credential, key),
            principalName: name,
            principalType: type,
            sequenceNumber: sequence
        };
    });
    const url =
        credential.tokenUrl === undefined
            ? []
            : [
                  {
                      parameterName: 'AuthProviderUrl',
                      parameterType: 'AuthProviderUrl',
                      parameterValue: credential.tokenUrl
                  }
              ];
    const complete = principals.some((principal) => principal.authenticationStatus === 'Configured');
    const related = namedCredentials(org.metadata).filter(
        (named) => named.externalCredential?.toLowerCase() === credential.name.toLowerCase()
    );
    return {
        authenticationProtocol: connectProtocol(credential),
        authenticationProtocolVariant: credential.variant ?? null,
        authenticationStatus: complete ? 'Configured' : 'NotConfigured',
        customHeaders: credential.headers.map((header) => ({ headerName: header.name, headerValue: header.value })),
        developerName: credential.name,
        id: credential.id,
        masterLabel: credential.label,
        parameters: url,
        principals,
        relatedNamedCredentials: related.map((named) => ({ developerName: named.name, id: named.id })),
        url: `/services/data/${parameters['version']}/named-credentials/external-credentials/${credential.name}`
    };
}

function namedCredentialJson(
    named: NamedCredential,
    parameters: Parameters,
    { org }: SessionContext
): Record<string, unknown> {
    const base = `/services/data/${parameters['version']}/named-credentials`;
    const credential = externalCredential(org.metadata, named.externalCredential ?? '');
    return {
        calloutOptions: {
            allowMergeFieldsInBody: named.allowMergeFieldsInBody,
            allowMergeFieldsInHeader: named.allowMergeFieldsInHeader,
            generateAuthorizationHeader: named.generateAuthorizationHeader
        },
        calloutStatus: named.enabled ? 'Enabled' : 'Disabled',
        calloutUrl: named.url,
        developerName: named.name,
        externalCredentials:
            credential === undefined
                ? []
                : [
                      {
                          developerName: credential.name,
                          id: credential.id,
                          masterLabel: credential.label,
                          url: `${base}/external-credentials/${credential.name}`
                      }
                  ],
        id: named.id,
        masterLabel: named.label,
        type: named.type,
        url: `${base}/named-credential-setup/${named.name}`
    };
}
