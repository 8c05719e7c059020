import { CONNECTED_APP, ECA, ECA_GLOBAL, ECA_OAUTH_POLICY, ECA_POLICY } from './app-types.ts';
import type { AppKind, Flow, IdentityProviderKind, PrincipalKind } from './config.ts';
import type { LinkPlan } from './link-plan.ts';
import { retrieveDocuments, type Element, type MetadataDocument } from './metadata-documents.ts';
import { parameterOf } from './metadata-parameters.ts';
import type { BridgeOrg } from './org-connection.ts';

/** How a source logs in by what is deployed there, whatever config and flags say. */
export interface DeployedLogin {
    readonly externalCredential: string;
    readonly flow: Flow;
    /** Of the browser flow. */
    readonly identityProvider: IdentityProviderKind | undefined;
    readonly principal: PrincipalKind;
    /** Names of what the flow uses beside the credential. */
    readonly authProvider: string | undefined;
    readonly externalIdentityProvider: string | undefined;
    readonly certificate: string | undefined;
    /** Consumer key and user of assertions. */
    readonly issuer: string | undefined;
    readonly subject: string | undefined;
    readonly label: string;
}

/**
 * What the named credential of the link leads to; undefined when it is not there or of a kind that this project does not make.
 * Throws when the org does not tell: what is not told is not missing.
 */
export async function readDeployedLogin(source: BridgeOrg, plan: LinkPlan): Promise<DeployedLogin | undefined> {
    const members = { NamedCredential: [plan.namedCredential], ExternalCredential: ['*'] };
    const documents = await retrieveDocuments(source, members);
    const named = documents.get('NamedCredential', plan.namedCredential);
    const reference = parameterOf(named, 'namedCredentialParameters', 'Authentication')?.['externalCredential'];
    const credential = reference === undefined ? undefined : documents.get('ExternalCredential', reference);
    return credential === undefined ? undefined : loginOf(credential);
}

/** Reads an external credential. Source: Metadata API Developer Guide, ExternalCredential. */
export function loginOf(credential: MetadataDocument): DeployedLogin | undefined {
    const find = (type: string, name?: string): Element | undefined =>
        parameterOf(credential, 'externalCredentialParameters', type, name);
    const authProvider = find('AuthProvider')?.['authProvider'];
    const externalIdentityProvider = find('ExternalAuthIdentityProvider')?.['externalAuthIdentityProvider'];
    const variant = find('AuthProtocolVariant')?.['parameterValue'] ?? '';
    const flow = variant.startsWith('ClientCredentials')
        ? 'client-credentials'
        : variant === 'JwtBearer'
          ? 'jwt-bearer'
          : authProvider !== undefined || externalIdentityProvider !== undefined
            ? 'browser'
            : undefined;
    return flow === undefined
        ? undefined
        : {
              externalCredential: credential.fullName,
              flow,
              identityProvider:
                  flow !== 'browser' ? undefined : authProvider === undefined ? 'external' : 'auth-provider',
              principal: find('PerUserPrincipal') === undefined ? 'named' : 'per-user',
              authProvider,
              externalIdentityProvider,
              certificate: find('SigningCertificate')?.['certificate'],
              issuer: find('JwtBodyClaim', 'iss')?.['parameterValue'],
              subject: find('JwtBodyClaim', 'sub')?.['parameterValue'],
              label: credential.text('label') ?? credential.fullName
          };
}

/** The app of the target, as it is deployed there. */
export interface DeployedApp {
    readonly kind: AppKind;
    /** As tokens are listed by. */
    readonly label: string;
    /** User name as whom the client credentials flow acts. */
    readonly runAs: string | undefined;
    /** Undefined where the org does not tell it. */
    readonly consumerKey: string | undefined;
    /** False when an administrator blocked it. */
    readonly enabled: boolean;
}

/** Undefined when the target has no app of the name. Throws when the org does not tell. */
export async function readDeployedApp(target: BridgeOrg, appName: string): Promise<DeployedApp | undefined> {
    const documents = await retrieveDocuments(target, {
        [ECA]: [appName],
        [CONNECTED_APP]: [appName],
        [ECA_GLOBAL]: ['*'],
        [ECA_OAUTH_POLICY]: ['*'],
        [ECA_POLICY]: ['*']
    });
    const connected = documents.get(CONNECTED_APP, appName);
    if (connected !== undefined) {
        return {
            kind: 'connected-app',
            label: connected.text('label') ?? appName,
            runAs: connected.text('oauthConfig.oauthClientCredentialUser'),
            consumerKey: connected.text('oauthConfig.consumerKey'),
            enabled: true
        };
    }
    const app = documents.get(ECA, appName);
    const of = (type: string): MetadataDocument | undefined =>
        documents.list(type).find((item) => item.text('externalClientApplication') === appName);
    return app === undefined
        ? undefined
        : {
              kind: 'external-client-app',
              label: app.text('label') ?? appName,
              runAs: of(ECA_OAUTH_POLICY)?.text('clientCredentialsFlowUser'),
              consumerKey: of(ECA_GLOBAL)?.text('consumerKey'),
              enabled: of(ECA_POLICY)?.text('isEnabled') !== 'false'
          };
}
