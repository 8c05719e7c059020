const TIME_ZONES = [...Intl.supportedValuesOf('timeZone'), 'GMT'].join('|');

/** Objects of Setup: users, permissions, org and jobs. Their rows stay visible in tests. Notation: see `object-spec.ts`. */
export const SETUP_OBJECTS = `
object User 005 User/Users
Username string:80 required unique
LastName string:80 required
FirstName string:40
Name string:121 readonly name label:Full_Name
CompanyName string:80
Department string:80
Title string:80
Email email:128 required idlookup
Alias string:8 required
CommunityNickname string:40 required defaulted
IsActive boolean:true label:Active
TimeZoneSidKey picklist:${TIME_ZONES} required
UserRoleId lookup:UserRole children:Users
LocaleSidKey picklist:da_DK|de_AT|de_CH|de_DE|en_AU|en_CA|en_GB|en_IE|en_IN|en_NZ|en_US|es_ES|es_MX|fi_FI|fr_BE|fr_CA|fr_CH|fr_FR|it_CH|it_IT|ja_JP|ko_KR|nl_BE|nl_NL|no_NO|pl_PL|pt_BR|pt_PT|sv_SE|th_TH|zh_CN|zh_TW required
EmailEncodingKey picklist:UTF-8|ISO-8859-1|Shift_JIS|ISO-2022-JP|EUC-JP|ks_c_5601-1987|Big5|GB2312 required
ProfileId lookup:Profile required children:Users
UserType picklist:Standard|PowerPartner|PowerCustomerSuccess|CustomerSuccess|Guest|CspLitePortal|CsnOnly|SelfService|AutomatedProcess|CloudIntegrationUser readonly
LanguageLocaleKey picklist:da|de|en_US|es|es_MX|fi|fr|it|ja|ko|nl_NL|no|pt_BR|ru|sv|th|zh_CN|zh_TW required
EmployeeNumber string:20
ManagerId lookup:User children:ManagedUsers
DelegatedApproverId lookup:Group|User
ContactId lookup:Contact createonly children:Users
AccountId lookup:Account readonly children:Users
FederationIdentifier string:512 unique casesensitive
LastLoginDate datetime readonly
AboutMe textarea:1000 filterable
Extension phone:40
EndDay picklist
StartDay picklist
Signature textarea:1333
nodelete setup

object Profile 00e Profile/Profile
Name string:255 required name idlookup
Description string:255
UserLicenseId lookup:UserLicense readonly
UserType picklist:Standard|Guest readonly
setup

object UserLicense 100 User License/User Licenses
Name string:255 readonly name
MasterLabel string:80 readonly
LicenseDefinitionKey string:255 readonly
TotalLicenses int:9 readonly
Status picklist:Active|Disabled readonly
UsedLicenses int:9 readonly
setup

object UserRole 00E Role/Role
Name string:80 required name
ParentRoleId lookup:UserRole
DeveloperName string:80 unique
OpportunityAccessForAccountOwner picklist:None|Read|Edit
setup

object PermissionSet 0PS Permission Set/Permission Set
Name string:80 required unique
Label string:80 required name
LicenseId lookup:UserLicense createonly
ProfileId lookup:Profile readonly
IsOwnedByProfile boolean readonly
IsCustom boolean readonly
Description string:255
NamespacePrefix string:15 readonly
HasActivationRequired boolean
PermissionSetGroupId lookup:PermissionSetGroup readonly
Type picklist:Regular|Standard|Session|Group|Profile readonly
setup

object PermissionSetGroup 0PG Permission Set Group/Permission Set Groups
DeveloperName string:80 required unique
MasterLabel string:80 required name
Status picklist:Updated|Outdated|Updating|Failed
Description textarea:255
setup

object PermissionSetGroupComponent 0PM Permission Set Group Component/Permission Set Group Components
PermissionSetGroupId lookup:PermissionSetGroup required cascade
PermissionSetId lookup:PermissionSet required cascade
setup

object PermissionSetAssignment 0Pa Permission Set Assignment/Permission Set Assignment
PermissionSetId lookup:PermissionSet createonly children:Assignments cascade
PermissionSetGroupId lookup:PermissionSetGroup createonly children:Assignments cascade
AssigneeId lookup:User required createonly children:PermissionSetAssignments cascade
ExpirationDate datetime
IsActive boolean readonly
IsRevoked boolean readonly
setup

object SetupEntityAccess 0J0 Setup Entity Access/Setup Entity Access
ParentId lookup:PermissionSet required createonly children:SetupEntityAccessItems cascade
SetupEntityId id required createonly
SetupEntityType picklist:ApexClass|ApexPage|ConnectedApplication|CustomPermission|CustomEntityDefinition|ExternalClientApplication|NamedCredential|ExternalCredentialParameter|TabSet readonly
setup

object ObjectPermissions 110 Object Permissions/Object Permissions
ParentId lookup:PermissionSet required createonly children:ObjectPerms cascade
SobjectType picklist required createonly
PermissionsCreate boolean
PermissionsRead boolean
PermissionsEdit boolean
PermissionsDelete boolean
PermissionsViewAllRecords boolean
PermissionsModifyAllRecords boolean
PermissionsViewAllFields boolean
setup

object FieldPermissions 01k Field Permissions/Field Permissions
ParentId lookup:PermissionSet required createonly children:FieldPerms cascade
SobjectType picklist required createonly
Field picklist required createonly
PermissionsEdit boolean
PermissionsRead boolean
setup

object CustomPermission 0CP Custom Permission/Custom Permissions
DeveloperName string:80 required
MasterLabel string:80 required name
setup

object UserRecordAccess 0EA User Record Access/User Record Access
UserId lookup:User readonly
RecordId lookup:Account readonly
setup

object Group 00G Group/Group
Name string:40 required name
DeveloperName string:80 unique
RelatedId lookup:User|UserRole readonly
Type picklist:Regular*|Role|RoleAndSubordinates|Organization|Queue|AllCustomerPortal required createonly defaulted
Email email:255
OwnerId lookup:Organization|User readonly
DoesSendEmailToMembers boolean
DoesIncludeBosses boolean:true
setup

object GroupMember 011 Group Member/Group Member
GroupId lookup:Group required createonly children:GroupMembers cascade
UserOrGroupId lookup:Group|User required createonly cascade
setup

object QueueSobject 03g Queue Sobject/Queue Sobject
QueueId lookup:Group required createonly children:QueueSobjects cascade
SobjectType picklist required createonly
setup

object Organization 00D Organization/Organization
Name string:80 required name
IsSandbox boolean readonly
InstanceName string:5 readonly
OrganizationType picklist:Developer Edition|Enterprise Edition|Unlimited Edition readonly
NamespacePrefix string:15 readonly
TrialExpirationDate datetime readonly
LanguageLocaleKey picklist required
TimeZoneSidKey picklist required
DefaultLocaleSidKey picklist required
PrimaryContact string:80
Phone phone:40
FiscalYearStartMonth int:9
noinsert setup

object RecordType 012 Record Type/Record Types
Name string:80 required name
DeveloperName string:80 required
NamespacePrefix string:15 readonly
Description string:255
SobjectType picklist required createonly
IsActive boolean
setup

object ApexClass 01p Apex Class/Apex Class
Name string:255 required name
NamespacePrefix string:15 readonly
ApiVersion double:18,1 required
Status picklist:Inactive|Active|Deleted required
Body textarea:1000000
BodyCrc double:18,0 readonly
LengthWithoutComments int:9
IsValid boolean
setup

object ApexTrigger 01q Apex Trigger/Apex Trigger
Name string:255 required name
NamespacePrefix string:15 readonly
TableEnumOrId picklist required
ApiVersion double:18,1 required
Status picklist:Inactive|Active|Deleted required
Body textarea:1000000
IsValid boolean
setup

object ApexPage 066 Visualforce Page/Visualforce Pages
Name string:80 required name
MasterLabel string:80 required
setup

object StaticResource 081 Static Resource/Static Resources
Name string:255 required name
ContentType string:120 required
Body base64
setup

object AsyncApexJob 707 Apex Job/Apex Jobs
ApexClassId lookup:ApexClass readonly
JobType picklist:Future|SharingRecalculation|ScheduledApex|BatchApex|BatchApexWorker|TestRequest|TestWorker|ApexToken|Queueable readonly
Status picklist:Queued|Processing|Aborted|Completed|Failed|Preparing|Holding readonly
JobItemsProcessed int:9 readonly
TotalJobItems int:9 readonly
NumberOfErrors int:9 readonly
CompletedDate datetime readonly
MethodName string:255 readonly
ExtendedStatus string:255 readonly
ParentJobId lookup:AsyncApexJob readonly
noinsert setup

object CronTrigger 08e Scheduled Jobs/Scheduled Jobs
CronJobDetailId lookup:CronJobDetail readonly
NextFireTime datetime readonly
PreviousFireTime datetime readonly
State picklist:WAITING|ACQUIRED|EXECUTING|COMPLETE|ERROR|DELETED|PAUSED|BLOCKED|PAUSED_BLOCKED readonly
StartTime datetime readonly
EndTime datetime readonly
CronExpression string:255 readonly
TimeZoneSidKey picklist readonly
OwnerId lookup:User readonly
TimesTriggered int:9 readonly
noinsert setup

object CronJobDetail 08a Cron Job/Cron Jobs
Name string:255 readonly name
JobType picklist readonly
noinsert setup

object EmailTemplate 00X Email Template/Email Templates
Name string:80 required name
DeveloperName string:80 required unique
FolderId lookup:Folder|Organization|User required
TemplateType picklist:text*|html|custom|visualforce required
Subject string:230
HtmlValue textarea:393216
Body textarea:393216
IsActive boolean
setup

object UserExternalCredential 0sT User External Credential/User External Credentials
Name string:80 required name
private

object AuthSession 0Ak Auth Session/Auth Sessions
UsersId lookup:User readonly
noinsert deletable setup

object OauthToken 0CQ OAuth Token/OAuth Tokens
AppName string:255 readonly
UserId lookup:User readonly
LastUsedDate datetime readonly
UseCount int:9 readonly
DeleteToken string:255 readonly
CreatedDate datetime readonly
without AccessToken RequestToken AppMenuItemId AppMenuItem
noinsert setup

object LoginHistory 0Ya Login History/Login History
UserId lookup:User readonly
noinsert setup

object EntityDefinition 4ie Entity Definition/Entity Definitions
noinsert setup

object FieldDefinition 4fe Field Definition/Field Definitions
noinsert setup

object FlowDefinitionView 3dd Flow Definition View/Flow Definition Views
TriggerObjectOrEventId definition:EntityDefinition readonly
noinsert setup

object FlowVersionView 3vd Flow Version View/Flow Version Views
noinsert setup

object BusinessHours 01m Business Hours/Business Hours
Name string:80 required name
IsActive boolean
IsDefault boolean
TimeZoneSidKey picklist required
setup
`;
