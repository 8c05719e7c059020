/**
 * First three characters of the record ids of metadata components, where Salesforce publishes or shows them (Tooling API
 * and "Standard Field Record ID Prefix Decoder", help article 000385203). The second table holds prefixes that are not
 * public; they are chosen so that they collide with no known one.
 */
const PUBLISHED: Readonly<Record<string, string>> = {
    ApexClass: '01p',
    ApexComponent: '099',
    ApexPage: '066',
    ApexTrigger: '01q',
    AuraDefinitionBundle: '0Ab',
    AuthProvider: '0SO',
    BusinessProcess: '019',
    Certificate: '0P1',
    CompactLayout: '0AH',
    ConnectedApp: '0H4',
    CspTrustedSite: '08y',
    CustomApplication: '02u',
    CustomField: '00N',
    CustomLabel: '101',
    CustomObject: '01I',
    CustomPermission: '0CP',
    CustomTab: '01r',
    ExternalClientApplication: '0xI',
    ExternalCredentialParameter: '0pu',
    FieldSet: '0IX',
    FlexiPage: '0M0',
    Group: '00G',
    Layout: '00h',
    LightningComponentBundle: '0Rb',
    ListView: '00B',
    NamedCredential: '0XA',
    PermissionSet: '0PS',
    PermissionSetGroup: '0PG',
    Profile: '00e',
    Queue: '00G',
    RecordType: '012',
    RemoteSiteSetting: '0rp',
    StaticResource: '081',
    ValidationRule: '03d',
    WebLink: '00b'
};

const CHOSEN: Readonly<Record<string, string>> = {
    CustomLabels: '1zL',
    CustomMetadata: 'm00',
    ExternalCredential: '0pt',
    ExtlClntAppConfigurablePolicies: '0xP',
    ExtlClntAppGlobalOauthSettings: '0xG',
    ExtlClntAppOauthConfigurablePolicies: '0xQ',
    ExtlClntAppOauthSettings: '0xO',
    Settings: '1zS'
};

/** Prefix of types that have none of their own here; the platform gives many of them no id at all. */
const OTHER = '1zM';

export function metadataKeyPrefix(type: string): string {
    return PUBLISHED[type] ?? CHOSEN[type] ?? OTHER;
}
