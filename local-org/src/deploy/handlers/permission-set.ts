import type { MetadataDocument } from '../../org/metadata-registry.ts';
import { documentsOf, flagOf, textOf } from '../../schema/document.ts';
import type { PackageComponent, PackageProblem } from '../package/package-components.ts';
import type { DeployContext, MetadataHandler } from './metadata-handler.ts';
import { checkReference, componentExists, noSuchComponent } from './references.ts';

/** Repeated elements with the element that names a component, and the type of that component. */
const REFERENCES: readonly (readonly [list: string, element: string, type: string])[] = [
    ['applicationVisibilities', 'application', 'CustomApplication'],
    ['classAccesses', 'apexClass', 'ApexClass'],
    ['customMetadataTypeAccesses', 'name', 'CustomObject'],
    ['customPermissions', 'name', 'CustomPermission'],
    ['customSettingAccesses', 'name', 'CustomObject'],
    ['externalCredentialPrincipalAccesses', 'externalCredentialPrincipal', 'ExternalCredentialParameter'],
    ['externalDataSourceAccesses', 'externalDataSource', 'ExternalDataSource'],
    ['fieldPermissions', 'field', 'CustomField'],
    ['flowAccesses', 'flow', 'FlowDefinition'],
    ['objectPermissions', 'object', 'CustomObject'],
    ['pageAccesses', 'apexPage', 'ApexPage'],
    ['recordTypeVisibilities', 'recordType', 'RecordType'],
    ['tabSettings', 'tab', 'CustomTab']
];

/** What a permission on an object includes. Source: help, "Object Permissions". */
const INCLUDED: readonly (readonly [permission: string, needs: readonly string[]])[] = [
    ['allowEdit', ['allowRead']],
    ['allowCreate', ['allowRead']],
    ['allowDelete', ['allowRead', 'allowEdit']],
    ['viewAllRecords', ['allowRead']],
    ['modifyAllRecords', ['allowRead', 'allowEdit', 'allowDelete', 'viewAllRecords']]
];

const VERBS: Readonly<Record<string, string>> = {
    allowRead: 'Read',
    allowCreate: 'Create',
    allowEdit: 'Edit',
    allowDelete: 'Delete',
    viewAllRecords: 'ViewAllRecords',
    modifyAllRecords: 'ModifyAllRecords'
};

/** Permission sets and profiles: every access they grant must be to something that exists. */
export const permissionSetHandler: MetadataHandler = {
    check: (component, context) => [
        ...checkReferences(component, context),
        ...documentsOf(component.document, 'objectPermissions').flatMap(checkIncluded),
        ...checkUserPermissions(component, context),
        ...checkFieldPermissions(component, context)
    ]
};

function checkReferences({ document, positions }: PackageComponent, context: DeployContext): PackageProblem[] {
    return REFERENCES.flatMap(([list, element, type]) =>
        documentsOf(document, list).flatMap((entry) => {
            const name = textOf(entry, element);
            const problems = isStandard(type, name) ? [] : checkReference(context, element, type, name);
            return problems.map((problem) => ({ ...problem, ...positions.get(entry) }));
        })
    );
}

/** Tabs and apps of the platform itself: `standard-Account`, `standard__Sales`. */
function isStandard(type: string, name: string | undefined): boolean {
    return (
        (type === 'CustomTab' && name?.startsWith('standard-') === true) ||
        (type === 'CustomApplication' && name?.startsWith('standard__') === true)
    );
}

function checkIncluded(entry: MetadataDocument): PackageProblem[] {
    const object = textOf(entry, 'object');
    return INCLUDED.filter(([permission]) => flagOf(entry, permission)).flatMap(([permission, needs]) => {
        const missing = needs.filter((need) => !flagOf(entry, need)).map((need) => `${VERBS[need]} ${object}`);
        const subject = `Permission ${VERBS[permission]} ${object}`;
        return missing.length > 0 ? [{ message: `${subject} depends on permission(s): ${missing.join(', ')}` }] : [];
    });
}

/** The platform lists its user permissions as fields of PermissionSet: `PermissionsApiEnabled`. */
function checkUserPermissions({ document, positions }: PackageComponent, { org }: DeployContext): PackageProblem[] {
    const fields = org.schema.object('PermissionSet')?.fields;
    return documentsOf(document, 'userPermissions')
        .filter((entry) => !fields?.has(`permissions${textOf(entry, 'name')}`.toLowerCase()))
        .map((entry) => ({ message: `Unknown user permission: ${textOf(entry, 'name')}`, ...positions.get(entry) }));
}

function checkFieldPermissions({ document, positions }: PackageComponent, { org }: DeployContext): PackageProblem[] {
    return documentsOf(document, 'fieldPermissions').flatMap((entry) => {
        const name = textOf(entry, 'field') ?? '';
        const [object = '', fieldName = ''] = name.split('.');
        const field = org.schema.object(object)?.fields.get(fieldName.toLowerCase());
        const position = positions.get(entry);
        if (flagOf(entry, 'editable') && !flagOf(entry, 'readable')) {
            return [{ message: `Field ${name} must be readable to be editable`, ...position }];
        }
        const isRequired = field && !field.nillable && !field.defaultedOnCreate && field.type !== 'boolean';
        return isRequired ? [{ message: `You cannot deploy to a required field: ${name}`, ...position }] : [];
    });
}

/** Problems of a comma-separated list of permission set names. */
export function checkPermissionSetNames(
    context: DeployContext,
    element: string,
    names: readonly string[]
): PackageProblem[] {
    return names
        .filter((name) => !componentExists(context, 'PermissionSet', name))
        .map((name) => noSuchComponent(element, 'PermissionSet', name));
}
