/**
 * Objects whose rows the platform computes or writes by itself. Queries on them are refused, because an empty answer would be a wrong one.
 */
export const UNBACKED_OBJECTS: ReadonlySet<string> = new Set([
    'ApexTypeImplementor',
    'ColorDefinition',
    'DataStatistics',
    'EntityParticle',
    'FlexQueueItem',
    'IconDefinition',
    'LoginGeo',
    'OwnerChangeOptionInfo',
    'PicklistValueInfo',
    'RelationshipDomain',
    'RelationshipInfo',
    'SearchLayout',
    'SetupAuditTrail',
    'UserEntityAccess',
    'UserFieldAccess',
    'UserPermissionAccess'
]);
