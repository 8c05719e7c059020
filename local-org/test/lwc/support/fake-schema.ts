import type { FieldDef, ObjectDef, Schema } from '../../../src/schema/types.ts';

/** Object descriptions with just what a test names. */
export function objectOf(
    name: string,
    fields: Record<string, Partial<FieldDef>>,
    more: Partial<ObjectDef> = {}
): ObjectDef {
    const definitions = Object.entries(fields).map(([fieldName, field]) => fieldOf(fieldName, field));
    return {
        name,
        label: name,
        labelPlural: `${name}s`,
        keyPrefix: '001',
        kind: 'standard',
        queryable: true,
        fields: new Map(definitions.map((field) => [field.name.toLowerCase(), field])),
        parentRelationships: new Map(
            definitions
                .filter((field) => field.relationshipName !== undefined)
                .map((field) => [field.relationshipName!.toLowerCase(), field])
        ),
        childRelationships: [],
        recordTypes: [],
        ...(fields['Name'] && { nameField: definitions.find((field) => field.name === 'Name')! }),
        ...more
    } as ObjectDef;
}

function fieldOf(name: string, field: Partial<FieldDef>): FieldDef {
    return { name, label: name, type: 'string', custom: false, referenceTo: [], ...field } as FieldDef;
}

export function schemaOf(...objects: ObjectDef[]): Schema {
    const byName = new Map(objects.map((object) => [object.name.toLowerCase(), object]));
    return {
        object: (name) => byName.get(name.toLowerCase()),
        objectByKeyPrefix: (prefix) => objects.find((object) => object.keyPrefix === prefix),
        objects: () => objects,
        version: 1
    };
}
