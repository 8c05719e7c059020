import { ORG_LIMITS } from '../../../org/org-limits.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls } from '../arguments.ts';
import { beanClass } from '../bean.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { extractInboundEmail } from './inbound-email.ts';
import { renderEmailTemplate, renderStoredTemplate } from './render-template.ts';
import { sendEmailMessage } from './send-draft.ts';
import { sendEmail } from './send-email.ts';

/** Classes of the Messaging namespace that only hold values. */
const HOLDERS = [
    'EmailAttachment',
    'EmailFileAttachment',
    'InboundEmail',
    'InboundEmail.AuthenticationResult',
    'InboundEmail.AuthenticationResultField',
    'InboundEmail.BinaryAttachment',
    'InboundEmail.Header',
    'InboundEmail.TextAttachment',
    'InboundEmailResult',
    'InboundEnvelope'
];

const EMAIL_DEFAULTS = { bccSender: false, saveAsActivity: true, useSignature: true, emailPriority: 'Normal' };
const SINGLE_DEFAULTS = {
    ...EMAIL_DEFAULTS,
    charset: 'UTF-8',
    oneClickPost: false,
    treatBodiesAsTemplate: false,
    treatTargetObjectAsRecipient: true,
    userMail: false
};

/** What a transaction has set aside of the mails that the org may send in a day. */
class Reserved {
    readonly counts = new Map<string, number>();
}

function reserve(rt: Runtime, limit: 'MassEmail' | 'SingleEmail', count: number): void {
    const { counts } = rt.tx.state(Reserved);
    const reserved = (counts.get(limit) ?? 0) + count;
    if (reserved > (ORG_LIMITS[limit] ?? 0)) {
        rt.throwNew('System.HandledException', 'The daily limit for the org would be exceeded by this request');
    }
    counts.set(limit, reserved);
}

/** Messaging (Apex Reference, Messaging Namespace). What is sent can be seen in the debug log. */
export const messagingClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'System.Messaging',
        statics: {
            'extractInboundEmail(Object,Boolean)': extractInboundEmail,
            'renderEmailTemplate(String,String,List)': renderEmailTemplate,
            'renderStoredEmailTemplate/3': renderStoredTemplate,
            'renderStoredEmailTemplate/4': renderStoredTemplate,
            'renderStoredEmailTemplate/5': renderStoredTemplate,
            'reserveMassEmailCapacity(Integer)': noNulls((rt, count: number) => reserve(rt, 'MassEmail', count)),
            'reserveSingleEmailCapacity(Integer)': noNulls((rt, count: number) => reserve(rt, 'SingleEmail', count)),
            'sendEmail(List)': sendEmail,
            'sendEmail(List,Boolean)': sendEmail,
            'sendEmailMessage(List)': sendEmailMessage,
            'sendEmailMessage(List,Boolean)': sendEmailMessage
        }
    }),
    beanClass('Messaging.Email', { readOnly: true }),
    beanClass('Messaging.SingleEmailMessage', { defaults: () => SINGLE_DEFAULTS }),
    beanClass('Messaging.MassEmailMessage', { defaults: () => EMAIL_DEFAULTS }),
    beanClass('Messaging.SendEmailResult', { readOnly: true }),
    beanClass('Messaging.SendEmailError', { readOnly: true }),
    ...HOLDERS.map((name) => beanClass(`Messaging.${name}`)),
    nativeClass({
        name: 'Messaging.InboundEmailHandler',
        methods: {
            'handleInboundEmail(InboundEmail,InboundEnvelope)': (rt, self: object, email, envelope) =>
                rt.invoke(self, 'handleInboundEmail', [email, envelope])
        }
    })
];
