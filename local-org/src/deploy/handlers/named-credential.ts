import type { MetadataDocument } from '../../org/metadata-registry.ts';
import { documentsOf, textOf } from '../../schema/document.ts';
import type { PackageProblem } from '../package/package-components.ts';
import type { MetadataHandler } from './metadata-handler.ts';
import { checkElement } from './references.ts';

/** Source: Metadata API Developer Guide, NamedCredential. */
export const namedCredentialHandler: MetadataHandler = {
    check({ document }, context) {
        if (textOf(document, 'namedCredentialType') !== 'SecuredEndpoint') {
            return checkElement(context, document, 'authProvider', 'AuthProvider');
        }
        const parameters = documentsOf(document, 'namedCredentialParameters');
        return [
            ...checkUrl(parameters),
            ...checkAuthentication(parameters),
            ...parameters.flatMap((parameter) =>
                checkElement(context, parameter, 'externalCredential', 'ExternalCredential')
            )
        ];
    }
};

function ofType(parameters: readonly MetadataDocument[], type: string): readonly MetadataDocument[] {
    return parameters.filter((parameter) => textOf(parameter, 'parameterType') === type);
}

function checkUrl(parameters: readonly MetadataDocument[]): PackageProblem[] {
    const urls = ofType(parameters, 'Url');
    if (urls.length !== 1) {
        return [{ message: 'A named credential of type SecuredEndpoint requires one parameter of type Url.' }];
    }
    const url = textOf(urls[0], 'parameterValue') ?? '';
    const isWeb = URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
    return isWeb ? [] : [{ message: `The Url parameter's value isn't a valid URL: ${url}` }];
}

function checkAuthentication(parameters: readonly MetadataDocument[]): PackageProblem[] {
    const [authentication] = ofType(parameters, 'Authentication');
    return textOf(authentication, 'externalCredential') === undefined
        ? [{ message: 'A named credential of type SecuredEndpoint requires one parameter of type Authentication.' }]
        : [];
}
