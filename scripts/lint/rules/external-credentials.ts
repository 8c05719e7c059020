import { isPackaged, PRINCIPAL_TYPES, usesClientCredentials, usesJwt, variantOf } from '../credentials.ts';
import type { MetadataKind } from '../kinds.ts';
import { parametersOfType } from '../parameters.ts';
import type { MetadataFile } from '../project.ts';
import { problemAt, type Rule } from '../rule.ts';
import { child, textOf } from '../xml.ts';

function isOauth(file: MetadataFile): boolean {
    return textOf(file.root, 'authenticationProtocol')?.toLowerCase() === 'oauth';
}

const principalMissing: Rule = {
    id: 'principal-missing',
    severity: 'error',
    title: 'External credential without a principal',
    why: 'A deploy replaces the whole credential: a principal that is left out is deleted in the org together with its stored secret, and every call fails.',
    fix: 'Add externalCredentialParameters with parameterType NamedPrincipal or PerUserPrincipal.',
    kinds: ['ExternalCredential'],
    *check(file) {
        const protocol = child(file.root, 'authenticationProtocol');
        if (protocol?.text !== 'NoAuthentication' && parametersOfType(file, ...PRINCIPAL_TYPES).length === 0) {
            yield problemAt(file.root, `${file.name} has no principal.`);
        }
    }
};

const variantMissing: Rule = {
    id: 'auth-protocol-variant-missing',
    severity: 'error',
    title: 'OAuth credential with a token URL and no AuthProtocolVariant',
    why: "Without a variant the browser flow is meant, and a deploy refuses the URL: \"The authentication protocol 'Oauth' doesn't support … AuthProviderUrl\".",
    fix: 'Add a parameter: name Oauth, type AuthProtocolVariant, value ClientCredentialsClientSecret or JwtBearer.',
    kinds: ['ExternalCredential'],
    *check(file) {
        if (isOauth(file) && variantOf(file) === undefined) {
            for (const { element } of parametersOfType(file, 'AuthProviderUrl')) {
                yield problemAt(element, 'There is a token URL and no AuthProtocolVariant.');
            }
        }
    }
};

/** Variants of `Oauth`; other protocols have their own. */
const OAUTH_VARIANTS: readonly string[] = [
    'ClientCredentialsClientSecret',
    'ClientCredentialsClientSecretBasic',
    'ClientCredentialsJwtAssertion',
    'JwtBearer'
];

const variantUnknown: Rule = {
    id: 'auth-protocol-variant-unknown',
    severity: 'error',
    title: 'AuthProtocolVariant that OAuth does not have',
    why: 'The value is free text to the Metadata API; a wrong one is refused at deploy time or leaves the credential without a flow.',
    fix: `Write one of ${OAUTH_VARIANTS.join(', ')}; name the parameter after the protocol.`,
    kinds: ['ExternalCredential'],
    *check(file) {
        for (const { name, value, place, element } of isOauth(file)
            ? parametersOfType(file, 'AuthProtocolVariant')
            : []) {
            if (!OAUTH_VARIANTS.includes(value ?? '') && !file.placeholders.isIn(value ?? '')) {
                yield problemAt(place, `There is no variant "${value ?? ''}" of OAuth.`);
            } else if (name !== 'Oauth') {
                yield problemAt(child(element, 'parameterName') ?? element, `The parameter is named "${name ?? ''}".`);
            }
        }
    }
};

const tokenUrlMissing: Rule = {
    id: 'token-url-missing',
    severity: 'error',
    title: 'Server flow without a token URL',
    why: 'A deploy refuses the credential: "… requires the following external credential parameter types: AuthProtocolVariant, AuthProviderUrl".',
    fix: 'Add a parameter of type AuthProviderUrl: https://<target My Domain>/services/oauth2/token.',
    kinds: ['ExternalCredential'],
    *check(file) {
        if ((usesClientCredentials(file) || usesJwt(file)) && parametersOfType(file, 'AuthProviderUrl').length === 0) {
            yield problemAt(file.root, `${variantOf(file)} needs the parameter AuthProviderUrl.`);
        }
    }
};

const twoIdentityProviders: Rule = {
    id: 'two-identity-providers',
    severity: 'error',
    title: 'Auth provider and external auth identity provider at once',
    why: 'A credential takes its tokens from one of them; the org refuses both.',
    fix: 'Remove the parameter of type AuthProvider or the one of type ExternalAuthIdentityProvider.',
    kinds: ['ExternalCredential'],
    *check(file) {
        const [second] = parametersOfType(file, 'AuthProvider', 'ExternalAuthIdentityProvider').slice(1);
        if (second) {
            yield problemAt(second.element, 'The credential names a second identity provider.');
        }
    }
};

interface Reference {
    readonly parameterType: string;
    readonly element: string;
    readonly kind: MetadataKind | undefined;
}

const REFERENCES: Readonly<Partial<Record<MetadataKind, readonly Reference[]>>> = {
    ExternalCredential: [
        { parameterType: 'AuthProvider', element: 'authProvider', kind: 'AuthProvider' },
        {
            parameterType: 'ExternalAuthIdentityProvider',
            element: 'externalAuthIdentityProvider',
            kind: 'ExternalAuthIdentityProvider'
        },
        { parameterType: 'SigningCertificate', element: 'certificate', kind: undefined }
    ],
    NamedCredential: [
        { parameterType: 'Authentication', element: 'externalCredential', kind: 'ExternalCredential' },
        { parameterType: 'ClientCertificate', element: 'certificate', kind: undefined }
    ]
};

const referenceByValue: Rule = {
    id: 'reference-by-value',
    severity: 'error',
    title: 'Reference to another component in parameterValue',
    why: 'The org reads the reference from an element of its own (externalCredential, authProvider, certificate …) and finds none.',
    fix: 'Move the name from parameterValue into the element that the message names.',
    kinds: ['ExternalCredential', 'NamedCredential'],
    *check(file) {
        for (const { parameterType, element: name } of REFERENCES[file.kind] ?? []) {
            for (const { element, place } of parametersOfType(file, parameterType)) {
                if (textOf(element, name) === undefined) {
                    yield problemAt(place, `The parameter ${parameterType} has no element ${name}.`);
                }
            }
        }
    }
};

const unknownReference: Rule = {
    id: 'unknown-reference',
    severity: 'warning',
    title: 'Credential or identity provider that the project does not have',
    why: 'The deploy works only in orgs that have the component from elsewhere.',
    fix: 'Add the component, or correct the name.',
    kinds: ['ExternalCredential', 'ExternalServiceRegistration', 'NamedCredential'],
    *check(file, project) {
        const named = (REFERENCES[file.kind] ?? []).flatMap(({ parameterType, element, kind }) =>
            parametersOfType(file, parameterType).map((found) => ({ place: child(found.element, element), kind }))
        );
        const direct = (['authProvider', 'namedCredential', 'namedCredentialReference'] as const).map((name) => ({
            place: child(file.root, name),
            kind: name === 'authProvider' ? ('AuthProvider' as const) : ('NamedCredential' as const)
        }));
        for (const { place, kind } of [...named, ...direct]) {
            const name = place?.text ?? '';
            if (!place || !kind || name === '' || isPackaged(name) || file.placeholders.isIn(name)) {
                continue;
            }
            if (project.named(kind, name).length === 0) {
                yield problemAt(place, `The project has no ${kind} ${name}.`);
            }
        }
    }
};

export const externalCredentialRules = [
    principalMissing,
    variantMissing,
    variantUnknown,
    tokenUrlMissing,
    twoIdentityProviders,
    referenceByValue,
    unknownReference
];
