import { Id, SObject } from '../../../values/index.ts';
import type { DmlRowError, Runtime } from '../../runtime/runtime.ts';
import { elementsOf, stringList } from '../arguments.ts';
import { BeanObject } from '../bean.ts';
import type { ApexList } from '../collections/apex-list.ts';
import { refuseSingle, settle, type Outcome } from './send-email.ts';

/** Mails of one call (SOAP API Developer Guide, sendEmailMessage()). */
const MAXIMUM_MESSAGES = 10;

/** Values of EmailMessage.Status (Object Reference, EmailMessage). */
const DRAFT = '5';
const SENT = '3';

/**
 * `Messaging.sendEmailMessage` (Apex Reference, Messaging Class): drafts among the EmailMessage records are checked and kept as
 * `sendEmail` does, and become sent messages.
 */
export function sendEmailMessage(rt: Runtime, ids: unknown, allOrNothing: boolean | null = true): ApexList {
    const drafts = elementsOf(rt, ids).map((id) => Id.tryParse(rt.toText(id ?? rt.nullPointer())));
    if (drafts.length > MAXIMUM_MESSAGES) {
        rt.throwNew(
            'System.EmailException',
            `At most ${MAXIMUM_MESSAGES} messages can be sent at a time, not ${drafts.length}`
        );
    }
    const outcomes = drafts.map((id) => outcomeOf(rt, id));
    const results = settle(rt, outcomes, allOrNothing);
    outcomes.forEach(({ error }, index) => {
        const id = drafts[index];
        if (error === undefined && id !== undefined) markAsSent(rt, id);
    });
    return results;
}

function outcomeOf(rt: Runtime, id: Id | undefined): Outcome {
    const row = id && rt.org.database.readRow('EmailMessage', id);
    const text = (field: string): string | null => (typeof row?.[field] === 'string' ? row[field] : null);
    const addresses = (field: string): ApexList =>
        stringList((text(field) ?? '').split(/[;,]/).flatMap((address) => address.trim() || []));
    const email = new BeanObject('Messaging.SingleEmailMessage', {
        subject: text('Subject'),
        plainTextBody: text('TextBody'),
        htmlBody: text('HtmlBody'),
        toAddresses: addresses('ToAddress'),
        ccAddresses: addresses('CcAddress'),
        bccAddresses: addresses('BccAddress')
    });
    if (row === undefined || row['IsDeleted'] === true) {
        return { email, error: problem('INVALID_ID_FIELD', `There is no email message ${id?.value ?? ''}`) };
    }
    const isDraft = row['Status'] === DRAFT;
    return {
        email,
        error: isDraft ? refuseSingle(rt, email) : problem('INVALID_STATUS', 'The email message is no draft')
    };
}

function problem(statusCode: string, message: string): DmlRowError {
    return { statusCode, message, fields: [] };
}

/** The platform's own change, which fires the triggers of the object. */
function markAsSent(rt: Runtime, id: Id): void {
    const message = new SObject('EmailMessage');
    message.id = id;
    message.set('Status', SENT);
    rt.org.database.dml('update', [message], {
        access: { ...rt.tx.access, mode: 'system', sharing: false },
        allOrNone: true,
        origin: 'apex'
    });
}
