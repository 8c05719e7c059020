import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apexOrg } from './apex-org.ts';

const org = apexOrg();
const DATA = `Account account = new Account(Name = 'Acme', AnnualRevenue = 1234567.5);
    insert account;
    Contact contact = new Contact(FirstName = 'Ann', LastName = 'Lee', AccountId = account.Id, Birthdate = Date.newInstance(1990, 2, 3));
    insert contact;`;

test('merge fields of a template are values of records, formatted for its reader', () => {
    assert.deepEqual(
        org.run(`${DATA}
            List<Messaging.RenderEmailTemplateBodyResult> results = Messaging.renderEmailTemplate(contact.Id, account.Id, new List<String>{
                'Dear {!Contact.FirstName} of {!Account.Name}, {!Account.AnnualRevenue}, {!Contact.Birthdate}{!Lead.Name}.',
                'by {!User.LastName}, {!Organization.OrganizationType}, {!Contact.Account.Name}',
                '{!IF(Account.AnnualRevenue > 1000, UPPER(Contact.LastName), "}")}',
                'no {!Contact.Nope__c}',
                'open {!Contact.Name'
            });
            for (Messaging.RenderEmailTemplateBodyResult result : results) {
                System.debug(result.getSuccess() + ' ' + result.getMergedBody());
                for (Messaging.RenderEmailTemplateError error : result.getErrors()) {
                    System.debug(error.getFieldName() + ' ' + error.getOffset() + ' ' + error.getStatusCode());
                }
            }`),
        [
            'true Dear Ann of Acme, $1,234,568, 2/3/1990.',
            'true by Admin, Developer Edition, Acme',
            'true LEE',
            'false null',
            'Contact.Nope__c 3 EMAIL_TEMPLATE_MERGEFIELD_ERROR',
            'false null',
            '{!Contact.Name 5 EMAIL_TEMPLATE_MERGEFIELD_ERROR'
        ]
    );
    assert.match(
        org.failure("Messaging.renderEmailTemplate(UserInfo.getOrganizationId(), null, new List<String>{ 'x' });"),
        /EmailTemplateRenderException: whoId must be the id of a contact, lead or user/
    );
});

test('a template counts how often it is used, when asked to', () => {
    assert.deepEqual(
        org.run(`${DATA}
            EmailTemplate template = new EmailTemplate(Name = 'Used', DeveloperName = 'Used', FolderId = UserInfo.getUserId(),
                TemplateType = 'text', Subject = 'S', Body = 'B', IsActive = true);
            insert template;
            for (Boolean counts : new List<Boolean>{ false, true, true }) {
                Messaging.renderStoredEmailTemplate(template.Id, contact.Id, null, Messaging.AttachmentRetrievalOption.NONE, counts);
                EmailTemplate found = [SELECT TimesUsed, LastUsedDate FROM EmailTemplate WHERE Id = :template.Id];
                System.debug(found.TimesUsed + ' ' + (found.LastUsedDate == null));
            }`),
        ['null true', '1 false', '2 false']
    );
});

test('a stored template becomes a mail', () => {
    const template = (type: string, body: string): string => `${DATA}
        EmailTemplate template = new EmailTemplate(Name = 'Hello', DeveloperName = 'H' + Crypto.getRandomInteger(), FolderId = UserInfo.getUserId(),
            TemplateType = '${type}', Subject = 'To {!Contact.Name}', Body = '${body}', HtmlValue = '<b>{!Account.Name}</b>', IsActive = true);
        insert template;
        Messaging.SingleEmailMessage mail = Messaging.renderStoredEmailTemplate(template.Id, contact.Id, null);
        System.debug(mail.getSubject() + '|' + mail.getPlainTextBody() + '|' + mail.getHtmlBody() + ' ' + Limits.getQueries());`;
    // The account is the contact's.
    assert.deepEqual(org.run(template('custom', 'Hi {!Contact.FirstName}')), ['To Ann Lee|Hi Ann|<b>Acme</b> 1']);
    assert.deepEqual(org.run(template('text', 'Hi')), ['To Ann Lee|Hi|null 1']);
    assert.match(
        org.failure(template('custom', '{!Contact.Nope__c}')),
        /EmailTemplateRenderException: Hello, Body: \{!Contact\.Nope__c\}: Field Contact\.Nope__c does not exist/
    );
    assert.match(
        org.failure(template('visualforce', 'x')),
        /UnsupportedOperationException: .*Visualforce email templates/
    );
    assert.match(org.failure(template('custom', '{{{Recipient.Name}}}')), /UnsupportedOperationException: .*Lightning/);
});
