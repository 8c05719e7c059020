/** Objects of the service application, activities and files. Notation: see `object-spec.ts`. */
export const SERVICE_OBJECTS = `
object Case 500 Case/Cases
MasterRecordId lookup:Case readonly
CaseNumber string:30 autonumber idlookup name
ContactId lookup:Contact children:Cases
AccountId lookup:Account children:Cases
AssetId lookup:Asset children:Cases
SourceId lookup:EmailMessage
ParentId lookup:Case children:Cases label:Parent_Case_ID
SuppliedName string:80
SuppliedEmail email:80
SuppliedPhone string:40
SuppliedCompany string:80
Type picklist:Mechanical|Electrical|Electronic|Structural|Other label:Case_Type
Status picklist:New*|Working|Escalated|Closed required defaulted
Reason picklist:Installation|Equipment Complexity|Performance|Breakdown|Equipment Design|Feedback|Other label:Case_Reason
Origin picklist:Phone|Email|Web label:Case_Origin
Subject string:255
Priority picklist:High|Medium*|Low defaulted
Description textarea:32000
IsClosed boolean readonly label:Closed
ClosedDate datetime
IsEscalated boolean label:Escalated
OwnerId lookup:Group|User required defaulted
Comments textarea:4000
ContactPhone phone:40 readonly
ContactMobile phone:40 readonly
ContactEmail email:80 readonly
ContactFax phone:40 readonly
without AssetWarrantyId Language IsClosedOnCreate BusinessHoursId

object CaseComment 00a Case Comment/Case Comments
ParentId lookup:Case required createonly children:CaseComments cascade
IsPublished boolean
CommentBody textarea:4000
controlled

object Task 00T Task/Tasks
WhoId lookup:Contact|Lead children:Tasks label:Name_ID
WhatId lookup:Account|Asset|Campaign|Case|Contract|Opportunity|Order|Product2 children:Tasks label:Related_To_ID
Subject combobox:Call|Email|Send Letter|Send Quote|Other name
ActivityDate date unaggregated label:Due_Date_Only
Status picklist:Not Started*|In Progress|Completed|Waiting on someone else|Deferred required defaulted
Priority picklist:High|Normal*|Low required defaulted
IsHighPriority boolean readonly
OwnerId lookup:Group|User required defaulted label:Assigned_To_ID
Description textarea:32000
AccountId lookup:Account readonly
IsClosed boolean readonly
CallDurationInSeconds int:8
CallType picklist:Internal|Inbound|Outbound
CallDisposition string:255
CallObject string:255
ReminderDateTime datetime
IsReminderSet boolean
TaskSubtype picklist:Task*|Email|ListEmail|Cadence|Call|LinkedIn createonly
private

object Event 00U Event/Events
WhoId lookup:Contact|Lead children:Events label:Name_ID
WhatId lookup:Account|Asset|Campaign|Case|Contract|Opportunity|Order|Product2 children:Events label:Related_To_ID
Subject combobox:Call|Email|Meeting|Send Letter/Quote|Other name
Location string:255
IsAllDayEvent boolean
ActivityDateTime datetime
ActivityDate date unaggregated
DurationInMinutes int:8
StartDateTime datetime
EndDateTime datetime
Description textarea:32000
AccountId lookup:Account readonly
OwnerId lookup:Group|User required defaulted label:Assigned_To_ID
ShowAs picklist:Busy*|OutOfOffice|Free
IsPrivate boolean
private

object EmailMessage 02s Email Message/Email Messages
ParentId lookup:Case createonly children:EmailMessages cascade
RelatedToId lookup:Account|Case|Contract|Opportunity children:Emails
Subject string:3000 name
TextBody textarea:131072
HtmlBody textarea:131072
FromName string:1000
FromAddress email:1000
ToAddress string:4000
CcAddress string:4000
BccAddress string:4000
Incoming boolean
Status picklist:0*|1|2|3|4|5

object Attachment 00P Attachment/Attachments
ParentId lookup:Account|Asset|Campaign|Case|Contact|Contract|EmailMessage|Event|Lead|Opportunity|Order|Product2|Task required createonly children:Attachments cascade
Name string:255 required name
ContentType string:120
Body base64 required
BodyLength int:9 readonly
Description textarea:500
OwnerId lookup:User|Group required defaulted
IsPrivate boolean
controlled

object Note 002 Note/Notes
ParentId lookup:Account|Asset|Campaign|Case|Contact|Contract|Lead|Opportunity|Order|Product2 required createonly children:Notes cascade
Title string:80 required name
Body textarea:32000
OwnerId lookup:User required defaulted
IsPrivate boolean
controlled

object Document 015 Document/Documents
FolderId lookup:Folder|User required
Name string:255 required name
DeveloperName string:80 required
Body base64
ContentType string:120
Type string:40

object Folder 00l Folder/Folders
Name string:80 required name
DeveloperName string:80
Type picklist:Dashboard|Document|Email|Insights|Report required createonly
AccessType picklist:Hidden|Public|Shared required

object ContentDocument 069 Content Document/Content Documents
Title string:255 required name
PublishStatus picklist:P|R|U readonly
LatestPublishedVersionId lookup:ContentVersion readonly
OwnerId lookup:User required defaulted
FileType string:20 readonly
FileExtension string:40 readonly
ContentSize int:9 readonly
Description textarea:1000

object ContentVersion 068 Content Version/Content Versions
ContentDocumentId lookup:ContentDocument createonly children:ContentVersions cascade
IsLatest boolean readonly
ContentUrl url:1333
VersionNumber string:20 readonly
Title string:255 required name
Description textarea:1000
PathOnClient string:500 required createonly
FileType string:20 readonly
ContentSize int:9 readonly
FileExtension string:40 readonly
Checksum string:50 readonly
VersionData base64
FirstPublishLocationId lookup:Account|Case|Contact|Lead|Opportunity|User createonly
OwnerId lookup:User required defaulted
PublishStatus picklist:P|R|U readonly
Origin picklist:C|H* createonly
ContentLocation picklist:S*|E|L createonly

object ContentDocumentLink 06A Content Document Link/Content Document Link
LinkedEntityId lookup:Account|Asset|Campaign|Case|Contact|Contract|Group|Lead|Opportunity|Order|Product2|Task|User required createonly children:ContentDocumentLinks cascade
ContentDocumentId lookup:ContentDocument required createonly children:ContentDocumentLinks cascade
ShareType picklist:V|C|I
Visibility picklist:AllUsers*|InternalUsers|SharedUsers

object FeedItem 0D5 Feed Item/Feed Items
ParentId lookup:Account|Asset|Campaign|Case|Contact|Contract|Group|Lead|Opportunity|Order|Product2|Task|User required createonly cascade
Type picklist:TextPost*|LinkPost|ContentPost|TrackedChange
Body textarea:10000
Title string:255

object MailmergeTemplate 01H Mail Merge Template/Mail Merge Templates
setup
Name string:80 required name
Description textarea:255
Filename string:255 required
BodyLength int:9 readonly
Body base64 required
LastUsedDate date readonly

object EventLogFile 0AT Event Log File/Event Log Files
setup noinsert nodelete
EventType string:64 readonly
LogDate datetime readonly
LogFile base64
LogFileContentType string:64 readonly
LogFileFieldNames textarea:32000 readonly
LogFileFieldTypes textarea:32000 readonly
LogFileLength double:18,0 readonly

object MobileApplicationDetail 0c4 Mobile Application Detail/Mobile Application Details
setup
DeveloperName string:80 required name
MasterLabel string:80 required
ApplicationBinary base64

object QuickText 574 Quick Text/Quick Text
Name string:255 required name label:Quick_Text_Name
Message textarea:4096 required
Category picklist:Greetings|FAQ|Closings
Channel multipicklist:Email|Portal|Phone|Internal|Event|Task
OwnerId lookup:User|Group required defaulted

object Individual 0PK Individual/Individuals
LastName string:80 required
FirstName string:40
Salutation picklist:Mr.|Ms.|Mrs.|Dr.|Prof.|Mx.
Name string:121 readonly name
OwnerId lookup:User required defaulted

object Location 131 Location/Locations
Name string:255 required name
OwnerId lookup:User|Group required defaulted

object OperatingHours 0OH Operating Hours/Operating Hours
Name string:255 required name
TimeZone picklist required
`;
