/**
 * Objects that only a Dev Hub has: clients tell one by whether it answers queries on them. Source: Object Reference,
 * ScratchOrgInfo and ActiveScratchOrg. Notation: object-spec.ts.
 */
export const DEV_HUB_OBJECTS = `
object ScratchOrgInfo 2SR Scratch Org Info/Scratch Org Infos
Name string:30 autonumber name
AdminEmail email:80
AuthCode string:255 readonly
ConnectedAppCallbackUrl string:2000
ConnectedAppConsumerKey string:255
Country string:2
DeletedBy string:80 readonly
DeletedDate date readonly
Description textarea:4000
DurationDays int:2
Edition string:40 required
ErrorCode string:255 readonly
ExpirationDate date readonly
Features textarea:4000
HasSampleData boolean
Language string:10
LoginUrl url:255 readonly
Namespace string:15
OrgName string:80
Package2AncestorIds string:255
Release string:40
ScratchOrg string:15 readonly
SignupInstance string:30 readonly
SignupUsername string:80 readonly
Snapshot string:255
SourceOrg string:15
Status picklist:New*|Creating|Active|Error|Deleted readonly
Username string:80

object ActiveScratchOrg 1S1 Active Scratch Org/Active Scratch Orgs
Name string:30 autonumber name
ScratchOrgInfoId lookup:ScratchOrgInfo readonly
Description textarea:4000
Edition string:40 readonly
ExpirationDate date readonly
Features textarea:4000 readonly
HasSampleData boolean readonly
OrgName string:80 readonly
ScratchOrg string:15 readonly
SignupEmail email:80 readonly
SignupInstance string:30 readonly
SignupUsername string:80 readonly
`;
