import { documentsOf, numberOf, textOf } from '../schema/document.ts';
import type { MetadataComponent, MetadataDocument, MetadataRegistry } from './metadata-registry.ts';

export type PrincipalType = 'NamedPrincipal' | 'PerUserPrincipal';

export interface Principal {
    readonly name: string;
    readonly type: PrincipalType;
    /** The lowest that a user may use wins. */
    readonly sequence: number;
}

/** An ExternalCredential document, read. Source: Metadata API Developer Guide, ExternalCredential. */
export interface ExternalCredential {
    readonly id: string;
    readonly name: string;
    readonly label: string;
    /** As in metadata: `Oauth`, `Custom`, `Basic`. */
    readonly protocol: string;
    /** `ClientCredentialsClientSecret`; undefined for a protocol without one. */
    readonly variant: string | undefined;
    readonly tokenUrl: string | undefined;
    readonly scope: string | undefined;
    /** Name of the AuthProvider, or of the ExternalAuthIdentityProvider, that runs the browser flow. */
    readonly authProvider: string | undefined;
    readonly externalIdentityProvider: string | undefined;
    /** Developer name of the certificate that signs assertions. */
    readonly certificate: string | undefined;
    /** Claims of assertions as written: text, JSON or a formula. */
    readonly claims: ReadonlyMap<string, string>;
    readonly principals: readonly Principal[];
    /** Statuses besides 401 that make the org fetch a new token. */
    readonly refreshStatuses: readonly number[];
    readonly headers: readonly { readonly name: string; readonly value: string }[];
}

export function externalCredential(metadata: MetadataRegistry, name: string): ExternalCredential | undefined {
    const component = metadata.get('ExternalCredential', name);
    return component === undefined ? undefined : readExternalCredential(component);
}

export function externalCredentials(metadata: MetadataRegistry): ExternalCredential[] {
    return metadata.list('ExternalCredential').map(readExternalCredential);
}

function readExternalCredential(component: MetadataComponent): ExternalCredential {
    const { document, fullName, id } = component;
    const parameters = documentsOf(document, 'externalCredentialParameters');
    const ofType = (type: string): MetadataDocument[] =>
        parameters.filter((parameter) => textOf(parameter, 'parameterType') === type);
    const valueOf = (type: string): string | undefined => textOf(ofType(type)[0], 'parameterValue');
    const nameOf = (parameter: MetadataDocument): string => textOf(parameter, 'parameterName') ?? '';
    const principals = (type: PrincipalType): Principal[] =>
        ofType(type).map((parameter) => ({
            name: nameOf(parameter),
            type,
            sequence: numberOf(parameter, 'sequenceNumber') ?? 1
        }));
    return {
        id,
        name: fullName,
        label: textOf(document, 'label') ?? fullName,
        protocol: textOf(document, 'authenticationProtocol') ?? '',
        variant: valueOf('AuthProtocolVariant'),
        tokenUrl: valueOf('AuthProviderUrl'),
        scope: textOf(
            ofType('AuthParameter').find((parameter) => nameOf(parameter) === 'Scope'),
            'parameterValue'
        ),
        authProvider: textOf(ofType('AuthProvider')[0], 'authProvider'),
        externalIdentityProvider: textOf(ofType('ExternalAuthIdentityProvider')[0], 'externalAuthIdentityProvider'),
        certificate: textOf(ofType('SigningCertificate')[0], 'certificate'),
        claims: new Map(ofType('JwtBodyClaim').map((claim) => [nameOf(claim), textOf(claim, 'parameterValue') ?? ''])),
        principals: [...principals('NamedPrincipal'), ...principals('PerUserPrincipal')].toSorted(
            (left, right) => left.sequence - right.sequence
        ),
        refreshStatuses: ofType('AdditionalRefreshStatusCode').map((parameter) =>
            Number(textOf(parameter, 'parameterValue'))
        ),
        headers: ofType('AuthHeader').map((parameter) => ({
            name: nameOf(parameter),
            value: textOf(parameter, 'parameterValue') ?? ''
        }))
    };
}
