/**
 * Objects of orgs that have Salesforce to Salesforce. Only rows of the platform itself are in them: forwarding a record
 * by an insert is not implemented. Source: Object Reference, PartnerNetworkConnection and
 * PartnerNetworkRecordConnection. Notation: object-spec.ts.
 */
export const PARTNER_NETWORK_OBJECTS = `
object PartnerNetworkConnection 04P Connection/Connections
ConnectionName string:295 name idlookup readonly
ConnectionStatus picklist:Sent|Received|Pending|Accepted|Rejected|Inactive|Disconnecting|ConnectionSuspended readonly
ConnectionType picklist:Standard*|Replication readonly
AccountId lookup:Account readonly
ContactId lookup:Contact readonly
PrimaryContactId lookup:User readonly
ResponseDate datetime readonly
noinsert

object PartnerNetworkRecordConnection 04S Record Connection/Record Connections
ConnectionId lookup:PartnerNetworkConnection readonly
LocalRecordId reference readonly
PartnerRecordId reference readonly
ParentRecordId reference readonly
RelatedRecords string:1000 readonly
SendClosedTasks boolean readonly
SendOpenTasks boolean readonly
SendEmails boolean readonly
StartDate datetime readonly
EndDate datetime readonly
Status picklist:Active (received)|Active (sent)|Connected|Inactive|Inactive (converted)|Inactive (deleted)|Pending (sent) readonly
noinsert
`;
