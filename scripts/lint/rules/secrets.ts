import { parametersOf, parametersOfType } from '../parameters.ts';
import type { MetadataFile } from '../project.ts';
import { problemAt, type Rule } from '../rule.ts';
import { child, descendants, isTrue, type XmlElement } from '../xml.ts';
import { urlsOf } from '../credentials.ts';

const SECRET_ELEMENTS: readonly string[] = [
    'awsAccessSecret',
    'consumerSecret',
    'oauthRefreshToken',
    'oauthToken',
    'password'
];
const SECRET_NAME = /secret|password|passwd|api-?key|token$/i;
const SECRET_HEADER = /^(proxy-)?authorization$|api-?key|secret|token|subscription-key/i;

/** Words that stand where a value is still to come. */
const STAND_IN =
    /^\W*(x{3,}|change[_-]?me|dummy|fake|filled_at_deploy|n\/?a|placeholder|redacted|replace[_-]?me|secret|tbd|to_?do|your[_ -])[\w -]*\W*$|^\*+$/i;

function isLiteral(file: MetadataFile, value: string | undefined): boolean {
    return value !== undefined && value !== '' && !file.placeholders.isIn(value);
}

function* secretElements(file: MetadataFile): Generator<XmlElement> {
    for (const element of descendants(file.root)) {
        if (SECRET_ELEMENTS.includes(element.name) && isLiteral(file, element.text)) {
            yield element;
        }
    }
    for (const { name, value, place } of [
        ...parametersOfType(file, 'AuthParameter'),
        ...(file.kind === 'ExternalAuthIdentityProvider' ? parametersOf(file) : [])
    ]) {
        if (name !== undefined && SECRET_NAME.test(name) && isLiteral(file, value) && !value?.startsWith('{!')) {
            yield place;
        }
    }
}

const plaintextSecret: Rule = {
    id: 'plaintext-secret',
    severity: 'error',
    title: 'Secret, password or token in plain text',
    why: 'Everyone who can read the repository, now or later, can act as the integration; history keeps the value after it is removed.',
    fix: 'Remove the value and rotate it in the org; send secrets to a principal through the Connect API, or fill them in at deploy time (`replacements` in sfdx-project.json).',
    kinds: [
        'AuthProvider',
        'ConnectedApp',
        'ExternalAuthIdentityProvider',
        'ExternalCredential',
        'ExtlClntAppGlobalOauthSettings',
        'NamedCredential'
    ],
    *check(file) {
        for (const element of secretElements(file)) {
            if (!STAND_IN.test(element.text)) {
                yield problemAt(element, `The value of ${element.name} is committed in plain text.`);
            }
        }
    }
};

const standInSecret: Rule = {
    id: 'stand-in-secret',
    severity: 'error',
    title: 'Auth provider created with a stand-in for its secret',
    why: 'The secret of an auth provider is set when it is created and never again ("Consumer Secret update is not allowed"), so the first deploy makes a provider that cannot be mended.',
    fix: 'Create the provider only when the secret is known: replace the text at deploy time (`replacements` in sfdx-project.json).',
    kinds: ['AuthProvider'],
    *check(file) {
        for (const element of secretElements(file)) {
            if (STAND_IN.test(element.text)) {
                yield problemAt(element, `The value of ${element.name} is a stand-in that no deploy replaces.`);
            }
        }
    }
};

const privateKeyCommitted: Rule = {
    id: 'private-key-committed',
    severity: 'error',
    title: 'Private key in a metadata file',
    why: 'Who holds the key signs assertions as the integration; an app needs the certificate, the public half, only.',
    fix: 'Put the certificate (BEGIN CERTIFICATE) into the file, make a new key pair, and revoke the old certificate.',
    kinds: ['AuthProvider', 'ConnectedApp', 'ExternalCredential', 'ExtlClntAppGlobalOauthSettings', 'NamedCredential'],
    *check(file) {
        for (const element of descendants(file.root)) {
            if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(element.text)) {
                yield problemAt(element, `${element.name} holds a private key.`);
            }
        }
    }
};

const secretInHeader: Rule = {
    id: 'secret-in-header',
    severity: 'error',
    title: 'Literal token or key in a callout header',
    why: 'A literal header value is readable in Setup, in every retrieve and in the repository.',
    fix: 'Keep the value as a parameter of the principal and write a formula: {!$Credential.<ExternalCredential>.<Parameter>}.',
    kinds: ['ExternalCredential', 'NamedCredential'],
    *check(file) {
        for (const { name, value, place } of parametersOfType(file, 'AuthHeader', 'HttpHeader')) {
            if (name !== undefined && SECRET_HEADER.test(name) && isLiteral(file, value) && !value?.includes('{!')) {
                yield problemAt(place, `The header ${name} is sent with a literal value.`);
            }
        }
    }
};

