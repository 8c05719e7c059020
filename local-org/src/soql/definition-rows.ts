import type { ObjectDef, Schema } from '../schema/types.ts';
import type { Row } from '../store/row.ts';
import { Id } from '../values/index.ts';
import type { PathStep } from './analyzed.ts';

/** What every row of a definition has as its id. */
export const DEFINITION_ID = Id.of('000000000000000AAA');

/** What is known of a field that a metadata relationship names: not which object it belongs to. */
const NAMED_FIELD: ReadonlySet<string> = new Set(['developername', 'namespaceprefix', 'qualifiedapiname']);

/** What the schema here does not say of fields. */
const UNTOLD_OF_FIELDS: ReadonlySet<string> = new Set(
    (
        'ControllingFieldDefinitionId ExtraTypeInfo IsCompactLayoutable IsHighScaleNumber IsHtmlFormatted IsListFilterable ' +
        'IsListSortable IsListVisible IsSearchPrefilterable IsWorkflowFilterable ReferenceTargetField ReferenceTo ' +
        'RunningUserFieldAccessId ServiceDataTypeId ValueTypeId'
    )
        .toLowerCase()
        .split(' ')
);

/** False for a field of a definition that cannot be told from the schema. `isQueried`: of the object behind FROM. */
export function isKnownOfDefinition(object: ObjectDef, field: string, isQueried: boolean): boolean {
    const lower = field.toLowerCase();
    if (object.name === 'EntityDefinition') return lower === 'id' || ENTITY_FIELDS.has(lower);
    if (object.name === 'EntityParticle') return NAMED_FIELD.has(lower);
    if (object.name !== 'FieldDefinition') return true;
    return isQueried ? !UNTOLD_OF_FIELDS.has(lower) : NAMED_FIELD.has(lower);
}

/** The row behind a metadata relationship, which names an object or field instead of holding an id. */
export function definitionRow(name: string, { target }: PathStep, schema: Schema): Row | undefined {
    if (target.name === 'FieldDefinition' || target.name === 'EntityParticle') return qualifiedNames(name);
    const object = target.name === 'EntityDefinition' ? schema.object(name) : undefined;
    return object === undefined ? undefined : entityRow(object);
}

/** One row for each object of the org (Object Reference, EntityDefinition). */
export function entityDefinitionRows(schema: Schema): Row[] {
    return Array.from(schema.objects(), entityRow);
}

function entityRow(object: ObjectDef): Row {
    const isRecord = object.kind === 'standard' || object.kind === 'custom';
    return {
        Id: DEFINITION_ID,
        ...qualifiedNames(object.name),
        DurableId: object.name,
        IsApexTriggerable: isRecord || object.kind === 'platformEvent',
        IsCustomSetting: object.kind === 'customSetting',
        IsDeprecatedAndHidden: false,
        IsEverCreatable: object.createable,
        IsEverDeletable: object.deletable,
        IsEverUpdatable: object.updateable,
        IsQueryable: object.queryable,
        IsRetrieveable: object.queryable,
        IsTriggerable: isRecord || object.kind === 'platformEvent',
        InternalSharingModel: object.sharingModel,
        KeyPrefix: object.keyPrefix,
        Label: object.label,
        MasterLabel: object.label,
        PluralLabel: object.labelPlural,
        PublisherId: /__\w+$/.test(object.name) ? '<local>' : 'System'
    };
}

/** `Invoice__c` is the qualified name of `Invoice`. */
export function qualifiedNames(name: string): Row {
    const mark = name.indexOf('__');
    return { QualifiedApiName: name, DeveloperName: mark > 0 ? name.slice(0, mark) : name, NamespacePrefix: null };
}

/** What the schema here says of objects; the others would be guesses. */
const ENTITY_FIELDS: ReadonlySet<string> = new Set(
    (
        'DeveloperName DurableId InternalSharingModel IsApexTriggerable IsCustomSetting IsDeprecatedAndHidden ' +
        'IsEverCreatable IsEverDeletable IsEverUpdatable IsQueryable IsRetrieveable IsTriggerable KeyPrefix Label ' +
        'MasterLabel NamespacePrefix PluralLabel PublisherId QualifiedApiName'
    )
        .toLowerCase()
        .split(' ')
);
