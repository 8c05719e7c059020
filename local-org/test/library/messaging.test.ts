import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentEmails } from '../../src/apex/library/messaging/send-email.ts';
import { apexOrg } from './apex-org.ts';

test('mail is checked, counted and kept, never sent', () => {
    const apex = apexOrg();
    const lines = apex.run(`
        Messaging.SingleEmailMessage mail = new Messaging.SingleEmailMessage();
        mail.setToAddresses(new List<String>{ 'a@example.com' });
        mail.subject = 'Hello';
        mail.setPlainTextBody('text');
        Messaging.EmailFileAttachment file = new Messaging.EmailFileAttachment();
        file.setFileName('a.txt');
        file.setBody(Blob.valueOf('x'));
        mail.setFileAttachments(new List<Messaging.EmailFileAttachment>{ file });
        List<Messaging.SendEmailResult> results = Messaging.sendEmail(new List<Messaging.SingleEmailMessage>{ mail });
        System.debug(results[0].isSuccess() + ' ' + Limits.getEmailInvocations() + ' ' + mail.getSubject());
        System.debug(mail.getFileAttachments()[0].fileName + ' ' + mail.getSaveAsActivity());
    `);
    assert.deepEqual(lines.slice(1), ['true 1 Hello', 'a.txt true']);
    assert.deepEqual(
        sentEmails(apex.org).map((email) => email.get('subject')),
        ['Hello']
    );
});

test('mail without a recipient or with a wrong address is refused', () => {
    const apex = apexOrg();
    assert.equal(
        apex.failure(`Messaging.SingleEmailMessage mail = new Messaging.SingleEmailMessage();
            Messaging.sendEmail(new Messaging.SingleEmailMessage[]{ mail });`),
        'System.EmailException: SendEmail failed. First exception on row 0; first error: REQUIRED_FIELD_MISSING, ' +
            'Add a recipient to send an email.: []'
    );
    const lines = apex.run(`
        Messaging.SingleEmailMessage mail = new Messaging.SingleEmailMessage();
        mail.setToAddresses(new String[]{ 'nobody' });
        mail.setHtmlBody('x');
        Messaging.SendEmailResult result = Messaging.sendEmail(new Messaging.Email[]{ mail }, false)[0];
        System.debug(result.isSuccess() + ' ' + result.getErrors()[0].getStatusCode());
        System.debug(result.getErrors()[0].getMessage());
    `);
    assert.deepEqual(lines, ['false INVALID_EMAIL_ADDRESS', 'Invalid to address : nobody']);
    assert.deepEqual(sentEmails(apex.org), []);
});

test('a test may call a handler of incoming mail with mail it made', () => {
    const apex = apexOrg();
    apex.install(`public class Handler implements Messaging.InboundEmailHandler {
        public Messaging.InboundEmailResult handleInboundEmail(Messaging.InboundEmail mail, Messaging.InboundEnvelope envelope) {
            Messaging.InboundEmailResult result = new Messaging.InboundEmailResult();
            result.message = mail.subject + envelope.fromAddress;
            result.success = true;
            return result;
        }
    }`);
    const lines = apex.run(`
        Messaging.InboundEmail mail = new Messaging.InboundEmail();
        mail.subject = 'S';
        Messaging.InboundEnvelope envelope = new Messaging.InboundEnvelope();
        envelope.fromAddress = '@from';
        System.debug(new Handler().handleInboundEmail(mail, envelope).message);
    `);
    assert.deepEqual(lines, ['S@from']);
});

test('drafts among the email messages are sent, and are none afterwards', () => {
    const apex = apexOrg();
    assert.deepEqual(
        apex
            .run(
                `EmailMessage draft = new EmailMessage(Status = '5', Subject = 'Draft', ToAddress = 'a@example.com; b@example.com', TextBody = 'x');
            EmailMessage sent = new EmailMessage(Status = '3', Subject = 'Sent', ToAddress = 'a@example.com', TextBody = 'x');
            EmailMessage nobody = new EmailMessage(Status = '5', Subject = 'Nobody', TextBody = 'x');
            insert new List<EmailMessage>{ draft, sent, nobody };
            List<Id> ids = new List<Id>{ draft.Id, sent.Id, nobody.Id };
            for (Messaging.SendEmailResult result : Messaging.sendEmailMessage(ids, false)) {
                System.debug(result.isSuccess() ? 'sent' : result.getErrors()[0].getMessage());
            }
            System.debug([SELECT Status FROM EmailMessage WHERE Id = :draft.Id].Status + ' ' + Limits.getEmailInvocations());`
            )
            .slice(1),
        ['sent', 'The email message is no draft', 'Add a recipient to send an email.', '3 1']
    );
    assert.deepEqual(
        sentEmails(apex.org).map((email) => email.get('subject')),
        ['Draft']
    );
});
