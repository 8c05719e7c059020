import type { MetadataHandler } from './metadata-handler.ts';
import { checkReference } from './references.ts';

/** Record types, list views, validation rules and the like: parts of an object that need the object. */
export const objectPartHandler: MetadataHandler = {
    check: ({ fullName }, context) =>
        checkReference(context, 'fullName', 'CustomObject', fullName.slice(0, fullName.indexOf('.')))
};
