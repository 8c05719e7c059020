import { Datetime, Id } from '../../values/index.ts';
import { documentOf, documentsOf, flagOf, textOf } from '../../schema/document.ts';
import { valueOfText } from '../../schema/field-text.ts';
import type { MetadataComponent, MetadataDocument, MetadataRegistry } from '../../org/metadata-registry.ts';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import type { FieldValue } from '../../values/index.ts';
import type { Row } from '../row.ts';

/** A setup object whose rows are the components of a metadata type, element by element. */
export interface DocumentObject {
    readonly type: string;
    /** Elements whose name is not the field's with a small first letter, by field. */
    readonly elements?: Readonly<Record<string, string>>;
    /** Lookups, and the metadata type of the component that the element names. */
    readonly lookups?: Readonly<Record<string, { readonly element: string; readonly type: string }>>;
    /** What no single element says. */
    readonly more?: (document: MetadataDocument, object: ObjectDef) => Readonly<Record<string, FieldValue>>;
    /** Fields that SOQL never shows. */
    readonly hidden?: readonly string[];
}

const APP = {
    ExternalClientApplicationId: { element: 'externalClientApplication', type: 'ExternalClientApplication' }
};

/** By lower-case object name. Source: Object Reference; Metadata API Developer Guide. */
export const DOCUMENT_OBJECTS: Readonly<Record<string, DocumentObject>> = {
    authprovider: { type: 'AuthProvider', hidden: ['ConsumerSecret'] },
    connectedapplication: {
        type: 'ConnectedApp',
        elements: { Name: 'label' },
        more: (document) => ({
            OptionsAllowAdminApprovedUsersOnly: flagOf(documentOf(document, 'oauthConfig'), 'isAdminApproved')
        })
    },
    csptrustedsite: { type: 'CspTrustedSite' },
    externalclientapplication: { type: 'ExternalClientApplication' },
    extlclntappoauthplcycnfg: { type: 'ExtlClntAppOauthConfigurablePolicies', lookups: APP },
    extlclntappoauthsettings: { type: 'ExtlClntAppOauthSettings', lookups: APP, more: oauthScopes },
    extlclntappplcycnfg: {
        type: 'ExtlClntAppConfigurablePolicies',
        lookups: APP,
        more: (document) => ({
            OauthPluginStatus: flagOf(document, 'isOauthPluginEnabled') ? 'Enabled' : 'Disabled'
        })
    },
    namedcredential: {
        type: 'NamedCredential',
        elements: {
            CalloutOptionsAllowMergeFieldsInBody: 'allowMergeFieldsInBody',
            CalloutOptionsAllowMergeFieldsInHeader: 'allowMergeFieldsInHeader',
            CalloutOptionsGenerateAuthorizationHeader: 'generateAuthorizationHeader'
        },
        lookups: { AuthProviderId: { element: 'authProvider', type: 'AuthProvider' } },
        more: (document) => ({ Endpoint: textOf(document, 'endpoint') ?? urlParameter(document) ?? null })
    }
};

/** Metadata types that the rows of an object follow from. */
export function documentTypes({ type, lookups = {} }: DocumentObject): readonly string[] {
    return [type, ...Object.values(lookups).map((lookup) => lookup.type)];
}

export function documentRows(source: DocumentObject, object: ObjectDef, metadata: MetadataRegistry): Row[] {
    return metadata.list(source.type).map((component) => rowOf(component, source, object, metadata));
}

function rowOf(
    { id, fullName, document, lastModified }: MetadataComponent,
    source: DocumentObject,
    object: ObjectDef,
    metadata: MetadataRegistry
): Row {
    const modified = new Datetime(lastModified);
    const row: Record<string, FieldValue> = {};
    for (const field of object.fields.values()) {
        const value = source.hidden?.includes(field.name) ? null : valueOf(field, source, document, metadata);
        if (value !== null) row[field.name] = value;
    }
    const dates = { CreatedDate: modified, LastModifiedDate: modified, SystemModstamp: modified };
    const label = textOf(document, 'label') ?? textOf(document, 'masterLabel') ?? fullName;
    const names = { DeveloperName: fullName, MasterLabel: label, Language: 'en_US' };
    const known = Object.entries({ ...dates, ...names }).filter(([name]) => object.fields.has(name.toLowerCase()));
    return { ...row, ...Object.fromEntries(known), ...source.more?.(document ?? {}, object), Id: Id.of(id) };
}

/** A check box is never null. */
function valueOf(
    field: FieldDef,
    { elements = {}, lookups = {} }: DocumentObject,
    document: MetadataDocument | undefined,
    metadata: MetadataRegistry
): FieldValue {
    const lookup = lookups[field.name];
    if (lookup !== undefined) {
        const target = metadata.get(lookup.type, textOf(document, lookup.element) ?? '');
        return target === undefined ? null : Id.of(target.id);
    }
    if (field.type === 'reference') return null;
    const element = elements[field.name] ?? field.name.charAt(0).toLowerCase() + field.name.slice(1);
    const text = textOf(document, element)?.trim();
    const value = text === undefined || text === '' ? undefined : valueOfText(field, text);
    return value ?? (field.type === 'boolean' ? false : null);
}

/** Names of a scope in metadata (`RefreshToken`) and as a field (`OauthScopesREFRESH_TOKEN`, `OauthScopesCHATBOT_API`). */
function oauthScopes(document: MetadataDocument, { fields }: ObjectDef): Readonly<Record<string, FieldValue>> {
    const granted = (textOf(document, 'commaSeparatedOauthScopes') ?? '').split(',').map((scope) => scope.trim());
    const row: Record<string, FieldValue> = {};
    for (const scope of granted) {
        const name = `oauthscopes${scope.replace(/(?<=[a-z])(?=[A-Z])/g, '_')}`.toLowerCase();
        const field = fields.get(name) ?? fields.get(`${name}_api`) ?? fields.get(`${name}_rest_api`);
        if (field !== undefined) row[field.name] = true;
    }
    return row;
}

/** Named credentials of today have their URL among the parameters. */
function urlParameter(document: MetadataDocument): string | undefined {
    const parameters = documentsOf(document, 'namedCredentialParameters');
    return textOf(
        parameters.find((parameter) => textOf(parameter, 'parameterType') === 'Url'),
        'parameterValue'
    );
}
