import type { ObjectDef, Schema } from '../schema/types.ts';
import type { Row } from '../store/row.ts';
import type { PathStep } from './analyzed.ts';

/** What is known of the definitions that metadata relationships lead to, in lower case. */
const KNOWN_FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
    EntityDefinition: new Set([
        'developername',
        'durableid',
        'iscustomsetting',
        'isqueryable',
        'keyprefix',
        'label',
        'masterlabel',
        'namespaceprefix',
        'plurallabel',
        'qualifiedapiname'
    ]),
    FieldDefinition: new Set(['developername', 'namespaceprefix', 'qualifiedapiname'])
};

/** False for a field of a definition that cannot be told from the schema. */
export function isKnownOfDefinition(object: ObjectDef, field: string): boolean {
    return KNOWN_FIELDS[object.name]?.has(field.toLowerCase()) ?? true;
}

/** The row behind a metadata relationship, which names an object or field instead of holding an id. */
export function definitionRow(name: string, { target }: PathStep, schema: Schema): Row | undefined {
    if (target.name === 'FieldDefinition') return named(name);
    const object = target.name === 'EntityDefinition' ? schema.object(name) : undefined;
    if (object === undefined) return undefined;
    return {
        ...named(object.name),
        DurableId: object.name,
        IsCustomSetting: object.kind === 'customSetting',
        IsQueryable: object.queryable,
        KeyPrefix: object.keyPrefix,
        Label: object.label,
        MasterLabel: object.label,
        PluralLabel: object.labelPlural
    };
}

/** `Invoice__c` is the qualified name of `Invoice`. */
function named(name: string): Row {
    const mark = name.indexOf('__');
    return { QualifiedApiName: name, DeveloperName: mark > 0 ? name.slice(0, mark) : name, NamespacePrefix: null };
}
