import { documentsOf, textOf } from '../../schema/document.ts';
import type { MetadataHandler } from './metadata-handler.ts';
import { checkReference } from './references.ts';

/** A record `Type.Record` of the custom metadata type `Type__mdt`; the org's rows of the type derive from them. */
export const customMetadataHandler: MetadataHandler = {
    check({ fullName, document }, context) {
        const type = `${fullName.slice(0, fullName.indexOf('.'))}__mdt`;
        const missingType = checkReference(context, 'fullName', 'CustomObject', type);
        return missingType.length > 0
            ? missingType
            : documentsOf(document, 'values').flatMap((value) =>
                  checkReference(context, 'field', 'CustomField', `${type}.${textOf(value, 'field')}`)
              );
    }
};
