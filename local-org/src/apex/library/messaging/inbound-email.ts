import { Blob } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType } from '../../types/apex-types.ts';
import { stringList } from '../arguments.ts';
import { BeanObject } from '../bean.ts';
import { ApexList } from '../collections/apex-list.ts';
import { headerOf, mailboxes, parseMime, textOfPart, type MimeHeader, type MimePart } from './mime.ts';

const MESSAGE = 'message/rfc822';
const CLASS = 'Messaging.InboundEmail';

/**
 * `Messaging.extractInboundEmail` (Apex Reference, Messaging Class): a mail from its bytes, or from an attachment that is one.
 * An embedded mail is an attachment; its own attachments come too when they are asked for.
 */
export function extractInboundEmail(rt: Runtime, source: unknown, includeForwarded: boolean | null): BeanObject {
    const bytes = bytesOf(rt, source ?? rt.nullPointer());
    const mail = parseMime(bytes.bytes);
    const { plain, html } = bodiesOf(mail);
    const attached = [...attachmentsOf(mail, includeForwarded === true)];
    const text = (name: string): string | null => headerOf(mail.headers, name)?.value ?? null;
    const [sender] = mailboxes(headerOf(mail.headers, 'From'));
    const addresses = (name: string): ApexList =>
        stringList(mailboxes(headerOf(mail.headers, name)).map(({ address }) => address));
    return new BeanObject(CLASS, {
        subject: text('Subject'),
        fromAddress: sender?.address ?? null,
        fromName: sender?.name ?? null,
        toAddresses: addresses('To'),
        ccAddresses: addresses('Cc'),
        replyTo: mailboxes(headerOf(mail.headers, 'Reply-To'))[0]?.address ?? null,
        messageId: text('Message-ID'),
        inReplyTo: text('In-Reply-To'),
        references: stringList((text('References') ?? '').split(/\s+/).filter((id) => id !== '')),
        headers: headerList(mail.headers),
        plainTextBody: plain === undefined ? null : textOfPart(plain),
        plainTextBodyIsTruncated: false,
        htmlBody: html === undefined ? null : textOfPart(html),
        htmlBodyIsTruncated: false,
        textAttachments: new ApexList(
            platformType(`${CLASS}.TextAttachment`),
            attached.filter(isText).map(textAttachment)
        ),
        binaryAttachments: new ApexList(
            platformType(`${CLASS}.BinaryAttachment`),
            attached.filter((part) => !isText(part)).map(binaryAttachment)
        )
    });
}

function bytesOf(rt: Runtime, source: unknown): Blob {
    if (source instanceof Blob) return source;
    const attachment =
        source instanceof BeanObject && source.className === `${CLASS}.BinaryAttachment` ? source : undefined;
    const type = attachment?.get('mimeTypeSubType') ?? null;
    const body = attachment?.get('body');
    if (typeof type === 'string' && type.toLowerCase() === MESSAGE && body instanceof Blob) return body;
    const what = `a Blob, or an InboundEmail.BinaryAttachment of the type ${MESSAGE}`;
    return rt.throwNew('System.IllegalArgumentException', `The source of an email must be ${what}`);
}

function* leaves(part: MimePart): Generator<MimePart> {
    if (part.parts.length === 0) yield part;
    for (const inner of part.parts) yield* leaves(inner);
}

/** The parts that are the text of a mail, in both forms. */
function bodiesOf(mail: MimePart): Readonly<Record<'plain' | 'html', MimePart | undefined>> {
    const parts = [...leaves(mail)].filter(({ isAttachment }) => !isAttachment);
    return {
        plain: parts.find(({ type }) => type === 'text/plain'),
        html: parts.find(({ type }) => type === 'text/html')
    };
}

/** Everything that is no body, so that nothing of a mail is lost. */
function* attachmentsOf(mail: MimePart, includeForwarded: boolean): Generator<MimePart> {
    const { plain, html } = bodiesOf(mail);
    for (const part of leaves(mail)) {
        if (part === plain || part === html) continue;
        yield { ...part, type: attachedType(part) };
        if (part.type === MESSAGE && includeForwarded) yield* attachmentsOf(parseMime(part.body), true);
    }
}

/** Cards and calendars without a type of their own (Apex Reference, InboundEmail.TextAttachment Class, "Usage"). */
const TYPES_BY_EXTENSION: Readonly<Record<string, string>> = { vcf: 'text/x-vcard', vcs: 'text/calendar' };

function attachedType({ type, fileName }: MimePart): string {
    const extension = /\.(\w+)$/.exec(fileName ?? '')?.[1]?.toLowerCase() ?? '';
    return type === 'application/octet-stream' ? (TYPES_BY_EXTENSION[extension] ?? type) : type;
}

function isText({ type }: MimePart): boolean {
    return type.startsWith('text/');
}

function textAttachment(part: MimePart): BeanObject {
    return new BeanObject(`${CLASS}.TextAttachment`, {
        body: textOfPart(part),
        bodyIsTruncated: false,
        charset: part.charset,
        ...attachmentFields(part)
    });
}

function binaryAttachment(part: MimePart): BeanObject {
    return new BeanObject(`${CLASS}.BinaryAttachment`, {
        body: new Blob(new Uint8Array(part.body)),
        ...attachmentFields(part)
    });
}

function attachmentFields({ fileName, headers, type }: MimePart): Record<string, unknown> {
    return { fileName: fileName ?? null, headers: headerList(headers), mimeTypeSubType: type };
}

function headerList(headers: readonly MimeHeader[]): ApexList {
    const items = headers.map(({ name, value }) => new BeanObject(`${CLASS}.Header`, { name, value }));
    return new ApexList(platformType(`${CLASS}.Header`), items);
}
