import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractInboundEmail } from '../../src/apex/library/messaging/inbound-email.ts';
import { Blob } from '../../src/values/index.ts';
import { fakeRuntime, thrownBy } from './fake-runtime.ts';
import type { BeanObject } from '../../src/apex/library/bean.ts';
import type { ApexList } from '../../src/apex/library/collections/apex-list.ts';

const rt = fakeRuntime();

const FORWARDED = [
    'From: c@example.com',
    'Subject: inner',
    'Content-Type: multipart/mixed; boundary=in',
    '',
    '--in',
    'Content-Type: text/plain',
    '',
    'inner text',
    '--in',
    'Content-Type: image/png; name="inner.png"',
    'Content-Transfer-Encoding: base64',
    '',
    'AQID',
    '--in--'
];

const MAIL = [
    'From: "Lee, Ann" <ann@example.com>',
    'To: bob@example.com, =?utf-8?Q?J=C3=BCrgen_K?= <jk@example.com>',
    'Cc: c@example.com',
    'Reply-To: <reply@example.com>',
    'Subject: =?utf-8?B?R3LDvMOfZQ==?= and',
    ' more',
    'Message-ID: <1@example.com>',
    'In-Reply-To: <0@example.com>',
    'References: <a@example.com> <0@example.com>',
    'Content-Type: multipart/mixed; boundary="out er"',
    '',
    'preamble',
    '--out er',
    'Content-Type: multipart/alternative; boundary=alt',
    '',
    '--alt',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'Gr=C3=BC=C3=9Fe, soft =  ',
    'break=3D',
    '--alt',
    'Content-Type: text/html; charset=iso-8859-1',
    '',
    '<p>\xfc</p>',
    '--alt--',
    '--out er',
    'Content-Type: text/csv; charset=utf-8; name="a.csv"',
    'Content-Disposition: attachment; filename="a.csv"',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('x;ä').toString('base64'),
    '--out er',
    'Content-Type: message/rfc822',
    '',
    ...FORWARDED,
    '--out er--'
];

function extract(lines: readonly string[], includeForwarded = false): BeanObject {
    const bytes = Buffer.from(lines.join('\r\n'), 'latin1');
    return extractInboundEmail(rt, new Blob(new Uint8Array(bytes)), includeForwarded);
}

function items(bean: BeanObject, property: string): unknown[] {
    return (bean.get(property) as ApexList).items;
}

test('a mail is read from its bytes', () => {
    const mail = extract(MAIL);
    assert.equal(mail.get('subject'), 'Grüße and more');
    assert.deepEqual([mail.get('fromAddress'), mail.get('fromName')], ['ann@example.com', 'Lee, Ann']);
    assert.deepEqual(items(mail, 'toAddresses'), ['bob@example.com', 'jk@example.com']);
    assert.deepEqual(items(mail, 'ccAddresses'), ['c@example.com']);
    assert.deepEqual(
        [mail.get('replyTo'), mail.get('messageId'), mail.get('inReplyTo')],
        ['reply@example.com', '<1@example.com>', '<0@example.com>']
    );
    assert.deepEqual(items(mail, 'references'), ['<a@example.com>', '<0@example.com>']);
    assert.equal(mail.get('plainTextBody'), 'Grüße, soft break=');
    assert.equal(mail.get('htmlBody'), '<p>ü</p>');
    assert.equal(items(mail, 'headers').length, 9);
});

test('attachments are texts or bytes, and an embedded mail is one', () => {
    const described = (mail: BeanObject): unknown[] =>
        (items(mail, 'binaryAttachments') as BeanObject[]).map((one) => [
            one.get('mimeTypeSubType'),
            one.get('fileName')
        ]);
    const mail = extract(MAIL);
    const [text] = items(mail, 'textAttachments') as BeanObject[];
    assert.deepEqual(
        [text?.get('fileName'), text?.get('body'), text?.get('mimeTypeSubType')],
        ['a.csv', 'x;ä', 'text/csv']
    );
    assert.deepEqual(described(mail), [['message/rfc822', null]]);
    assert.deepEqual(described(extract(MAIL, true)), [
        ['message/rfc822', null],
        ['image/png', 'inner.png']
    ]);
    const [embedded] = items(mail, 'binaryAttachments') as BeanObject[];
    const inner = extractInboundEmail(rt, embedded, true);
    assert.deepEqual([inner.get('subject'), inner.get('plainTextBody')], ['inner', 'inner text']);
    assert.deepEqual(described(inner), [['image/png', 'inner.png']]);
});

test('further texts of a mail are attachments, and so are cards and calendars without a type of their own', () => {
    const part = (...lines: readonly string[]): string[] => ['--b', ...lines.slice(0, -1), '', ...lines.slice(-1)];
    const mail = extract([
        'Content-Type: multipart/mixed; boundary=b',
        '',
        ...part('Content-Type: text/plain', 'first'),
        ...part('Content-Type: text/plain', 'second'),
        ...part('Content-Type: text/calendar; method=REQUEST', 'BEGIN:VCALENDAR'),
        ...part('Content-Type: application/octet-stream; name="Ann.VCF"', 'BEGIN:VCARD'),
        ...part('Content-Type: application/octet-stream; name="a.bin"', 'x'),
        '--b--'
    ]);
    assert.equal(mail.get('plainTextBody'), 'first');
    assert.deepEqual(
        (items(mail, 'textAttachments') as BeanObject[]).map((one) => [one.get('mimeTypeSubType'), one.get('body')]),
        [
            ['text/plain', 'second'],
            ['text/calendar', 'BEGIN:VCALENDAR'],
            ['text/x-vcard', 'BEGIN:VCARD']
        ]
    );
    assert.equal(items(mail, 'binaryAttachments').length, 1);
});

test('names in other alphabets, groups, long parameters and comments are read as the standards say', () => {
    const mail = extract([
        'From: =?utf-8?Q?Lee=2C_Ann?= <ann@example.com>',
        'To: Team: bob@example.com, "K, J" <jk@example.com>;',
        'Content-Type: multipart/mixed; boundary=b (the parts)',
        '',
        '--b',
        'Content-Type: text/plain; charset=windows-1252',
        '',
        'caf\xe9 \x80',
        '--b',
        'Content-Type: application/pdf',
        "Content-Disposition: attachment; filename*0*=utf-8''J%C3%BC;",
        ' filename*1*=rgen.pdf',
        '',
        'x',
        '--b--'
    ]);
    assert.deepEqual([mail.get('fromAddress'), mail.get('fromName')], ['ann@example.com', 'Lee, Ann']);
    assert.deepEqual(items(mail, 'toAddresses'), ['bob@example.com', 'jk@example.com']);
    assert.equal(mail.get('plainTextBody'), 'caf\u00e9 \u20ac');
    const [file] = items(mail, 'binaryAttachments') as BeanObject[];
    assert.equal(file?.get('fileName'), 'J\u00fcrgen.pdf');
});

test('a text without headers is a body, and other sources are refused', () => {
    const mail = extract(['just text']);
    assert.deepEqual([mail.get('plainTextBody'), mail.get('fromAddress')], ['just text', null]);
    assert.match(
        thrownBy(() => extractInboundEmail(rt, 'text', true)),
        /IllegalArgumentException: The source of an email must be a Blob/
    );
});
