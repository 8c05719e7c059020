/** Apex class of the target org that the source calls. */
export const API_CLASS = 'RestApiUsingConnectClass';

/** Of an Account that the link made: `<source org id>:<source record id>`. It is a field of the target. */
export const RECORD_KEY_FIELD = 'Source_Record_Key__c';
