import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { declarationText, escapeAttribute, escapeText, qualified } from './xml-names.ts';

class XmlStreamWriterObject extends NativeObject {
    readonly className = 'System.XmlStreamWriter';
    text = '';
    /** Names of elements that are not closed yet. */
    readonly open: string[] = [];
    /** How the start tag that is being written ends; undefined when there is none. */
    tagEnd: '>' | '/>' | undefined;

    /** Writes content, behind a start tag that is still open. */
    write(text: string): void {
        this.text += (this.tagEnd ?? '') + text;
        this.tagEnd = undefined;
    }
}

function startTag(end: '>' | '/>') {
    return (
        rt: Runtime,
        self: XmlStreamWriterObject,
        prefix: string | null,
        local: string | null,
        _namespace: string | null
    ): void => {
        const name = qualified({ prefix: prefix ?? '', local: local ?? rt.nullPointer() });
        self.write(`<${name}`);
        self.tagEnd = end;
        if (end === '>') self.open.push(name);
    };
}

/** Into the start tag that is open. */
function addToTag(rt: Runtime, self: XmlStreamWriterObject, text: string): void {
    if (self.tagEnd === undefined) rt.throwNew('System.XmlException', 'Attribute not associated with any element');
    self.text += text;
}

function writeAttribute(
    rt: Runtime,
    self: XmlStreamWriterObject,
    prefix: string | null,
    _namespace: string | null,
    local: string | null,
    value: string | null
): void {
    const name = qualified({ prefix: prefix ?? '', local: local ?? rt.nullPointer() });
    addToTag(rt, self, ` ${name}="${escapeAttribute(value ?? rt.nullPointer())}"`);
}

function writeNamespace(
    rt: Runtime,
    self: XmlStreamWriterObject,
    prefix: string | null,
    namespace: string | null
): void {
    addToTag(rt, self, declarationText([{ prefix: prefix ?? '', namespace: namespace ?? '' }]));
}

function writeEndElement(rt: Runtime, self: XmlStreamWriterObject): void {
    const name = self.open.pop();
    if (name === undefined) {
        rt.throwNew('System.XmlException', 'No element is open');
    }
    self.write(`</${name}>`);
}

function writeEndDocument(rt: Runtime, self: XmlStreamWriterObject): void {
    while (self.open.length > 0) writeEndElement(rt, self);
    self.write('');
}

/** Writes what stands between two marks. */
function between(before: string, after: string, escape = (text: string): string => text) {
    return (rt: Runtime, self: XmlStreamWriterObject, text: string | null): void =>
        self.write(before + escape(text ?? rt.nullPointer()) + after);
}

function writeStartDocument(
    _rt: Runtime,
    self: XmlStreamWriterObject,
    encoding: string | null,
    version: string | null
): void {
    const encodingText = encoding === null ? '' : ` encoding="${encoding}"`;
    self.write(`<?xml version="${version ?? '1.0'}"${encodingText}?>`);
}

/** XmlStreamWriter (Apex Reference, System.XmlStreamWriter). Namespaces are written when code says so, and only then. */
export const xmlStreamWriterClass: NativeClass = nativeClass({
    name: 'System.XmlStreamWriter',
    constructors: { '()': () => new XmlStreamWriterObject() },
    methods: {
        'close()': () => undefined,
        'getXmlString()': (_rt, self: XmlStreamWriterObject) => self.text + (self.tagEnd ?? ''),
        'setDefaultNamespace(String)': () => undefined,
        'writeAttribute(String,String,String,String)': writeAttribute,
        'writeCData(String)': between('<![CDATA[', ']]>'),
        'writeCharacters(String)': between('', '', escapeText),
        'writeComment(String)': between('<!--', '-->'),
        'writeDefaultNamespace(String)': (rt, self: XmlStreamWriterObject, namespace: string | null) =>
            writeNamespace(rt, self, null, namespace),
        'writeEmptyElement(String,String,String)': startTag('/>'),
        'writeEndDocument()': writeEndDocument,
        'writeEndElement()': writeEndElement,
        'writeNamespace(String,String)': writeNamespace,
        'writeProcessingInstruction(String,String)': (
            rt,
            self: XmlStreamWriterObject,
            target: string | null,
            data: string | null
        ) => self.write(`<?${target ?? rt.nullPointer()} ${data ?? ''}?>`),
        'writeStartDocument(String,String)': writeStartDocument,
        'writeStartElement(String,String,String)': startTag('>')
    }
});
