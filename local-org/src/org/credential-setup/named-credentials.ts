import { documentsOf, textOf } from '../../schema/document.ts';
import { namedCredential, namedCredentials, type NamedCredential } from '../named-credential.ts';
import { componentReferences } from './component-references.ts';
import { headersOutput } from './custom-headers.ts';
import { getExternalCredential } from './external-credentials.ts';
import { namedCredentialDocument, PARAMETER_TYPES } from './named-credential-document.ts';
import { namedCredentialProblems } from './named-credential-rules.ts';
import { parameterOutput } from './parameters.ts';
import {
    change,
    requireNoProblem,
    requireReferences,
    requireSetupAccess,
    resourceUrl,
    type Output,
    type SetupContext
} from './setup-context.ts';
import { absent, taken } from './setup-fault.ts';
import type { MetadataComponent, MetadataDocument } from '../metadata-registry.ts';

/*
 * /named-credentials/named-credential-setup and ConnectApi.NamedCredentials. Source: Connect REST API Developer Guide, Named
 * Credential; Apex Reference, NamedCredentials Class. An update replaces the whole credential; whether callouts are enabled is
 * no part of the input.
 */

const TYPE = 'NamedCredential';

export function listNamedCredentials(context: SetupContext): Output {
    requireSetupAccess(context);
    const list = namedCredentials(context.org.metadata);
    return { namedCredentials: list.map((named) => namedOutput(context, named)) };
}

export function getNamedCredential(context: SetupContext, name: string): Output {
    requireSetupAccess(context);
    return namedOutput(context, namedNamed(context, name));
}

export function createNamedCredential(context: SetupContext, input: unknown): Output {
    requireSetupAccess(context);
    const { fullName, document } = namedCredentialDocument(input, undefined);
    if (context.org.metadata.get(TYPE, fullName) !== undefined) {
        throw taken(`A named credential with the developer name ${fullName} already exists.`);
    }
    return keep(context, fullName, { ...document, calloutStatus: 'Enabled' });
}

export function updateNamedCredential(context: SetupContext, name: string, input: unknown): Output {
    requireSetupAccess(context);
    const known = namedNamed(context, name);
    const { document } = namedCredentialDocument(input, known.name);
    return keep(context, known.name, { ...document, calloutStatus: known.enabled ? 'Enabled' : 'Disabled' });
}

export function deleteNamedCredential(context: SetupContext, name: string): void {
    requireSetupAccess(context);
    const { name: known } = namedNamed(context, name);
    change(context, () => context.org.metadata.remove(TYPE, known));
}

function keep(context: SetupContext, fullName: string, document: MetadataDocument): Output {
    requireNoProblem(namedCredentialProblems(document));
    requireReferences(context, componentReferences(document, 'namedCredentialParameters'));
    return change(context, () => {
        context.org.metadata.put({ type: TYPE, fullName, files: new Map(), document });
        return namedOutput(context, namedNamed(context, fullName));
    });
}

function namedNamed({ org }: SetupContext, name: string): NamedCredential {
    const found = namedCredential(org.metadata, name);
    if (found === undefined) throw absent(`The named credential "${name}" doesn't exist.`);
    return found;
}

function namedOutput(context: SetupContext, named: NamedCredential): Output {
    const { document } = context.org.metadata.get(TYPE, named.name) as MetadataComponent;
    const { externalCredential } = named;
    return {
        calloutOptions: {
            allowMergeFieldsInBody: named.allowMergeFieldsInBody,
            allowMergeFieldsInHeader: named.allowMergeFieldsInHeader,
            generateAuthorizationHeader: named.generateAuthorizationHeader
        },
        calloutStatus: named.enabled ? 'Enabled' : 'Disabled',
        calloutUrl: named.type === 'Legacy' ? (textOf(document, 'endpoint') ?? null) : named.url,
        createdByNamespace: null,
        customHeaders: headersOutput(document, 'namedCredentialParameters', 'HttpHeader'),
        description: textOf(document, 'description') ?? null,
        developerName: named.name,
        externalCredentials:
            externalCredential === undefined ||
            context.org.metadata.get('ExternalCredential', externalCredential) === undefined
                ? []
                : [getExternalCredential(context, externalCredential)],
        id: named.id,
        masterLabel: named.label,
        networkConnection: networkConnection(document),
        parameters: documentsOf(document, 'namedCredentialParameters')
            .filter((parameter) => PARAMETER_TYPES.includes(textOf(parameter, 'parameterType') ?? ''))
            .map(parameterOutput),
        type: named.type === 'Legacy' ? null : named.type,
        url: resourceUrl(context, `named-credential-setup/${named.name}`)
    };
}

function networkConnection(document: MetadataDocument | undefined): Output | null {
    const names = documentsOf(document, 'namedCredentialParameters').map((parameter) =>
        textOf(parameter, 'outboundNetworkConnection')
    );
    const name = names.find((given) => given !== undefined);
    return name === undefined ? null : { developerName: name };
}
