/**
 * Objects of the sales application. Notation: see `object-spec.ts`. Picklist values are those of a new Developer Edition
 * org; lengths and flags are those of the Object Reference.
 */
export const SALES_OBJECTS = `
object Account 001 Account/Accounts
MasterRecordId lookup:Account readonly
Name string:255 required name label:Account_Name
Type picklist:Prospect|Customer - Direct|Customer - Channel|Channel Partner / Reseller|Installation Partner|Technology Partner|Other label:Account_Type
ParentId lookup:Account children:ChildAccounts label:Parent_Account_ID
Phone phone:40 label:Account_Phone
Fax phone:40 label:Account_Fax
AccountNumber string:40
Website url:255
PhotoUrl url:255 readonly label:Photo_URL
Sic string:20 label:SIC_Code
Industry picklist:Agriculture|Apparel|Banking|Biotechnology|Chemicals|Communications|Construction|Consulting|Education|Electronics|Energy|Engineering|Entertainment|Environmental|Finance|Food & Beverage|Government|Healthcare|Hospitality|Insurance|Machinery|Manufacturing|Media|Not For Profit|Recreation|Retail|Shipping|Technology|Telecommunications|Transportation|Utilities|Other
AnnualRevenue currency:18,0
NumberOfEmployees int:8 label:Employees
Ownership picklist:Public|Private|Subsidiary|Other
TickerSymbol string:20
Description textarea:32000 label:Account_Description
Rating picklist:Hot|Warm|Cold label:Account_Rating
Site string:80 label:Account_Site
OwnerId lookup:User required defaulted
Jigsaw string:20 label:Data.com_Key
JigsawCompanyId string:20 readonly
CleanStatus picklist:Pending*
AccountSource picklist:Web|Phone Inquiry|Partner Referral|Purchased List|Other
DunsNumber string:9 label:D-U-N-S_Number
Tradestyle string:255
NaicsCode string:8 label:NAICS_Code
NaicsDesc string:120 label:NAICS_Description
YearStarted string:4
SicDesc string:80 label:SIC_Description
OperatingHoursId lookup:OperatingHours label:Operating_Hour_ID
without ChannelProgramLevelName ChannelProgramName EffectiveDate EndDate FirstName LastName HasPrivacyHold IsCustomerPortal IsActive IsPartner IsPriorityRecord MiddleName Salutation Suffix Tier SourceSystemIdentifier SourceSystemModifiedDate StatusCode PartyId

object Contact 003 Contact/Contacts
MasterRecordId lookup:Contact readonly
AccountId lookup:Account children:Contacts cascade
LastName string:80 required
FirstName string:40
Salutation picklist:Mr.|Ms.|Mrs.|Dr.|Prof.|Mx.
Name string:121 readonly name label:Full_Name
Phone phone:40 label:Business_Phone
Fax phone:40 label:Business_Fax
MobilePhone phone:40
HomePhone phone:40
OtherPhone phone:40
AssistantPhone phone:40 label:Asst._Phone
ReportsToId lookup:Contact
Email email:80 idlookup
Title string:128
Department string:80
AssistantName string:40 label:Assistant's_Name
LeadSource picklist:Web|Phone Inquiry|Partner Referral|Purchased List|Other
Birthdate date
Description textarea:32000 label:Contact_Description
OwnerId lookup:User required defaulted
HasOptedOutOfEmail boolean label:Email_Opt_Out
HasOptedOutOfFax boolean label:Fax_Opt_Out
DoNotCall boolean
LastCURequestDate datetime readonly
LastCUUpdateDate datetime readonly
EmailBouncedReason string:255
EmailBouncedDate datetime
IsEmailBounced boolean readonly
PhotoUrl url:255 readonly
Jigsaw string:20
JigsawContactId string:20 readonly
CleanStatus picklist:Pending*
IndividualId lookup:Individual
ContactSource picklist
without IsPersonAccount HasPrivacyHold IsPriorityRecord

object Lead 00Q Lead/Leads
MasterRecordId lookup:Lead readonly
LastName string:80 required
FirstName string:40
Salutation picklist:Mr.|Ms.|Mrs.|Dr.|Prof.|Mx.
Name string:121 readonly name label:Full_Name
Title string:128
Company string:255 required
Phone phone:40
MobilePhone phone:40
Fax phone:40
Email email:80 idlookup
Website url:255
PhotoUrl url:255 readonly
Description textarea:32000
LeadSource picklist:Web|Phone Inquiry|Partner Referral|Purchased List|Other
Status picklist:Open - Not Contacted*|Working - Contacted|Closed - Converted|Closed - Not Converted required defaulted
Industry picklist:Agriculture|Apparel|Banking|Biotechnology|Chemicals|Communications|Construction|Consulting|Education|Electronics|Energy|Engineering|Entertainment|Environmental|Finance|Food & Beverage|Government|Healthcare|Hospitality|Insurance|Machinery|Manufacturing|Media|Not For Profit|Recreation|Retail|Shipping|Technology|Telecommunications|Transportation|Utilities|Other
Rating picklist:Hot|Warm|Cold
AnnualRevenue currency:18,0
NumberOfEmployees int:8 label:Employees
OwnerId lookup:Group|User required defaulted
HasOptedOutOfEmail boolean label:Email_Opt_Out
DoNotCall boolean
HasOptedOutOfFax boolean label:Fax_Opt_Out
IsConverted boolean createonly label:Converted
ConvertedDate date readonly
ConvertedAccountId lookup:Account readonly
ConvertedContactId lookup:Contact readonly
ConvertedOpportunityId lookup:Opportunity readonly
IsUnreadByOwner boolean label:Unread_By_Owner
Jigsaw string:20
JigsawContactId string:20 readonly
CleanStatus picklist:Pending*
CompanyDunsNumber string:9
EmailBouncedReason string:255
EmailBouncedDate datetime
LastTransferDate date readonly
IndividualId lookup:Individual
Pronouns picklist:He/Him|She/Her|They/Them|He/They|She/They|Not Listed
GenderIdentity picklist:Male|Female|Nonbinary|Not Listed
without BirthDate HasPrivacyHold IsPriorityRecord Specialty

object Opportunity 006 Opportunity/Opportunities
AccountId lookup:Account children:Opportunities cascade
IsPrivate boolean
Name string:120 required name
Description textarea:32000
StageName picklist:Prospecting|Qualification|Needs Analysis|Value Proposition|Id. Decision Makers|Perception Analysis|Proposal/Price Quote|Negotiation/Review|Closed Won|Closed Lost required label:Stage
Amount currency:18,2
Probability percent:3,0 defaulted label:Probability_(%)
ExpectedRevenue currency:18,2 readonly label:Expected_Amount
TotalOpportunityQuantity double:18,2 label:Quantity
CloseDate date required
Type picklist:Existing Customer - Upgrade|Existing Customer - Replacement|Existing Customer - Downgrade|New Customer label:Opportunity_Type
NextStep string:255
LeadSource picklist:Web|Phone Inquiry|Partner Referral|Purchased List|Other
IsClosed boolean readonly label:Closed
IsWon boolean readonly label:Won
ForecastCategory picklist:Omitted|Pipeline|BestCase|MostLikely|Forecast|Closed readonly
ForecastCategoryName picklist:Omitted|Pipeline|Best Case|Commit|Closed defaulted
CampaignId lookup:Campaign children:Opportunities
HasOpportunityLineItem boolean readonly
Pricebook2Id lookup:Pricebook2 children:Opportunities label:Price_Book_ID
OwnerId lookup:User required defaulted
Fiscal string:6 readonly
FiscalQuarter int:9 readonly
FiscalYear int:9 readonly
ContactId lookup:Contact createonly
PushCount int:9 readonly
LastStageChangeDate datetime readonly
HasOpenActivity boolean readonly
HasOverdueTask boolean readonly
LastAmountChangedHistoryId lookup:OpportunityHistory readonly
LastCloseDateChangedHistoryId lookup:OpportunityHistory readonly

object OpportunityLineItem 00k Opportunity Product/Opportunity Product
OpportunityId lookup:Opportunity required createonly children:OpportunityLineItems cascade
SortOrder int:9 readonly
PricebookEntryId lookup:PricebookEntry createonly children:OpportunityLineItems
Product2Id lookup:Product2 createonly children:OpportunityLineItems
ProductCode string:255 readonly
Name string:376 readonly name
Quantity double:10,2 required
TotalPrice currency:16,2
UnitPrice currency:16,2
ListPrice currency:16,2 readonly
ServiceDate date
Description string:255
controlled

object OpportunityContactRole 00K Opportunity Contact Role/Opportunity Contact Role
OpportunityId lookup:Opportunity required createonly children:OpportunityContactRoles cascade
ContactId lookup:Contact required children:OpportunityContactRoles
Role picklist:Business User|Decision Maker|Economic Buyer|Economic Decision Maker|Evaluator|Executive Sponsor|Influencer|Technical Buyer|Other
IsPrimary boolean
controlled

object Campaign 701 Campaign/Campaigns
Name string:80 required name
ParentId lookup:Campaign children:ChildCampaigns
Type picklist:Conference|Webinar|Trade Show|Public Relations|Partners|Referral Program|Advertisement|Banner Ads|Direct Mail|Email|Telemarketing|Other
Status picklist:Planned*|In Progress|Completed|Aborted
StartDate date
EndDate date
ExpectedRevenue currency:18,0
BudgetedCost currency:18,0
ActualCost currency:18,0
ExpectedResponse percent:10,2
NumberSent double:18,0
IsActive boolean
Description textarea:32000
OwnerId lookup:User required defaulted
CampaignMemberRecordTypeId lookup:RecordType

object CampaignMember 00v Campaign Member/Campaign Members
CampaignId lookup:Campaign required createonly children:CampaignMembers cascade
LeadId lookup:Lead createonly children:CampaignMembers cascade
ContactId lookup:Contact createonly children:CampaignMembers cascade
Status picklist:Sent*|Responded
Name string:120 readonly name
HasResponded boolean readonly
FirstRespondedDate date readonly
controlled

object Product2 01t Product/Products
Name string:255 required name label:Product_Name
ProductCode string:255
Description textarea:4000 label:Product_Description
IsActive boolean label:Active
Family picklist:None label:Product_Family
ExternalId string:255
StockKeepingUnit string:180
DisplayUrl url:1000
QuantityUnitOfMeasure picklist:Each

object Pricebook2 01s Price Book/Price Books
Name string:255 required name label:Price_Book_Name
IsActive boolean label:Active
Description string:255
IsStandard boolean readonly

object PricebookEntry 01u Price Book Entry/Price Book Entries
Name string:255 readonly name
Pricebook2Id lookup:Pricebook2 required createonly children:PricebookEntries cascade
Product2Id lookup:Product2 required createonly children:PricebookEntries cascade
UnitPrice currency:18,2 required
IsActive boolean
UseStandardPrice boolean
ProductCode string:255 readonly
controlled

object Contract 800 Contract/Contracts
AccountId lookup:Account required children:Contracts
Pricebook2Id lookup:Pricebook2
StartDate date
ContractTerm int:4
Status picklist:In Approval Process|Activated|Draft* required defaulted
OwnerId lookup:User required defaulted
ContractNumber string:30 autonumber name
Description textarea:32000

object Order 801 Order/Orders
OwnerId lookup:Group|User required defaulted
ContractId lookup:Contract children:Orders
AccountId lookup:Account children:Orders
Pricebook2Id lookup:Pricebook2
EffectiveDate date required
Status picklist:Draft*|Activated required
OrderNumber string:30 autonumber name
TotalAmount currency:16,2 readonly

object Asset 02i Asset/Assets
ContactId lookup:Contact children:Assets
AccountId lookup:Account children:Assets
ParentId lookup:Asset children:ChildAssets
Product2Id lookup:Product2 children:Assets
Name string:255 required name label:Asset_Name
SerialNumber string:80
Status picklist:Shipped|Installed|Registered|Obsolete|Purchased
Price currency:18,0
Quantity double:10,2
Description textarea:32000
OwnerId lookup:User required defaulted

object AccountContactRelation 07k Account Contact Relationship/Account Contact Relationship
AccountId lookup:Account required createonly children:AccountContactRelations cascade
ContactId lookup:Contact required createonly children:AccountContactRelations cascade
Roles multipicklist:Business User|Decision Maker|Economic Buyer|Economic Decision Maker|Evaluator|Executive Sponsor|Influencer|Technical Buyer|Other
IsDirect boolean readonly
IsActive boolean
controlled
`;
