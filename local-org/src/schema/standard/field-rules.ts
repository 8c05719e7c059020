import { defineField, SYSTEM_FIELDS, picklistValue, relationshipNameOf } from '../field.ts';
import type { StandardField } from '../../platform/standard-objects.ts';
import type { FieldDef, FieldType } from '../types.ts';
import type { FieldSpec } from './object-spec.ts';

/** Fields that only orgs with certain features have: several currencies, divisions, state and country picklists. */
const FEATURE_FIELDS = /^(CurrencyIsoCode|Person[A-Z].*|IsPersonAccount|IsExcludedFromRealign|.*(State|Country)Code)$/;
const DIVISION_OBJECTS = new Set(['User', 'Organization']);

export function belongsToPlainOrg(object: string, field: string): boolean {
    if (field === 'Division') return DIVISION_OBJECTS.has(object);
    return !FEATURE_FIELDS.test(field);
}

/** A field the jar lists and no specification describes: type, length and flags by its Apex type and name. */
export function fieldByRule(field: StandardField, parents: ReadonlyMap<string, string>): FieldDef | undefined {
    const system = SYSTEM_FIELDS[field.name];
    if (system !== undefined) return system;
    const common = { name: field.name };
    switch (field.apexType) {
        case 'Id':
            return referenceByRule(field.name, parents);
        case 'String':
            return defineField({ ...common, ...textByName(field.name), ...definitionNamed(field.name, parents) });
        case 'Boolean':
            return defineField({ ...common, type: 'boolean', nillable: false, defaultValue: 'false' });
        case 'Integer':
            return defineField({ ...common, type: 'int', precision: 9 });
        case 'Long':
            return defineField({ ...common, type: 'long', precision: 18 });
        case 'Double':
        case 'Decimal':
            return defineField({ ...common, ...numberByName(field.name) });
        case 'Date':
        case 'Datetime':
        case 'Time':
            return defineField({ ...common, type: field.apexType.toLowerCase() as FieldType });
        case 'Blob':
            return defineField({ ...common, type: 'base64' });
        case 'Object':
            return defineField({ ...common, type: 'anyType', createable: false, updateable: false });
        case 'Address':
        case 'Location':
            return defineField({
                ...common,
                type: field.apexType.toLowerCase() as FieldType,
                createable: false,
                updateable: false
            });
        default:
            return undefined;
    }
}

function referenceByRule(name: string, parents: ReadonlyMap<string, string>): FieldDef {
    const relationshipName = relationshipNameOf(name);
    const parent = parents.get(relationshipName.toLowerCase());
    if (parent === undefined) return defineField({ name, type: 'reference', length: 18 });
    return defineField({
        name,
        type: 'reference',
        length: 18,
        relationshipName,
        referenceTo: targetsByRule(name, parent)
    });
}

/** A text that names an object or field has a relationship to its definition. */
function definitionNamed(name: string, parents: ReadonlyMap<string, string>): Partial<FieldDef> {
    const relationshipName = relationshipNameOf(name);
    const parent = name.endsWith('Id') ? parents.get(relationshipName.toLowerCase()) : undefined;
    return parent?.endsWith('Definition') ? { relationshipName, referenceTo: [parent] } : {};
}

function targetsByRule(name: string, parent: string): readonly string[] {
    if (parent !== 'Name' && parent !== 'SObject') return [parent];
    return ['OwnerId', 'UserOrGroupId'].includes(name) ? ['Group', 'User'] : [];
}

function textByName(name: string): Pick<FieldDef, 'type' | 'length'> {
    if (/Email$/.test(name)) return { type: 'email', length: 80 };
    if (/(Phone|Fax)$/.test(name)) return { type: 'phone', length: 40 };
    if (/(Url|Website)$/.test(name)) return { type: 'url', length: 255 };
    if (/Street$/.test(name)) return { type: 'textarea', length: 255 };
    if (/City$/.test(name)) return { type: 'string', length: 40 };
    if (/(State|Country)$/.test(name)) return { type: 'string', length: 80 };
    if (/PostalCode$/.test(name)) return { type: 'string', length: 20 };
    if (/(GeocodeAccuracy|SidKey|LocaleKey)$/.test(name)) return { type: 'picklist', length: 40 };
    if (/Description$/.test(name)) return { type: 'textarea', length: 32000 };
    return { type: 'string', length: 255 };
}

function numberByName(name: string): Pick<FieldDef, 'type' | 'precision' | 'scale'> {
    if (/(Latitude|Longitude)$/.test(name)) return { type: 'double', precision: 18, scale: 15 };
    if (/(Amount|Cost|Price|Revenue|Total|Amount.*Opportunities)$/.test(name)) {
        return { type: 'currency', precision: 18, scale: 2 };
    }
    if (/(Percent|Probability|Discount)$/.test(name)) return { type: 'percent', precision: 5, scale: 2 };
    return { type: 'double', precision: 18, scale: 2 };
}

export function fieldBySpec(spec: FieldSpec): FieldDef {
    const { flags, type } = spec;
    const readOnly = flags.has('readonly') || flags.has('autonumber');
    const relationship = spec.referenceTo.length > 0 ? { relationshipName: relationshipNameOf(spec.name) } : {};
    return defineField({
        name: spec.name,
        type,
        length: spec.length,
        precision: spec.precision,
        scale: spec.scale,
        nillable: !flags.has('required') && type !== 'boolean' && !flags.has('autonumber'),
        createable: !readOnly,
        updateable: !readOnly && !flags.has('createonly'),
        defaultedOnCreate: type === 'boolean' || flags.has('defaulted') || flags.has('autonumber'),
        unique: flags.has('unique'),
        caseSensitive: flags.has('casesensitive'),
        idLookup: flags.has('idlookup') || flags.has('unique'),
        nameField: flags.has('name'),
        autoNumber: flags.has('autonumber'),
        cascadeDelete: flags.has('cascade'),
        picklistValues: spec.values.map((value) => picklistValue(value, value === spec.defaultValue)),
        referenceTo: spec.referenceTo,
        ...(flags.has('filterable') && { filterable: true }),
        ...(flags.has('unaggregated') && { unaggregated: true }),
        ...(spec.label !== undefined && { label: spec.label }),
        ...(spec.defaultValue !== undefined && { defaultValue: spec.defaultValue }),
        ...relationship
    });
}
