import type { Org } from '../../../org/org.ts';
import { Id } from '../../../values/index.ts';
import { dmlFailureText, type DmlFailure, type DmlFailureDetails } from '../../runtime/data.ts';
import { platformEnumValue } from '../../runtime/enum-value.ts';
import { chargeLimit } from '../../runtime/limit-messages.ts';
import type { DmlRowError, Runtime } from '../../runtime/runtime.ts';
import { platformType } from '../../types/apex-types.ts';
import { elementsOf } from '../arguments.ts';
import { BeanObject } from '../bean.ts';
import { ApexList } from '../collections/apex-list.ts';

const RESULT = platformType('Messaging.SendEmailResult');
const ERROR = platformType('Messaging.SendEmailError');
const RECIPIENTS = ['toAddresses', 'ccAddresses', 'bccAddresses'] as const;

const outboxes = new WeakMap<Org, BeanObject[]>();

/** What Apex of an org has sent since the org was started. Nothing leaves the machine. */
export function sentEmails(org: Org): readonly BeanObject[] {
    return outboxes.get(org) ?? [];
}

/** `Messaging.sendEmail` (Apex Reference, Messaging Class): mail is checked and kept, never sent. */
export function sendEmail(rt: Runtime, emails: unknown, allOrNothing: boolean | null = true): ApexList {
    const messages = elementsOf(rt, emails) as (BeanObject | null)[];
    // A mail waits for the commit (Apex Developer Guide, Callout Limits and Limitations).
    rt.tx.uncommittedWork = true;
    const outcomes = messages.map((message): Outcome => {
        const email = message ?? rt.nullPointer();
        return { email, error: refusal(rt, email) };
    });
    return settle(rt, outcomes, allOrNothing);
}

/** A mail, and why it cannot be sent. */
export interface Outcome {
    readonly email: BeanObject;
    readonly error: DmlRowError | undefined;
}

/** Keeps what can be sent and answers a result for each mail. Throws EmailException when all or nothing goes. */
export function settle(rt: Runtime, outcomes: readonly Outcome[], allOrNothing: boolean | null): ApexList {
    chargeLimit(rt, 'emailInvocations', 1);
    const failures = outcomes.flatMap(({ error }, index): DmlFailure[] =>
        error === undefined ? [] : [{ index, object: '', id: null, ...error }]
    );
    if (allOrNothing !== false && failures.length > 0) {
        const details: DmlFailureDetails = { failures };
        return rt.throwNew('System.EmailException', dmlFailureText('SendEmail', failures), details);
    }
    const sent = outcomes.flatMap(({ email, error }) => (error === undefined ? [email] : []));
    sent.forEach((email) => rt.tx.debugLog.push(`EMAIL_QUEUE|subject: ${rt.toText(email.get('subject'))}`));
    outboxes.set(rt.org, [...sentEmails(rt.org), ...sent]);
    return new ApexList(
        RESULT,
        outcomes.map(({ error }) => result(error))
    );
}

function result(error: DmlRowError | undefined): BeanObject {
    const errors = error === undefined ? [] : [errorObject(error)];
    return new BeanObject('Messaging.SendEmailResult', {
        success: error === undefined,
        errors: new ApexList(ERROR, errors)
    });
}

function errorObject({ message, statusCode, fields }: DmlRowError): BeanObject {
    return new BeanObject('Messaging.SendEmailError', {
        message,
        statusCode: platformEnumValue('System.StatusCode', statusCode),
        fields: new ApexList(platformType('System.String'), [...fields]),
        targetObjectId: null
    });
}

function refusal(rt: Runtime, email: BeanObject): DmlRowError | undefined {
    return email.className === 'Messaging.MassEmailMessage' ? refuseMass(email) : refuseSingle(rt, email);
}

function refuseMass(email: BeanObject): DmlRowError | undefined {
    return email.get('templateId') === null ? missing('The template id is required.', 'templateId') : undefined;
}

/** Why a single mail cannot be sent. */
export function refuseSingle(rt: Runtime, email: BeanObject): DmlRowError | undefined {
    const target = email.get('targetObjectId');
    const addresses = RECIPIENTS.flatMap((field) =>
        textsOf(rt, email.get(field)).map((address) => ({ field, address }))
    );
    if (target === null && addresses.length === 0) return missing('Add a recipient to send an email.');
    const wrong = addresses.find(({ address }) => !isAddress(address));
    if (wrong !== undefined) {
        const message = `Invalid ${wrong.field.slice(0, wrong.field.indexOf('A'))} address : ${wrong.address}`;
        return { statusCode: 'INVALID_EMAIL_ADDRESS', message, fields: [wrong.field, wrong.address] };
    }
    if (target instanceof Id && target.prefix === '005') return refuseToUser(email);
    const hasBody = ['plainTextBody', 'htmlBody', 'templateId'].some((field) => email.get(field) !== null);
    return hasBody ? undefined : missing('Missing body, need at least one of html or plainText');
}

function refuseToUser(email: BeanObject): DmlRowError | undefined {
    if (email.get('saveAsActivity') === true) {
        const message = 'saveAsActivity must be false when sending mail to users.';
        return { statusCode: 'INVALID_SAVE_AS_ACTIVITY_FLAG', message, fields: ['saveAsActivity', 'true'] };
    }
    return undefined;
}

function missing(message: string, ...fields: readonly string[]): DmlRowError {
    return { statusCode: 'REQUIRED_FIELD_MISSING', message, fields };
}

function textsOf(rt: Runtime, list: unknown): string[] {
    return list === null ? [] : elementsOf(rt, list).map((item) => rt.toText(item));
}

/** An address, or the id of a contact, lead or user that has one. */
function isAddress(text: string): boolean {
    const [name = '', domain = '', ...rest] = text.split('@');
    const isMail = rest.length === 0 && name !== '' && domain.includes('.') && !/[\s,;<>]/.test(text);
    return isMail || Id.tryParse(text) !== undefined;
}