const credentialsInUrl: Rule = {
    id: 'credentials-in-url',
    severity: 'error',
    title: 'User and password in a URL',
    why: 'URLs end up in logs, error messages and browser histories, and with them what they carry.',
    fix: 'Take the user and the password out of the URL; use an external credential with the Basic protocol.',
    kinds: ['AuthProvider', 'ExternalAuthIdentityProvider', 'ExternalCredential', 'NamedCredential'],
    *check(file) {
        for (const { url, element } of urlsOf(file)) {
            if (/^https?:\/\/[^/@:]+:[^/@]+@/i.test(url) && !file.placeholders.isIn(url)) {
                yield problemAt(element, 'The URL carries a user name and a password.');
            }
        }
    }
};

const consumerKeyCommitted: Rule = {
    id: 'consumer-key-committed',
    severity: 'error',
    title: 'Consumer key of an app in source control',
    why: 'A consumer key is unique across Salesforce: the next org refuses it ("The consumer key is already taken"), and an org that has the app refuses it too ("You cannot provide a Consumer Key").',
    fix: 'Remove consumerKey and let the org generate it; read it through the REST API (apps/oauth/credentials).',
    kinds: ['ConnectedApp', 'ExtlClntAppGlobalOauthSettings'],
    *check(file) {
        const key = child(
            file.kind === 'ConnectedApp' ? (child(file.root, 'oauthConfig') ?? file.root) : file.root,
            'consumerKey'
        );
        if (key && isLiteral(file, key.text)) {
            yield problemAt(key, `The consumer key of ${file.name} is committed.`);
        }
    }
};

const clientIdCommitted: Rule = {
    id: 'client-id-committed',
    severity: 'warning',
    title: 'Client id of one particular app in source control',
    why: 'The id belongs to an app of one org, so the metadata works against no other sandbox, scratch org or production.',
    fix: 'Write a placeholder and replace it at deploy time (`replacements` in sfdx-project.json).',
    kinds: ['AuthProvider', 'ExternalCredential'],
    *check(file) {
        const key = file.kind === 'AuthProvider' ? child(file.root, 'consumerKey') : undefined;
        if (key && isLiteral(file, key.text)) {
            yield problemAt(key, 'The consumer key is that of an app in one org.');
        }
        for (const { name, value, place } of parametersOfType(file, 'JwtBodyClaim')) {
            if (name === 'iss' && value?.replace(/^"/, '').startsWith('3MVG') && isLiteral(file, value)) {
                yield problemAt(place, 'The claim iss is the consumer key of an app in one org.');
            }
        }
    }
};

const secretRotatesOnDeploy: Rule = {
    id: 'secret-rotates-on-deploy',
    severity: 'warning',
    title: 'Every deploy makes a new key or secret',
    why: 'With the flag in source each deploy replaces the credentials, and every caller that holds the old ones fails.',
    fix: 'Set the flag to false; rotate deliberately, with the staged credentials of the REST API.',
    kinds: ['ExtlClntAppGlobalOauthSettings'],
    *check(file) {
        for (const name of ['shouldRotateConsumerKey', 'shouldRotateConsumerSecret']) {
            const element = child(file.root, name);
            if (element && isTrue(file.root, name)) {
                yield problemAt(element, `${name} is true.`);
            }
        }
    }
};

const secretApiLeftOn: Rule = {
    id: 'secret-api-left-on',
    severity: 'error',
    title: 'Reading app secrets through an API is left on',
    why: 'The setting opens the secrets of every External Client App of the org to API callers with two permissions; it is for the minute in which a link is made.',
    fix: 'Set it to false in source; turn it on only while the secret is read, and off again after.',
    kinds: ['ExternalClientAppSettings'],
    *check(file) {
        for (const name of ['enableClientSecretInRestApiAccess', 'enableConsumerSecretApiAccess']) {
            const element = child(file.root, name);
            if (element && isTrue(file.root, name)) {
                yield problemAt(element, `${name} is true.`);
            }
        }
    }
};

export const secretRules = [
    plaintextSecret,
    standInSecret,
    privateKeyCommitted,
    secretInHeader,
    credentialsInUrl,
    consumerKeyCommitted,
    clientIdCommitted,
    secretRotatesOnDeploy,
    secretApiLeftOn
];
