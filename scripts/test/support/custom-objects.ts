import { MEMORY_ROOT, type AuthSource } from '../../lib/auth-source.ts';

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** A custom object in source form: what its file holds, its fields and its record types by name. */
export interface ObjectSource {
    readonly name: string;
    readonly sharingModel?: string;
    readonly fields: Readonly<Record<string, string>>;
    readonly recordTypes?: readonly string[];
}

/** Source in memory of a custom object whose name is a text. */
export function objectSource({ name, sharingModel = 'ReadWrite', fields, recordTypes = [] }: ObjectSource): AuthSource {
    const folder = `${MEMORY_ROOT}/objects/${name}`;
    const label = name.replace(/__c$/, '').replaceAll('_', ' ');
    const files = new Map<string, Buffer>();
    const put = (path: string, root: string, content: string): void => {
        files.set(`${folder}/${path}`, Buffer.from(`<${root} ${NAMESPACE}>${content}</${root}>`));
    };
    put(
        `${name}.object-meta.xml`,
        'CustomObject',
        `<deploymentStatus>Deployed</deploymentStatus><label>${label}</label><pluralLabel>${label}s</pluralLabel>` +
            `<nameField><label>Name</label><type>Text</type></nameField><sharingModel>${sharingModel}</sharingModel>`
    );
    for (const [field, content] of Object.entries(fields)) {
        const common = `<fullName>${field}</fullName><label>${field.replace(/__c$/, '')}</label>`;
        put(`fields/${field}.field-meta.xml`, 'CustomField', common + content);
    }
    for (const type of recordTypes) {
        const content = `<fullName>${type}</fullName><active>true</active><label>${type}</label>`;
        put(`recordTypes/${type}.recordType-meta.xml`, 'RecordType', content);
    }
    return files;
}

export const text = (length: number): string => `<length>${length}</length><type>Text</type>`;
export const number = (precision: number, scale: number, type = 'Number'): string =>
    `<precision>${precision}</precision><scale>${scale}</scale><type>${type}</type>`;
export const checkbox = '<defaultValue>false</defaultValue><type>Checkbox</type>';
export const formula = (expression: string): string => `<formula>${expression}</formula><type>Text</type>`;

export function lookup(to: string, relationship: string): string {
    return (
        `<referenceTo>${to}</referenceTo><relationshipName>${relationship}</relationshipName>` +
        `<relationshipLabel>${relationship}</relationshipLabel><deleteConstraint>SetNull</deleteConstraint><type>Lookup</type>`
    );
}

export function master(to: string, relationship: string): string {
    return (
        `<referenceTo>${to}</referenceTo><relationshipName>${relationship}</relationshipName>` +
        `<relationshipLabel>${relationship}</relationshipLabel><relationshipOrder>0</relationshipOrder>` +
        '<writeRequiresMasterRead>false</writeRequiresMasterRead><type>MasterDetail</type>'
    );
}

/** A restricted picklist; values are given as `value` or `value|label`. */
export function picklist(...values: readonly string[]): string {
    const entries = values.map((entry) => {
        const [value = '', label = value] = entry.split('|');
        return `<value><fullName>${value}</fullName><default>false</default><label>${label}</label></value>`;
    });
    return (
        '<type>Picklist</type><valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted>' +
        `${entries.join('')}</valueSetDefinition></valueSet>`
    );
}

/** Source in memory of a permission set over objects and those of their fields that it may name. */
export function accessSource(name: string, objects: readonly ObjectSource[]): AuthSource {
    const flag = (element: string): string => `<${element}>true</${element}>`;
    const permissions = objects.map(
        (object) =>
            `<objectPermissions>${['allowCreate', 'allowDelete', 'allowEdit', 'allowRead', 'modifyAllRecords'].map(flag).join('')}` +
            `<object>${object.name}</object>${flag('viewAllRecords')}</objectPermissions>`
    );
    const fields = objects.flatMap((object) =>
        Object.entries(object.fields)
            .filter(([, content]) => !content.includes('MasterDetail'))
            .map(([field, content]) => {
                const editable = String(!content.includes('<formula>'));
                return (
                    `<fieldPermissions><editable>${editable}</editable><field>${object.name}.${field}</field>` +
                    '<readable>true</readable></fieldPermissions>'
                );
            })
    );
    const content = `${fields.join('')}<hasActivationRequired>false</hasActivationRequired><label>${name}</label>`;
    const xml = `<PermissionSet ${NAMESPACE}>${content}${permissions.join('')}</PermissionSet>`;
    return new Map([[`${MEMORY_ROOT}/permissionsets/${name}.permissionset-meta.xml`, Buffer.from(xml)]]);
}
