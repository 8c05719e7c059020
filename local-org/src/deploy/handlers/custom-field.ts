import type { MetadataComponent, MetadataDocument } from '../../org/metadata-registry.ts';
import { documentsOf, textOf } from '../../schema/document.ts';
import type { PackageComponent, PackageProblem } from '../package/package-components.ts';
import type { DeployContext, MetadataHandler } from './metadata-handler.ts';
import { checkReference } from './references.ts';

/** Elements that a field of the type must have, beyond its label. Source: Metadata API Developer Guide, CustomField. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
    AutoNumber: [],
    Checkbox: ['defaultValue'],
    Currency: ['precision', 'scale'],
    Html: ['length', 'visibleLines'],
    LongTextArea: ['length', 'visibleLines'],
    Lookup: ['referenceTo'],
    MasterDetail: ['referenceTo', 'relationshipName'],
    MetadataRelationship: ['referenceTo'],
    MultiselectPicklist: ['valueSet', 'visibleLines'],
    Number: ['precision', 'scale'],
    Percent: ['precision', 'scale'],
    Picklist: ['valueSet'],
    Text: ['length']
};

const EXTERNAL_ID_TYPES = ['AutoNumber', 'Email', 'Number', 'Text'];
const UNIQUE_TYPES = ['Email', 'MetadataRelationship', 'Number', 'Text'];
const LENGTH_TYPES = ['EncryptedText', 'Html', 'LongTextArea', 'Text', 'TextArea'];
const MAX_TEXT_LENGTH = 255;

/** Types that can become one another while there is data; every other change needs a new field. */
const CONVERTIBLE = new Set([
    'Currency',
    'Number',
    'Percent',
    'Text',
    'TextArea',
    'LongTextArea',
    'Email',
    'Phone',
    'Url'
]);

export const customFieldHandler: MetadataHandler = {
    prepare: (document, previous) => (isStandardField(document) ? { ...previous?.document, ...document } : document),
    check(component, context, previous) {
        const [object = ''] = component.fullName.split('.');
        const document = component.document ?? {};
        const parent = checkReference(context, 'fullName', 'CustomObject', object);
        if (parent.length > 0) {
            return parent;
        }
        return isStandardField(document)
            ? checkReference(context, 'fullName', 'CustomField', component.fullName)
            : checkCustomField(component, document, context, previous);
    }
};

function isStandardField(document: MetadataDocument): boolean {
    return textOf(document, 'fullName')?.toLowerCase().endsWith('__c') !== true;
}

function checkCustomField(
    component: PackageComponent,
    document: MetadataDocument,
    context: DeployContext,
    previous: MetadataComponent | undefined
): readonly PackageProblem[] {
    const type = textOf(document, 'type');
    if (textOf(document, 'label') === undefined) {
        return at(component, 'Required field is missing: label');
    }
    if (type === undefined) {
        return at(component, 'Field type required');
    }
    const isFormula = textOf(document, 'formula') !== undefined;
    const missing = isFormula ? undefined : REQUIRED[type]?.find((element) => document[element] === undefined);
    if (missing !== undefined) {
        return at(component, `Must specify '${missing}' for a CustomField of type ${type}`);
    }
    const message = misplacedElement(document, type) ?? badLength(document, type) ?? badChange(type, previous);
    if (message !== undefined) {
        return at(component, message);
    }
    return [
        ...checkReference(context, 'referenceTo', 'CustomObject', textOf(document, 'referenceTo')),
        ...documentsOf(document, 'valueSet').flatMap((set) =>
            checkReference(context, 'valueSetName', 'GlobalValueSet', textOf(set, 'valueSetName'))
        )
    ];
}

function at(component: PackageComponent, message: string): readonly PackageProblem[] {
    return [{ message, ...component.positions.get(component.document ?? {}) }];
}

function misplacedElement(document: MetadataDocument, type: string): string | undefined {
    const allowed = { externalId: EXTERNAL_ID_TYPES, unique: UNIQUE_TYPES, length: LENGTH_TYPES };
    const element = Object.entries(allowed).find(
        ([name, types]) => document[name] !== undefined && document[name] !== 'false' && !types.includes(type)
    )?.[0];
    return element && `Can not specify '${element}' for a CustomField of type ${type}`;
}

function badLength(document: MetadataDocument, type: string): string | undefined {
    const length = Number(textOf(document, 'length') ?? 1);
    const scale = Number(textOf(document, 'scale') ?? 0);
    // A geolocation has decimal places and no precision.
    const precision = Number(textOf(document, 'precision') ?? Math.max(1, scale));
    if (type === 'Text' && (length < 1 || length > MAX_TEXT_LENGTH)) {
        return `Text field length must be between 1 and ${MAX_TEXT_LENGTH}`;
    }
    return precision > 18 || scale > precision ? 'Precision must be at most 18 and not less than scale' : undefined;
}

function badChange(type: string, previous: MetadataComponent | undefined): string | undefined {
    const before = textOf(previous?.document, 'type');
    if (before === undefined || before === type || (CONVERTIBLE.has(before) && CONVERTIBLE.has(type))) {
        return undefined;
    }
    return `Cannot update a field to a ${type} from something else`;
}
