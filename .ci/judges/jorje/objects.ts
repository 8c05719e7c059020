import { standardObjectFields, standardObjectNames } from '../../../local-org/src/platform/standard-objects.ts';
import { apexTypeOfField } from '../../../local-org/src/apex/types/field-types.ts';
import type { ObjectDef } from '../../../local-org/src/schema/types.ts';
import { readProjectOrg, type ProjectOrg } from './project-org.ts';

/** An object as the compiler is told of it; see ObjectSymbols.java. */
export interface ObjectShape {
    readonly name: string;
    readonly kind: 'standard' | 'custom' | 'customMetadata' | 'listSetting' | 'hierarchySetting' | 'platformEvent';
    readonly fields: readonly FieldShape[];
    readonly fieldSets?: readonly string[];
}

interface FieldShape {
    readonly name: string;
    readonly type: string;
    readonly role: 'field' | 'parent' | 'children' | 'compound';
    readonly isKey?: boolean;
}

/** The platform's objects as the type jar lists them, with the fields that only the local org knows. */
export function standardObjects(): ObjectShape[] {
    const { org } = readProjectOrg([]);
    const objects = [...standardObjectNames()].map((name): ObjectShape => {
        const object = org.schema.object(name);
        const fields = object === undefined ? standardFields(name) : fieldsOf(object);
        return { name: object?.name ?? name, kind: 'standard', fields };
    });
    return [...objects, { name: 'AggregateResult', kind: 'standard', fields: [] }];
}

function standardFields(name: string): FieldShape[] {
    return (standardObjectFields(name) ?? []).map(({ name: field, apexType, role }) => ({
        name: field,
        type: field === 'ChangeEventHeader' ? 'eventbus.ChangeEventHeader' : apexType,
        role,
        isKey: field === 'Id' || (name === 'User' && field === 'Username')
    }));
}

/** Objects that the platform makes for a custom object. */
const RELATED = ['__Share', '__History', '__Feed', '__ChangeEvent'];

/** Objects that the project adds or adds to. */
export function projectObjects({ org, objectNames }: ProjectOrg): ObjectShape[] {
    const related = objectNames.flatMap((name) => RELATED.map((ending) => name.replace(/__c$/, '') + ending));
    return [...objectNames, ...related].flatMap((name) => {
        const object = org.schema.object(name);
        if (object === undefined) return [];
        const fieldSets = org.metadata
            .list('FieldSet')
            .filter(({ fullName }) => fullName.startsWith(`${object.name}.`))
            .map(({ fullName }) => fullName.slice(object.name.length + 1));
        return [{ name: object.name, kind: kindOf(object, org), fields: fieldsOf(object), fieldSets }];
    });
}

function kindOf({ kind, name }: ObjectDef, org: ProjectOrg['org']): ObjectShape['kind'] {
    if (kind === 'customSetting') {
        const type = org.metadata.get('CustomObject', name)?.document?.customSettingsType;
        return type === 'List' ? 'listSetting' : 'hierarchySetting';
    }
    return kind === 'setup' ? 'standard' : kind;
}

function fieldsOf(object: ObjectDef): FieldShape[] {
    const fields = new Map(standardFields(object.name).map((field) => [field.name.toLowerCase(), field]));
    const add = (field: FieldShape): void => {
        if (!fields.has(field.name.toLowerCase())) fields.set(field.name.toLowerCase(), field);
    };
    for (const field of object.fields.values()) {
        const isKey = field.type === 'id' || field.externalId || field.idLookup;
        const type = apexTypeOfField(field).name.replace('System.', '');
        add({ name: field.name, type, role: 'field', isKey });
    }
    for (const field of object.parentRelationships.values()) {
        const [only, another] = field.referenceTo;
        const type = only === undefined || another !== undefined ? 'Name' : only;
        if (field.relationshipName !== undefined) add({ name: field.relationshipName, type, role: 'parent' });
    }
    for (const { relationshipName, childObject } of object.childRelationships) {
        if (relationshipName !== undefined) {
            add({ name: relationshipName, type: `List<${childObject}>`, role: 'children' });
        }
    }
    return [...fields.values()];
}
