import type { MetadataDocument } from '../../org/metadata-registry.ts';
import { textOf } from '../../schema/document.ts';
import type { PackageProblem } from '../package/package-components.ts';
import type { DeployContext } from './metadata-handler.ts';

/**
 * The platform's text for a reference to nothing: `In field: apexClass - no ApexClass named X found`.
 */
export function noSuchComponent(element: string, type: string, fullName: string): PackageProblem {
    return { message: `In field: ${element} - no ${type} named ${fullName} found` };
}

/** One problem when the org, package included, does not have the component; none otherwise. */
export function checkReference(
    context: DeployContext,
    element: string,
    type: string,
    fullName: string | undefined
): readonly PackageProblem[] {
    return fullName === undefined || componentExists(context, type, fullName)
        ? []
        : [noSuchComponent(element, type, fullName)];
}

/** As checkReference, for the text of an element of the document. */
export function checkElement(
    context: DeployContext,
    document: MetadataDocument | undefined,
    element: string,
    type: string
): readonly PackageProblem[] {
    return checkReference(context, element, type, textOf(document, element) || undefined);
}

export function componentExists({ org }: DeployContext, type: string, fullName: string): boolean {
    if (org.metadata.get(type, fullName)) {
        return true;
    }
    if (type === 'CustomObject') {
        return org.schema.object(fullName) !== undefined;
    }
    if (type === 'CustomField') {
        const [object = '', field = ''] = fullName.split('.');
        return org.schema.object(object)?.fields.has(field.toLowerCase()) === true;
    }
    return (type === 'Profile' || type === 'PermissionSet') && rowExists(org, type, fullName);
}

/** Profiles and permission sets that every org has come from its rows. */
function rowExists(org: DeployContext['org'], object: string, name: string): boolean {
    const access = { userId: org.admin.userId, mode: 'system', sharing: false } as const;
    const binds = new Map([['name', name]]);
    return org.database.query(`SELECT Id FROM ${object} WHERE Name = :name`, { access, binds }).totalSize > 0;
}
