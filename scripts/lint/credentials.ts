import { parametersOfType } from './parameters.ts';
import type { LintProject, MetadataFile } from './project.ts';
import { textOf, type XmlElement } from './xml.ts';

export const PRINCIPAL_TYPES: readonly string[] = ['NamedPrincipal', 'PerUserPrincipal', 'AwsStsPrincipal'];

/** `ClientCredentialsClientSecret`, `JwtBearer` …; undefined for the browser flow. */
export function variantOf(externalCredential: MetadataFile): string | undefined {
    return parametersOfType(externalCredential, 'AuthProtocolVariant')[0]?.value;
}

export function usesClientCredentials(externalCredential: MetadataFile): boolean {
    return variantOf(externalCredential)?.startsWith('ClientCredentials') ?? false;
}

export function usesJwt(externalCredential: MetadataFile): boolean {
    const variant = variantOf(externalCredential);
    return variant === 'JwtBearer' || variant === 'ClientCredentialsJwtAssertion';
}

/** Whether a token address is that of a Salesforce org; the path tells when the host is filled in later. */
export function isSalesforceTokenUrl(url: string): boolean {
    return /\/services\/oauth2\/(token|authorize)\b/.test(url) || /^https?:\/\/[^/]+\.salesforce\.com(\/|$)/.test(url);
}

const LOGIN_HOST = /^https?:\/\/(login|test)\.salesforce\.com(?=[/:?]|$)/i;

/** `login.salesforce.com` or `test.salesforce.com`; undefined for every other host. */
export function loginHostOf(url: string): string | undefined {
    return LOGIN_HOST.test(url) ? url.split('/')[2] : undefined;
}

/** Scheme and host of a URL for messages, without a user and password in it. */
export function originOf(url: string): string {
    return url
        .replace(/^(\w+:\/\/)[^/@]*@/, '$1')
        .split('/')
        .slice(0, 3)
        .join('/');
}

export interface UrlElement {
    readonly url: string;
    readonly element: XmlElement;
}

const URL_ELEMENTS: readonly string[] = [
    'authorizeUrl',
    'authTokenEndpointUrl',
    'endpoint',
    'endpointUrl',
    'schemaAbsoluteUrl',
    'tokenUrl',
    'url',
    'userInfoUrl'
];

const URL_PARAMETERS: readonly string[] = ['AuthorizeUrl', 'AuthProviderUrl', 'TokenUrl', 'Url', 'UserInfoUrl'];

/** The addresses that an org calls because of a file, or that it trusts. */
export function urlsOf(file: MetadataFile): readonly UrlElement[] {
    const direct = file.root.children
        .filter(({ name, text }) => URL_ELEMENTS.includes(name) && text !== '')
        .map((element) => ({ url: element.text, element }));
    const parameters = parametersOfType(file, ...URL_PARAMETERS).flatMap(({ value, place }) =>
        value === undefined ? [] : [{ url: value, element: place }]
    );
    return [...direct, ...parameters];
}

/** Name of the External Client App that a settings or policy file belongs to. */
export function appOf(file: MetadataFile): string | undefined {
    return textOf(file.root, 'externalClientApplication');
}

export function filesOfApp(
    project: LintProject,
    kind: MetadataFile['kind'],
    app: string | undefined
): readonly MetadataFile[] {
    return app === undefined ? [] : project.ofKind(kind).filter((file) => appOf(file) === app);
}

/** A component of a managed package (`ns__Name`), which no project holds. */
export function isPackaged(name: string): boolean {
    return /^[A-Za-z]\w*?__(?!c$)/.test(name);
}

/** `Name` of `ns__Name`. */
export function withoutNamespace(name: string): string {
    return isPackaged(name) ? name.replace(/^[A-Za-z]\w*?__/, '') : name;
}
