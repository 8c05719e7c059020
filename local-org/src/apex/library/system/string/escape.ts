import type { NativeMethod } from '../../native.ts';
import {
    escapeCsv,
    escapeEcmaScript,
    escapeJava,
    escapeUnicode,
    unescapeCsv,
    unescapeJava,
    unescapeUnicode
} from '../../text/escapes.ts';
import {
    escapeEntities,
    HTML3_ENTITIES,
    HTML4_ENTITIES,
    unescapeEntities,
    XML_ENTITIES
} from '../../text/html-entities.ts';

const plain = (convert: (text: string) => string): NativeMethod => {
    return (_rt, self: string) => convert(self);
};

export const escapeMethods: Readonly<Record<string, NativeMethod>> = {
    'escapeCsv()': plain(escapeCsv),
    'escapeEcmaScript()': plain(escapeEcmaScript),
    'escapeHtml3()': plain((text) => escapeEntities(text, HTML3_ENTITIES)),
    'escapeHtml4()': plain((text) => escapeEntities(text, HTML4_ENTITIES)),
    'escapeJava()': plain(escapeJava),
    'escapeUnicode()': plain(escapeUnicode),
    'escapeXml()': plain((text) => escapeEntities(text, XML_ENTITIES)),
    'unescapeCsv()': plain(unescapeCsv),
    'unescapeEcmaScript()': plain(unescapeJava),
    'unescapeHtml3()': plain((text) => unescapeEntities(text, HTML3_ENTITIES)),
    'unescapeHtml4()': plain((text) => unescapeEntities(text, HTML4_ENTITIES)),
    'unescapeJava()': plain(unescapeJava),
    'unescapeUnicode()': plain(unescapeUnicode),
    'unescapeXml()': plain((text) => unescapeEntities(text, XML_ENTITIES))
};
