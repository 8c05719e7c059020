import { headerParameters } from './custom-headers.ts';
import {
    flagText,
    inputOf,
    inputsOf,
    missing,
    optionalText,
    requiredChoice,
    requiredName,
    requiredText,
    withoutAbsent,
    type Input
} from './input.ts';
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
const PARAMETER = ['id', 'parameterDescription', 'parameterName', 'parameterType', 'parameterValue'];
const PARAMETER_TYPES = [
    'AllowedManagedPackageNamespaces',
    'ClientCertificate',
    'ConnectionStatus',
    'SfHttpRequestExtensionName'
];
/** Of an external credential only its name counts here. */
const REFERENCE = [
    'authenticationProtocol',
    'authenticationProtocolVariant',
    'customHeaders',
    'developerName',
    'masterLabel',
    'parameters',
    'principals'
];

/** `known`: the name of the credential that is updated, whose input need not give it. */
export function namedCredentialDocument(
    value: unknown,
    known: string | undefined
): { readonly fullName: string; readonly document: MetadataDocument } {
    const input = inputOf(value, PROPERTIES);
    const isKnown = known !== undefined && optionalText(input, 'developerName') === undefined;
    const fullName = isKnown ? known : requiredName(input, 'developerName');
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

/** "Only one external credential is supported." */
function reference(input: Input): string {
    const [credential, another] = inputsOf(input, 'externalCredentials', REFERENCE);
    if (credential === undefined) return missing('externalCredentials');
    if (another !== undefined) throw invalid('A named credential takes one external credential only.');
    return requiredText(credential, 'developerName');
}

function parameters(input: Input): MetadataDocument[] {
    return inputsOf(input, 'parameters', PARAMETER).map((parameter) => {
        const parameterType = requiredChoice(parameter, 'parameterType', PARAMETER_TYPES);
        if (!['AllowedManagedPackageNamespaces', 'ClientCertificate'].includes(parameterType)) {
            throw invalid(`The local org does not support named credential parameters of type ${parameterType}.`);
        }
        return withoutAbsent({
            description: optionalText(parameter, 'parameterDescription'),
            parameterName: requiredText(parameter, 'parameterName'),
            parameterType,
            [parameterType === 'ClientCertificate' ? 'certificate' : 'parameterValue']: requiredText(
                parameter,
                'parameterValue'
            )
        });
    });
}
