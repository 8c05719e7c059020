import { beanClass } from '../bean.ts';
import { nativeClass, type NativeClass } from '../native.ts';
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

/** Messaging (Apex Reference, Messaging Namespace). What is sent can be seen in the debug log. */
export const messagingClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'System.Messaging',
        statics: {
            'reserveMassEmailCapacity(Integer)': () => undefined,
            'reserveSingleEmailCapacity(Integer)': () => undefined,
            'sendEmail(List)': sendEmail,
            'sendEmail(List,Boolean)': sendEmail
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
