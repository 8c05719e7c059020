import { documentsOf, numberOf, textOf } from '../../schema/document.ts';
import { authenticationStatus, connectProtocol } from '../credential-status.ts';
import { externalCredential, externalCredentials, type ExternalCredential } from '../external-credential.ts';
import { namedCredentials } from '../named-credential.ts';
import { componentReferences } from './component-references.ts';
import { headersOutput } from './custom-headers.ts';
import { externalCredentialDocument } from './external-credential-document.ts';
import { externalCredentialProblems, PRINCIPAL_TYPES } from './external-credential-rules.ts';
import { parameterOutput } from './parameters.ts';
import { keepPrincipals, PRINCIPAL, principalFullName } from './principal-components.ts';
import { principalAccess } from './principal-access.ts';
import {
    change,
    requireNoProblem,
    requireReferences,
    requireSetupAccess,
    resourceUrl,
    type Output,
    type SetupContext
} from './setup-context.ts';
import { absent, invalid, taken } from './setup-fault.ts';
import type { MetadataComponent, MetadataDocument } from '../metadata-registry.ts';
import type { PrincipalKey } from '../principal-credentials.ts';

/*
 * /named-credentials/external-credentials and ConnectApi.NamedCredentials. Source: Connect REST API Developer Guide, External
 * Credentials; Apex Reference, NamedCredentials Class. An update replaces the whole credential: a principal that is not
 * given again is gone with its secret, one that is keeps it (observed on the platform; public design notes of Package Visualizer).
 */

const TYPE = 'ExternalCredential';

export function listExternalCredentials(context: SetupContext): Output {
    requireSetupAccess(context);
    const list = externalCredentials(context.org.metadata);
    return { externalCredentials: list.map((credential) => externalOutput(context, credential)) };
}

export function getExternalCredential(context: SetupContext, name: string): Output {
    requireSetupAccess(context);
    return externalOutput(context, externalNamed(context, name));
}

export function createExternalCredential(context: SetupContext, input: unknown): Output {
    requireSetupAccess(context);
    const { fullName, document } = externalCredentialDocument(input, undefined);
    if (context.org.metadata.get(TYPE, fullName) !== undefined) {
        throw taken(`An external credential with the developer name ${fullName} already exists.`);
    }
    return keep(context, fullName, document);
}

export function updateExternalCredential(context: SetupContext, name: string, input: unknown): Output {
    requireSetupAccess(context);
    const { name: known } = externalNamed(context, name);
    const { document } = externalCredentialDocument(input, known);
    const description = textOf(context.org.metadata.get(TYPE, known)?.document, 'description');
    return keep(context, known, description === undefined ? document : { ...document, description });
}

/** What named credentials use stays. */
export function deleteExternalCredential(context: SetupContext, name: string): void {
    requireSetupAccess(context);
    const credential = externalNamed(context, name);
    const [user] = usersOf(context, credential);
    if (user !== undefined) {
        throw invalid(`The external credential ${credential.name} is used by the named credential ${user.name}.`);
    }
    const { metadata } = context.org;
    change(context, () => {
        metadata.remove(TYPE, credential.name);
        keepPrincipals(metadata, credential.name, undefined);
    });
}

function keep(context: SetupContext, fullName: string, document: MetadataDocument): Output {
    requireNoProblem(externalCredentialProblems(document));
    requireReferences(context, componentReferences(document, 'externalCredentialParameters'));
    const { metadata } = context.org;
    return change(context, () => {
        metadata.put({ type: TYPE, fullName, files: new Map(), document });
        keepPrincipals(metadata, fullName, document);
        return externalOutput(context, externalNamed(context, fullName));
    });
}

export function externalNamed({ org }: SetupContext, name: string): ExternalCredential {
    const found = externalCredential(org.metadata, name);
    if (found === undefined) throw absent(`The external credential "${name}" doesn't exist.`);
    return found;
}

function usersOf({ org }: SetupContext, { name }: ExternalCredential): ReturnType<typeof namedCredentials> {
    return namedCredentials(org.metadata).filter(
        (named) => named.externalCredential?.toLowerCase() === name.toLowerCase()
    );
}

function externalOutput(context: SetupContext, credential: ExternalCredential): Output {
    const component = context.org.metadata.get(TYPE, credential.name) as MetadataComponent;
    const principals = credential.principals.map((principal) => principalOutput(context, credential, principal));
    const statuses = principals.map((principal) => principal['authenticationStatus']);
    const parameters = documentsOf(component.document, 'externalCredentialParameters');
    return {
        authenticationProtocol: connectProtocol(credential),
        authenticationProtocolVariant: connectVariant(credential) ?? null,
        authenticationStatus: statuses.find((status) => status !== 'NotConfigured') ?? 'NotConfigured',
        createdByNamespace: null,
        customHeaders: headersOutput(component.document, 'externalCredentialParameters', 'AuthHeader'),
        developerName: credential.name,
        id: credential.id,
        masterLabel: credential.label,
        parameters: parameters.filter((parameter) => isOwn(parameter, credential)).map(parameterOutput),
        principals,
        relatedNamedCredentials: usersOf(context, credential).map(({ name, id, label }) => ({
            developerName: name,
            id,
            masterLabel: label,
            url: resourceUrl(context, `named-credential-setup/${name}`)
        })),
        url: resourceUrl(context, `external-credentials/${credential.name}`)
    };
}

/** `NoAuthentication`, a protocol of its own in metadata, is a variant of Custom here. */
function connectVariant({ protocol, variant }: ExternalCredential): string | undefined {
    return protocol === 'NoAuthentication' ? 'NoAuthentication' : variant;
}

/** Types of parameters that are properties of the output, and no parameters of it. */
const PROPERTIES: readonly string[] = ['AuthProtocolVariant', 'AuthHeader', ...PRINCIPAL_TYPES];

/** A parameter of the credential itself, and not of a principal. */
function isOwn(parameter: MetadataDocument, credential: ExternalCredential): boolean {
    const group = textOf(parameter, 'parameterGroup');
    return (
        !PROPERTIES.includes(textOf(parameter, 'parameterType') ?? '') &&
        !credential.principals.some(({ name }) => name === group)
    );
}

function principalOutput(
    context: SetupContext,
    credential: ExternalCredential,
    { name, type }: ExternalCredential['principals'][number]
): Output {
    const { org } = context;
    const component = org.metadata.get(PRINCIPAL, principalFullName(credential.name, name));
    const key = principalKey(context, credential, { name, type });
    const document = org.metadata.get(TYPE, credential.name)?.document;
    const parameters = documentsOf(document, 'externalCredentialParameters').filter(
        (parameter) =>
            textOf(parameter, 'parameterGroup') === name &&
            !PROPERTIES.includes(textOf(parameter, 'parameterType') ?? '')
    );
    return {
        authenticationStatus: authenticationStatus(org, credential, key),
        id: component?.id ?? null,
        parameters: parameters.map(parameterOutput),
        principalAccess: component === undefined ? [] : principalAccess(context, component),
        principalName: name,
        principalType: type,
        sequenceNumber: numberOf(component?.document, 'sequenceNumber') ?? null
    };
}

/** Whose secret it is; a per-user principal has one for each user. */
export function principalKey(
    { userId }: SetupContext,
    credential: ExternalCredential,
    { name, type }: Pick<ExternalCredential['principals'][number], 'name' | 'type'>
): PrincipalKey {
    const key = { externalCredential: credential.name, principalName: name, principalType: type };
    return type === 'PerUserPrincipal' ? { ...key, userId } : key;
}
