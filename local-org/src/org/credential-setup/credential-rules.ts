import { credentialFlow } from '../credential-status.ts';
import { invalid } from './setup-fault.ts';
import type { ExternalCredential } from '../external-credential.ts';

export type GivenCredentials = ReadonlyMap<string, { readonly value: string; readonly encrypted: boolean }>;

/** Names of credentials and whether they must be encrypted; with `optional`, those that may be absent. */
interface Allowed {
    readonly names: Readonly<Record<string, boolean>>;
    readonly optional?: readonly string[];
}

/**
 * "Authentication protocols have credential allowlists and encryption rules" (Apex Reference, ConnectApi.CredentialInput; names
 * of the others: "Populating Credentials with the Connect API", gist of the product manager of named credentials).
 */
const ALLOWED: Readonly<Record<string, Allowed>> = {
    AwsSv4: {
        names: { awsAccessKeyId: false, awsSecretAccessKey: true, awsRoleArn: false },
        optional: ['awsAccessKeyId', 'awsSecretAccessKey', 'awsRoleArn']
    },
    Basic: { names: { username: false, password: true } },
    OAuth: { names: { clientId: false, clientSecret: true } }
};

/** The protocol Custom takes any name, and its user says what is encrypted. */
export function requireFittingCredentials(credential: ExternalCredential, given: GivenCredentials): void {
    const { protocol, name: owner } = credential;
    if (protocol === 'Custom') return;
    const shown = protocol === 'Oauth' ? 'OAuth' : protocol;
    const allowed = ALLOWED[shown];
    const takesClient = protocol !== 'Oauth' || credentialFlow(credential) === 'client-credentials';
    if (allowed === undefined || !takesClient) {
        throw invalid(
            protocol === 'Oauth'
                ? `The external credential "${owner}" takes no client id and secret.`
                : `The authentication protocol ${shown} takes no credentials.`
        );
    }
    for (const [name, { encrypted }] of given) {
        const mustBeEncrypted = allowed.names[name];
        if (mustBeEncrypted === undefined) {
            throw invalid(`The authentication protocol ${shown} has no credential "${name}".`);
        }
        if (mustBeEncrypted !== encrypted) {
            throw invalid(`The credential "${name}" must ${mustBeEncrypted ? '' : 'not '}be encrypted.`);
        }
    }
    for (const name of Object.keys(allowed.names)) {
        if (!given.has(name) && allowed.optional?.includes(name) !== true) {
            throw invalid(`The credential "${name}" is required.`);
        }
    }
}
