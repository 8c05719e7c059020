import type { Element, MetadataDocument } from '../lib/metadata-documents.ts';
import { parameterOf } from '../lib/metadata-parameters.ts';
import type { Facts } from './facts.ts';

/** What the credentials of the source org say, read from their metadata. */

export function named({ source, plan }: Facts): MetadataDocument | undefined {
    return source.documents.get('NamedCredential', plan.namedCredential);
}

export function external({ source, plan }: Facts): MetadataDocument | undefined {
    return source.documents.get('ExternalCredential', plan.externalCredential);
}

/** A parameter of the external credential. */
export function externalParameter(facts: Facts, type: string, name?: string): Element | undefined {
    return parameterOf(external(facts), 'externalCredentialParameters', type, name);
}

/** A claim of assertions as it is written; undefined when there is none. */
export function claimOf(facts: Facts, name: string): string | undefined {
    return externalParameter(facts, 'JwtBodyClaim', name)?.['parameterValue'];
}

/** What runs the browser login of the link: an auth provider, or an external auth identity provider. */
export interface LoginProvider {
    readonly document: MetadataDocument;
    readonly authorizeUrl: string | undefined;
    readonly tokenUrl: string | undefined;
    readonly usesPkce: boolean;
    /** Undefined where the org does not tell it. */
    readonly consumerKey: string | undefined;
    readonly defaultScopes: string | undefined;
}

/** Type and name of the provider that the link should have. */
export function providerName({ plan }: Facts): { readonly type: string; readonly name: string } {
    return plan.identityProvider === 'external'
        ? { type: 'ExternalAuthIdentityProvider', name: plan.externalIdentityProvider }
        : { type: 'AuthProvider', name: plan.authProvider };
}

export function loginProvider(facts: Facts): LoginProvider | undefined {
    const { type, name } = providerName(facts);
    const document = facts.source.documents.get(type, name);
    if (document === undefined) {
        return undefined;
    }
    if (type === 'AuthProvider') {
        return {
            document,
            authorizeUrl: document.text('authorizeUrl'),
            tokenUrl: document.text('tokenUrl'),
            usesPkce: document.text('isPkceEnabled') === 'true',
            consumerKey: document.text('consumerKey'),
            defaultScopes: document.text('defaultScopes')
        };
    }
    const value = (parameterType: string, parameterName?: string): string | undefined =>
        parameterOf(document, 'externalAuthIdentityProviderParameters', parameterType, parameterName)?.[
            'parameterValue'
        ];
    return {
        document,
        authorizeUrl: value('AuthorizeUrl'),
        tokenUrl: value('TokenUrl'),
        usesPkce: value('IdentityProviderOptions', 'PkceEnabled') === 'true',
        consumerKey: undefined,
        defaultScopes: undefined
    };
}

/** Scopes that a login asks for. */
export function requestedScopes(facts: Facts): readonly string[] {
    const scope = externalParameter(facts, 'AuthParameter', 'Scope')?.['parameterValue'];
    return (scope ?? loginProvider(facts)?.defaultScopes ?? '').split(/[\s,]+/).filter((word) => word !== '');
}
