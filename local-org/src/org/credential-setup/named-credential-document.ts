import { headerParameters } from './custom-headers.ts';
import { PROPERTIES as EXTERNAL_PROPERTIES } from './external-credential-document.ts';
import {
    componentName,
    flagText,
    inputOf,
    inputsOf,
    missing,
    optionalText,
    requiredChoice,
    requiredText,
    withoutAbsent,
    type Input
} from './input.ts';
import { parameterDocuments } from './parameters.ts';
import { invalid } from './setup-fault.ts';
import type { MetadataDocument } from '../metadata-registry.ts';

/*
 * A NamedCredential document from a Named Credential Input. Source: Apex Reference, ConnectApi.NamedCredentialInput and the
 * classes that it names; Metadata API Developer Guide, NamedCredential.
 */

const PROPERTIES = [
    'calloutOptions',
    'calloutUrl',
    'customHeaders',
    'description',
    'developerName',
    'externalCredentials',
    'masterLabel',
    'networkConnection',
    'parameters',
    'type'
];
const OPTIONS = ['allowMergeFieldsInBody', 'allowMergeFieldsInHeader', 'generateAuthorizationHeader'];
/** Types of parameters that are no properties of their own. */
export const PARAMETER_TYPES = ['AllowedManagedPackageNamespaces', 'ClientCertificate'];
const UNSUPPORTED_TYPES = ['ConnectionStatus', 'SfHttpRequestExtensionName'];

/** `known`: the name of the credential that is updated, whose input need not give it. */
export function namedCredentialDocument(
    value: unknown,
    known: string | undefined
): { readonly fullName: string; readonly document: MetadataDocument } {
    const input = inputOf(value, PROPERTIES);
    const fullName = componentName(input, 'developerName', known);
    const label = requiredText(input, 'masterLabel');
    const namedCredentialType = requiredChoice(input, 'type', ['PrivateEndpoint', 'SecuredEndpoint']);
    if (namedCredentialType === 'PrivateEndpoint') {
        throw invalid(
            'The local org has no Private Connect: it does not support named credentials of type PrivateEndpoint.'
        );
    }
    if (input['networkConnection'] !== undefined && input['networkConnection'] !== null) {
        throw invalid('A named credential of type SecuredEndpoint takes no network connection.');
    }
    const options = inputOf(input['calloutOptions'] ?? missing('calloutOptions'), OPTIONS);
    const elements = withoutAbsent({
        allowMergeFieldsInBody: flagText(options, 'allowMergeFieldsInBody'),
        allowMergeFieldsInHeader: flagText(options, 'allowMergeFieldsInHeader'),
        description: optionalText(input, 'description'),
        generateAuthorizationHeader: flagText(options, 'generateAuthorizationHeader')
    });
    const namedCredentialParameters = [
        { parameterName: 'Url', parameterType: 'Url', parameterValue: requiredText(input, 'calloutUrl') },
        { externalCredential: reference(input), parameterName: 'ExternalCredential', parameterType: 'Authentication' },
        ...headerParameters(input, 'HttpHeader').map(({ parameterGroup: _group, ...header }) => header),
        ...parameters(input)
    ];
    return { fullName, document: { ...elements, label, namedCredentialParameters, namedCredentialType } };
}

/** "Only one external credential is supported"; of it only its name counts here. */
function reference(input: Input): string {
    const [credential, another] = inputsOf(input, 'externalCredentials', EXTERNAL_PROPERTIES);
    if (credential === undefined) return missing('externalCredentials');
    if (another !== undefined) throw invalid('A named credential takes one external credential only.');
    return requiredText(credential, 'developerName');
}

function parameters(input: Input): MetadataDocument[] {
    const given = parameterDocuments(input, [...PARAMETER_TYPES, ...UNSUPPORTED_TYPES]);
    const unsupported = given.find(({ parameterType }) => UNSUPPORTED_TYPES.includes(parameterType));
    if (unsupported !== undefined) {
        throw invalid(
            `The local org does not support named credential parameters of type ${unsupported['parameterType']}.`
        );
    }
    return given;
}
