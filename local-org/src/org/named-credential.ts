import { documentsOf, textOf } from '../schema/document.ts';
import type { MetadataComponent, MetadataDocument, MetadataRegistry } from './metadata-registry.ts';

/** A NamedCredential document, read. Source: Metadata API Developer Guide, NamedCredential. */
export interface NamedCredential {
    readonly id: string;
    readonly name: string;
    readonly label: string;
    /** `SecuredEndpoint`, `Legacy`, … */
    readonly type: string;
    readonly enabled: boolean;
    readonly url: string;
    readonly externalCredential: string | undefined;
    readonly clientCertificate: string | undefined;
    /** The org adds `Authorization`. */
    readonly generateAuthorizationHeader: boolean;
    readonly allowMergeFieldsInBody: boolean;
    readonly allowMergeFieldsInHeader: boolean;
    readonly headers: readonly { readonly name: string; readonly value: string }[];
}

export function namedCredential(metadata: MetadataRegistry, name: string): NamedCredential | undefined {
    const component = metadata.get('NamedCredential', name);
    return component === undefined ? undefined : readNamedCredential(component);
}

export function namedCredentials(metadata: MetadataRegistry): NamedCredential[] {
    return metadata.list('NamedCredential').map(readNamedCredential);
}

function readNamedCredential({ document, fullName, id }: MetadataComponent): NamedCredential {
    const parameters = documentsOf(document, 'namedCredentialParameters');
    const ofType = (type: string): MetadataDocument[] =>
        parameters.filter((parameter) => textOf(parameter, 'parameterType') === type);
    return {
        id,
        name: fullName,
        label: textOf(document, 'label') ?? fullName,
        type: textOf(document, 'namedCredentialType') ?? 'Legacy',
        enabled: textOf(document, 'calloutStatus') !== 'Disabled',
        url: textOf(ofType('Url')[0], 'parameterValue') ?? '',
        externalCredential: textOf(ofType('Authentication')[0], 'externalCredential'),
        clientCertificate: textOf(ofType('ClientCertificate')[0], 'certificate'),
        generateAuthorizationHeader: textOf(document, 'generateAuthorizationHeader') !== 'false',
        allowMergeFieldsInBody: textOf(document, 'allowMergeFieldsInBody') === 'true',
        allowMergeFieldsInHeader: textOf(document, 'allowMergeFieldsInHeader') === 'true',
        headers: ofType('HttpHeader').map((parameter) => ({
            name: textOf(parameter, 'parameterName') ?? '',
            value: textOf(parameter, 'parameterValue') ?? ''
        }))
    };
}
