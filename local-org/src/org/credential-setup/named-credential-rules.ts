import { documentsOf, textOf } from '../../schema/document.ts';
import type { MetadataDocument } from '../metadata-registry.ts';

/** Faults of a named credential of type SecuredEndpoint. Source: Metadata API Developer Guide, NamedCredential. */
export function namedCredentialProblems(document: MetadataDocument | undefined): string[] {
    const parameters = documentsOf(document, 'namedCredentialParameters');
    return [...checkUrl(parameters), ...checkAuthentication(parameters)];
}

function ofType(parameters: readonly MetadataDocument[], type: string): readonly MetadataDocument[] {
    return parameters.filter((parameter) => textOf(parameter, 'parameterType') === type);
}

function checkUrl(parameters: readonly MetadataDocument[]): string[] {
    const urls = ofType(parameters, 'Url');
    if (urls.length !== 1) {
        return ['A named credential of type SecuredEndpoint requires one parameter of type Url.'];
    }
    const url = textOf(urls[0], 'parameterValue') ?? '';
    const isWeb = URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
    return isWeb ? [] : [`The Url parameter's value isn't a valid URL: ${url}`];
}

function checkAuthentication(parameters: readonly MetadataDocument[]): string[] {
    const [authentication] = ofType(parameters, 'Authentication');
    return textOf(authentication, 'externalCredential') === undefined
        ? ['A named credential of type SecuredEndpoint requires one parameter of type Authentication.']
        : [];
}
