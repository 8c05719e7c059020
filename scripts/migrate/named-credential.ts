import { flag, print, text, type Document } from './document.ts';
import type { LegacyComponent, Migrated, NotCarried } from './types.ts';

const PRINCIPAL = 'Integration';
const GROUP = 'DefaultGroup';

export function isLegacy({ document }: LegacyComponent): boolean {
    return ['Legacy', undefined].includes(text(document, 'namedCredentialType'));
}

/**
 * A legacy named credential as a secured endpoint of the same name, its external credential and a permission set for its
 * callers. Apex goes on calling `callout:<name>`. `providers`: auth providers that were migrated along.
 */
export function migrateNamedCredential(credential: LegacyComponent, providers: ReadonlySet<string>): Migrated {
    const { document, fullName } = credential;
    const component = `NamedCredential ${fullName}`;
    const login = loginOf(document, providers);
    if (login === undefined) {
        const protocol = text(document, 'protocol') ?? 'none';
        const instead = 'Make the external credential by hand; see help "Create or Edit an External Credential".';
        return { files: [], notCarried: [{ component, what: `protocol ${protocol}`, instead }] };
    }
    const external = `${fullName}_EC`;
    const set = `${fullName}_Access`;
    const label = text(document, 'label') ?? fullName;
    const files = [
        {
            path: `externalCredentials/${external}.externalCredential-meta.xml`,
            content: print('ExternalCredential', {
                authenticationProtocol: login.protocol,
                externalCredentialParameters: [...login.parameters, principalOf(document)],
                label
            })
        },
        {
            path: `namedCredentials/${fullName}.namedCredential-meta.xml`,
            content: print('NamedCredential', endpointOf(document, label, external))
        },
        {
            path: `permissionsets/${set}.permissionset-meta.xml`,
            content: print('PermissionSet', accessTo(external, fullName))
        }
    ];
    const notCarried: NotCarried[] = [
        ...login.notCarried.map((left) => ({ component, ...left })),
        {
            component,
            what: 'the named credential of the same name in the org',
            instead: 'Delete it there before this one is deployed: its type cannot be changed.'
        },
        { component, what: 'its callers', instead: `Assign the permission set ${set} to those who call it.` }
    ];
    return { files, notCarried };
}

interface Login {
    readonly protocol: string;
    readonly parameters: readonly Document[];
    readonly notCarried: readonly Omit<NotCarried, 'component'>[];
}

/** Source: Metadata API Developer Guide, NamedCredential (legacy fields) and ExternalCredential. */
function loginOf(document: Document, providers: ReadonlySet<string>): Login | undefined {
    switch (text(document, 'protocol')) {
        case undefined:
        case 'NoAuthentication':
            return { protocol: 'NoAuthentication', parameters: [], notCarried: [] };
        case 'Password':
            return {
                protocol: 'Basic',
                parameters: [],
                notCarried: [
                    {
                        what: 'user name and password',
                        instead: 'Send them over Connect REST to named-credentials/credential.'
                    }
                ]
            };
        case 'Oauth':
            return browserLogin(document, providers);
        case 'Jwt':
        case 'JwtExchange':
            return jwtLogin(document);
        default:
            return undefined;
    }
}

function browserLogin(document: Document, providers: ReadonlySet<string>): Login | undefined {
    const provider = text(document, 'authProvider');
    if (provider === undefined) {
        return undefined;
    }
    const reference = providers.has(provider)
        ? { externalAuthIdentityProvider: provider, ...parameter('ExternalAuthIdentityProvider') }
        : { authProvider: provider, ...parameter('AuthProvider') };
    const scope = text(document, 'oauthScope');
    return {
        protocol: 'Oauth',
        parameters: [reference, ...(scope === undefined ? [] : [parameter('Scope', 'AuthParameter', scope)])],
        notCarried: [{ what: 'tokens', instead: 'Log in once more: bridge connect --flow browser, or in Setup.' }]
    };
}

function jwtLogin(document: Document): Login | undefined {
    const certificate = text(document, 'jwtSigningCertificate');
    const tokenUrl = text(document, 'authTokenEndpointUrl');
    if (certificate === undefined || tokenUrl === undefined) {
        return undefined;
    }
    const claims = [
        ['iss', text(document, 'jwtIssuer')],
        ['sub', text(document, 'jwtTextSubject') ?? text(document, 'jwtFormulaSubject')],
        ['aud', JSON.stringify(text(document, 'jwtAudience') ?? '')]
    ].flatMap(([name, value]) => (value === undefined ? [] : [parameter(name as string, 'JwtBodyClaim', value)]));
    return {
        protocol: 'Oauth',
        parameters: [
            parameter('Oauth', 'AuthProtocolVariant', 'JwtBearer'),
            parameter('AuthProviderUrl', 'AuthProviderUrl', tokenUrl),
            { certificate, ...parameter('SigningCertificate') },
            ...claims
        ],
        notCarried: []
    };
}

function parameter(name: string, type = name, value?: string): Document {
    return {
        parameterGroup: GROUP,
        parameterName: name,
        parameterType: type,
        ...(value !== undefined && { parameterValue: value })
    };
}

function principalOf(document: Document): Document {
    const isPerUser = text(document, 'principalType') === 'PerUser';
    return {
        parameterGroup: PRINCIPAL,
        parameterName: PRINCIPAL,
        parameterType: isPerUser ? 'PerUserPrincipal' : 'NamedPrincipal',
        sequenceNumber: '1'
    };
}

function endpointOf(document: Document, label: string, external: string): Document {
    return {
        allowMergeFieldsInBody: String(flag(document, 'allowMergeFieldsInBody')),
        allowMergeFieldsInHeader: String(flag(document, 'allowMergeFieldsInHeader')),
        calloutStatus: 'Enabled',
        generateAuthorizationHeader: text(document, 'generateAuthorizationHeader') ?? 'true',
        label,
        namedCredentialParameters: [
            { parameterName: 'Url', parameterType: 'Url', parameterValue: text(document, 'endpoint') ?? '' },
            { externalCredential: external, parameterName: 'ExternalCredential', parameterType: 'Authentication' }
        ],
        namedCredentialType: 'SecuredEndpoint'
    };
}

function accessTo(external: string, fullName: string): Document {
    return {
        externalCredentialPrincipalAccesses: {
            enabled: 'true',
            externalCredentialPrincipal: `${external}-${PRINCIPAL}`
        },
        hasActivationRequired: 'false',
        label: `${fullName.replaceAll('_', ' ')} Access`,
        objectPermissions: {
            allowCreate: 'false',
            allowDelete: 'false',
            allowEdit: 'false',
            allowRead: 'true',
            modifyAllRecords: 'false',
            object: 'UserExternalCredential',
            viewAllRecords: 'false'
        }
    };
}
