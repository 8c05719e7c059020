/**
 * Objects whose rows the platform computes. Queries on them are refused, because an empty answer would be a wrong one.
 */
export const UNBACKED_OBJECTS: ReadonlySet<string> = new Set([
    'ApexTypeImplementor',
    'ColorDefinition',
    'DataStatistics',
    'EntityDefinition',
    'EntityParticle',
    'FieldDefinition',
    'FlexQueueItem',
    'IconDefinition',
    'OwnerChangeOptionInfo',
    'PicklistValueInfo',
    'RelationshipDomain',
    'RelationshipInfo',
    'SearchLayout',
    'UserEntityAccess',
    'UserFieldAccess',
    'UserPermissionAccess',
    'UserRecordAccess'
]);
