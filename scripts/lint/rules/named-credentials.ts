import { parametersOfType } from '../parameters.ts';
import type { LintProject, MetadataFile } from '../project.ts';
import { problemAt, type Rule } from '../rule.ts';
import { child, textOf } from '../xml.ts';

const legacyNamedCredential: Rule = {
    id: 'legacy-named-credential',
    severity: 'warning',
    title: 'Legacy named credential',
    why: 'It holds its own authentication, needs a click in Setup to authenticate for the first time and takes no permission set; the platform has deprecated it.',
    fix: 'Use namedCredentialType SecuredEndpoint with an external credential.',
    kinds: ['NamedCredential'],
    *check(file) {
        const type = child(file.root, 'namedCredentialType');
        const endpoint = child(file.root, 'endpoint');
        if (type?.text === 'Legacy' || (!type && endpoint)) {
            yield problemAt(type ?? endpoint ?? file.root, `${file.name} is a legacy named credential.`);
        }
    }
};

const withoutCredential: Rule = {
    id: 'named-credential-without-credential',
    severity: 'error',
    title: 'Secured endpoint without an external credential',
    why: 'The endpoint has nothing to authenticate with; calls go out without a token or are refused.',
    fix: 'Add a parameter of type Authentication with the element externalCredential.',
    kinds: ['NamedCredential'],
    *check(file) {
        const type = child(file.root, 'namedCredentialType');
        if (type?.text === 'SecuredEndpoint' && parametersOfType(file, 'Authentication').length === 0) {
            yield problemAt(type, `${file.name} names no external credential.`);
        }
    }
};

const authorizationHeaderOff: Rule = {
    id: 'authorization-header-off',
    severity: 'error',
    title: 'OAuth credential whose token is not sent',
    why: 'With generateAuthorizationHeader off the platform fetches a token and does not send it; the target answers 401.',
    fix: 'Set generateAuthorizationHeader to true, or send the token in a header of your own.',
    kinds: ['NamedCredential'],
    *check(file, project) {
        const element = child(file.root, 'generateAuthorizationHeader');
        const credentials = externalCredentialsOf(file, project);
        if (element?.text !== 'false' || !credentials.some(isOauth)) {
            return;
        }
        if (![file, ...credentials].some(sendsOwnHeader)) {
            yield problemAt(element, 'The token of the external credential is not sent.');
        }
    }
};

function externalCredentialsOf(file: MetadataFile, project: LintProject): readonly MetadataFile[] {
    return parametersOfType(file, 'Authentication').flatMap(({ element }) =>
        project.named('ExternalCredential', textOf(element, 'externalCredential') ?? '')
    );
}

function isOauth(file: MetadataFile): boolean {
    return textOf(file.root, 'authenticationProtocol')?.toLowerCase() === 'oauth';
}

function sendsOwnHeader(file: MetadataFile): boolean {
    return parametersOfType(file, 'AuthHeader', 'HttpHeader').some(
        ({ name }) => name?.toLowerCase() === 'authorization'
    );
}

const calloutDisabled: Rule = {
    id: 'callout-disabled',
    severity: 'warning',
    title: 'Callouts of a named credential switched off',
    why: 'Every call through the credential fails until someone switches it on in Setup.',
    fix: 'Set calloutStatus to Enabled.',
    kinds: ['NamedCredential'],
    *check(file) {
        const element = child(file.root, 'calloutStatus');
        if (element?.text === 'Disabled') {
            yield problemAt(element, 'calloutStatus is Disabled.');
        }
    }
};

const serviceWithoutCredential: Rule = {
    id: 'external-service-without-credential',
    severity: 'error',
    title: 'External service without a named credential',
    why: 'The service has neither a host nor a principal to call with; its actions fail.',
    fix: 'Name the credential in namedCredentialReference.',
    kinds: ['ExternalServiceRegistration'],
    *check(file) {
        const provider = textOf(file.root, 'registrationProviderType') ?? 'Custom';
        const credential = textOf(file.root, 'namedCredentialReference') ?? textOf(file.root, 'namedCredential');
        if (['Custom', 'SchemaInferred'].includes(provider) && credential === undefined) {
            yield problemAt(file.root, `${file.name} names no credential.`);
        }
    }
};

export const namedCredentialRules = [
    legacyNamedCredential,
    withoutCredential,
    authorizationHeaderOff,
    calloutDisabled,
    serviceWithoutCredential
];
