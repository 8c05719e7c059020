import { textsOf } from '../../schema/document.ts';
import type { MetadataHandler } from './metadata-handler.ts';
import { checkElement, checkReference } from './references.ts';

export const customApplicationHandler: MetadataHandler = {
    check: ({ document }, context) => [
        ...textsOf(document, 'tabs')
            .filter((tab) => !tab.startsWith('standard-'))
            .flatMap((tab) => checkReference(context, 'tabs', 'CustomTab', tab)),
        ...checkElement(context, document, 'utilityBar', 'FlexiPage')
    ]
};
