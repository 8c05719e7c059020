import type { MetadataHandler } from './metadata-handler.ts';
import { checkReference } from './references.ts';

/** `Account-Account Layout`: the object stands in front of the first hyphen. */
export const layoutHandler: MetadataHandler = {
    check: ({ fullName }, context) => checkReference(context, 'fullName', 'CustomObject', fullName.split('-')[0])
};
