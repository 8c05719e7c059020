/**
 * Enums whose values the type jar lists by name; here in the order of their declaration, which `values()` and
 * `ordinal()` show. An enum that is missing here keeps the jar's order: AccessType and StatusCode are declared so.
 */
const DECLARED: Readonly<Record<string, readonly string[]>> = {
    // ClientCredentials came after the jar's release (Apex Reference, ConnectApi.ExternalAuthIdentityProviderInput).
    'ConnectApi.IdentityProviderAuthFlow': ['AuthorizationCode', 'ClientCredentials'],
    'Schema.DisplayType': [
        'STRING',
        'BOOLEAN',
        'DOUBLE',
        'INTEGER',
        'PERCENT',
        'CURRENCY',
        'DATE',
        'DATETIME',
        'TIME',
        'PICKLIST',
        'MULTIPICKLIST',
        'DATACATEGORYGROUPREFERENCE',
        'BASE64',
        'ID',
        'REFERENCE',
        'TEXTAREA',
        'PHONE',
        'COMBOBOX',
        'URL',
        'EMAIL',
        'ANYTYPE',
        'LOCATION',
        'ENCRYPTEDSTRING',
        'COMPLEXVALUE',
        'ADDRESS',
        'SOBJECT',
        'LONG',
        'JSON',
        'FLOATARRAY',
        'TEXTARRAY'
    ],
    'Schema.SObjectDescribeOptions': ['DEFAULT', 'FULL', 'DEFERRED'],
    'System.JSONToken': [
        'NOT_AVAILABLE',
        'START_OBJECT',
        'END_OBJECT',
        'START_ARRAY',
        'END_ARRAY',
        'FIELD_NAME',
        'VALUE_EMBEDDED_OBJECT',
        'VALUE_STRING',
        'VALUE_NUMBER_INT',
        'VALUE_NUMBER_FLOAT',
        'VALUE_TRUE',
        'VALUE_FALSE',
        'VALUE_NULL'
    ],
    'System.LoggingLevel': ['NONE', 'INTERNAL', 'FINEST', 'FINER', 'FINE', 'DEBUG', 'INFO', 'WARN', 'ERROR'],
    'System.Quiddity': [
        'BATCH_ACS',
        'BATCH_CHUNK_SERIAL',
        'BATCH_CHUNK_PARALLEL',
        'FUTURE',
        'SCHEDULED',
        'SYNCHRONOUS',
        'RUN_INTEGRATION_TESTS',
        'RUNTEST_SYNC',
        'RUNTEST_ASYNC',
        'RUNTEST_DEPLOY',
        'VF',
        'QUEUEABLE',
        'REMOTE_ACTION',
        'AURA',
        'QUICK_ACTION',
        'BULK_API',
        'SOAP',
        'REST',
        'INVOCABLE_ACTION',
        'ANONYMOUS',
        'INBOUND_EMAIL_SERVICE',
        'BATCH_APEX',
        'DISCOVERABLE_LOGIN',
        'IOT',
        'COMMERCE_INTEGRATION',
        'TRANSACTION_FINALIZER_QUEUEABLE',
        'FUNCTION_CALLBACK',
        'POST_INSTALL_SCRIPT',
        'PLATFORM_EVENT_PUBLISH_CALLBACK',
        'EXTERNAL_SERVICE_CALLBACK',
        'TRANSACTION_SECURITY_POLICY',
        'UNDEFINED'
    ],
    'System.RoundingMode': ['UP', 'DOWN', 'CEILING', 'FLOOR', 'HALF_UP', 'HALF_DOWN', 'HALF_EVEN', 'UNNECESSARY'],
    'System.TriggerOperation': [
        'BEFORE_INSERT',
        'AFTER_INSERT',
        'BEFORE_UPDATE',
        'AFTER_UPDATE',
        'BEFORE_DELETE',
        'AFTER_DELETE',
        'AFTER_UNDELETE'
    ],
    // As the event types of javax.xml.stream.XMLStreamConstants.
    'System.XmlTag': [
        'START_ELEMENT',
        'END_ELEMENT',
        'PROCESSING_INSTRUCTION',
        'CHARACTERS',
        'COMMENT',
        'SPACE',
        'START_DOCUMENT',
        'END_DOCUMENT',
        'ENTITY_REFERENCE',
        'ATTRIBUTE',
        'DTD',
        'CDATA',
        'NAMESPACE',
        'NOTATION_DECLARATION',
        'ENTITY_DECLARATION'
    ]
};

/** Values that the type jar lacks, of enums that are declared by name. */
const UNLISTED: Readonly<Record<string, readonly string[]>> = {
    // Platform Events Developer Guide, "Publish Event Messages with Apex".
    'System.StatusCode': ['OPERATION_ENQUEUED']
};

/** Values of an enum in order, given those of the jar. */
export function declaredEnumValues(name: string, listed: readonly string[]): readonly string[] {
    const unlisted = UNLISTED[name];
    if (unlisted !== undefined) return [...new Set([...listed, ...unlisted])].sort();
    return DECLARED[name] ?? listed;
}
