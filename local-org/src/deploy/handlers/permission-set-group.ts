import { textsOf } from '../../schema/document.ts';
import type { MetadataHandler } from './metadata-handler.ts';
import { checkPermissionSetNames } from './permission-set.ts';

/** A group gives what its permission sets give; sets that take permissions away from a group are not known here. */
export const permissionSetGroupHandler: MetadataHandler = {
    check: ({ document }, context) => [
        ...checkPermissionSetNames(context, 'permissionSets', textsOf(document, 'permissionSets')),
        ...textsOf(document, 'mutingPermissionSets').map((name) => ({
            message: `The local org does not support muting permission sets: ${name}`
        }))
    ]
};
