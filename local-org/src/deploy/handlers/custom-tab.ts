import { flagOf } from '../../schema/document.ts';
import type { MetadataHandler } from './metadata-handler.ts';
import { checkElement, checkReference } from './references.ts';

export const customTabHandler: MetadataHandler = {
    check: ({ fullName, document }, context) => [
        ...(flagOf(document, 'customObject') ? checkReference(context, 'customObject', 'CustomObject', fullName) : []),
        ...checkElement(context, document, 'lwcComponent', 'LightningComponentBundle'),
        ...checkElement(context, document, 'flexiPage', 'FlexiPage'),
        ...checkElement(context, document, 'page', 'ApexPage')
    ]
};
