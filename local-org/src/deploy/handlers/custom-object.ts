import type { MetadataDocument } from '../../org/metadata-registry.ts';
import { documentsOf, textOf } from '../../schema/document.ts';
import type { PackageProblem } from '../package/package-components.ts';
import { packagedType } from '../package/type-registry.ts';
import type { MetadataHandler } from './metadata-handler.ts';
import { checkReference } from './references.ts';

const CUSTOM_OBJECT_SUFFIXES = ['__c', '__mdt', '__e'];
const UNSUPPORTED_SUFFIXES = ['__b', '__x', '__kav', '__dlm', '__dll'];

export const customObjectHandler: MetadataHandler = {
    // A deploy changes the elements that it names and leaves the others alone.
    prepare: (document, previous) => ({ ...previous?.document, ...document }),
    check({ fullName, document }, context, previous) {
        const lower = fullName.toLowerCase();
        const unsupported = UNSUPPORTED_SUFFIXES.find((suffix) => lower.endsWith(suffix));
        if (unsupported !== undefined) {
            return [{ message: `The local org does not support objects with the suffix ${unsupported}` }];
        }
        if (CUSTOM_OBJECT_SUFFIXES.some((suffix) => lower.endsWith(suffix))) {
            return previous ? [] : requiredOfNewObject(fullName, document ?? {});
        }
        return [...checkReference(context, 'fullName', 'CustomObject', fullName), ...checkActionOverrides()];

        function checkActionOverrides(): PackageProblem[] {
            return documentsOf(document, 'actionOverrides')
                .filter((override) => textOf(override, 'type')?.toLowerCase() === 'flexipage')
                .flatMap((override) => checkReference(context, 'content', 'FlexiPage', textOf(override, 'content')));
        }
    },
    removeParts(fullName, { org }) {
        const prefix = `${fullName}.`.toLowerCase();
        for (const { name: type } of packagedType('CustomObject')?.children ?? []) {
            for (const part of org.metadata.list(type)) {
                if (part.fullName.toLowerCase().startsWith(prefix)) {
                    org.metadata.remove(type, part.fullName);
                }
            }
        }
    }
};

function requiredOfNewObject(fullName: string, document: MetadataDocument): PackageProblem[] {
    if (textOf(document, 'label') === undefined) {
        return [{ message: 'Must specify a non-empty label for the CustomObject' }];
    }
    const isSetting = textOf(document, 'customSettingsType') !== undefined;
    if (!fullName.toLowerCase().endsWith('__c') || isSetting) {
        return [];
    }
    const missing = ['pluralLabel', 'nameField', 'deploymentStatus', 'sharingModel'].find(
        (element) => document[element] === undefined
    );
    return missing === undefined ? [] : [{ message: `Required field is missing: ${missing}` }];
}
