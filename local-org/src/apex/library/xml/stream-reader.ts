import { platformEnum, type EnumValue } from '../../runtime/enum-value.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls } from '../arguments.ts';
import { nativeClass, type NativeClass, type NativeMethod } from '../native.ts';
import { notImplemented } from '../not-implemented.ts';
import { readXml, XmlSyntaxError, type XmlEvent } from './xml-events.ts';
import type { XmlAttribute, XmlDeclaration, XmlName } from './xml-names.ts';

/** Numbers of events are those of javax.xml.stream, which XmlTag lists in order from 1. */
const TAGS = { start: 1, end: 2, instruction: 3, text: 4, comment: 5, space: 6, startDocument: 7, endDocument: 8 };
const CDATA = 12;

type StartEvent = Extract<XmlEvent, { kind: 'start' }>;

class XmlStreamReaderObject extends NativeObject {
    readonly className = 'System.XmlStreamReader';
    readonly #text: string;
    #events: readonly XmlEvent[] = [];
    /** What is wrong with the namespaces: no error where they are not to be recognized. */
    #namespaceError: XmlSyntaxError | undefined;
    readonly #scopes: (readonly XmlDeclaration[])[] = [];
    #next = 0;
    #position: 'start' | 'inside' | 'end' = 'start';
    coalescing = false;

    /** Throws XmlSyntaxError. */
    constructor(text: string) {
        super();
        this.#text = text;
        this.read(true);
    }

    get hasBegun(): boolean {
        return this.#position !== 'start';
    }

    /** Throws XmlSyntaxError, but for wrong namespaces, which only `next` complains of. */
    read(hasNamespaces: boolean): void {
        this.#namespaceError = undefined;
        try {
            this.#events = [...readXml(this.#text, hasNamespaces)];
        } catch (error) {
            if (!(error instanceof XmlSyntaxError) || !hasNamespaces) throw error;
            this.#events = [...readXml(this.#text, false)];
            this.#namespaceError = error;
        }
    }

    get event(): XmlEvent | undefined {
        return this.#position === 'inside' ? this.#events[this.#next - 1] : undefined;
    }

    get start(): StartEvent | undefined {
        return this.event?.kind === 'start' ? this.event : undefined;
    }

    get name(): XmlName | undefined {
        const { event } = this;
        return event?.kind === 'start' || event?.kind === 'end' ? event.name : undefined;
    }

    get text(): string | undefined {
        const { event } = this;
        if (event?.kind === 'comment') return event.text;
        if (event?.kind !== 'text' && event?.kind !== 'cdata') return undefined;
        return this.coalescing ? this.#joined() : event.text;
    }

    get tag(): number {
        const { event } = this;
        if (event === undefined) return this.#position === 'start' ? TAGS.startDocument : TAGS.endDocument;
        if (event.kind === 'cdata') return this.coalescing ? TAGS.text : CDATA;
        return TAGS[event.kind];
    }

    get hasNext(): boolean {
        return this.#position !== 'end';
    }

    /** Throws XmlSyntaxError. */
    next(): void {
        if (this.#namespaceError !== undefined) throw this.#namespaceError;
        const last = this.event;
        if (last?.kind === 'end') this.#scopes.pop();
        if (this.coalescing) this.#skipJoined();
        this.#position = this.#next < this.#events.length ? 'inside' : 'end';
        this.#next += 1;
        if (this.start !== undefined) this.#scopes.push(this.start.declarations);
    }

    /** Namespace of a prefix here, innermost first. */
    namespaceOf(prefix: string): string | undefined {
        return this.#scopes.flat().findLast((declaration) => declaration.prefix === prefix)?.namespace;
    }

    #isText(index: number): boolean {
        const kind = this.#events[index]?.kind;
        return kind === 'text' || kind === 'cdata';
    }

    #joined(): string {
        let text = '';
        for (let index = this.#next - 1; this.#isText(index); index += 1) {
            text += (this.#events[index] as { readonly text: string }).text;
        }
        return text;
    }

    #skipJoined(): void {
        while (this.#isText(this.#next - 1) && this.#isText(this.#next)) this.#next += 1;
    }
}

function wellFormed<T>(rt: Runtime, read: () => T): T {
    try {
        return read();
    } catch (error) {
        if (error instanceof XmlSyntaxError) return rt.throwNew('System.XmlException', error.message);
        throw error;
    }
}

/** A reader of a text; throws System.XmlException when it is not well-formed. */
export function newStreamReader(rt: Runtime, text: string): XmlStreamReaderObject {
    return wellFormed(rt, () => new XmlStreamReaderObject(text));
}

/** Names are those of the whole document: what was read already cannot change. */
function setNamespaceAware(rt: Runtime, self: XmlStreamReaderObject, isAware: boolean): void {
    if (self.hasBegun) {
        notImplemented(rt, 'XmlStreamReader.setNamespaceAware behind the first event; call it before next()');
    }
    wellFormed(rt, () => self.read(isAware));
}

function tagOf(self: XmlStreamReaderObject): EnumValue {
    return platformEnum('System.XmlTag')[self.tag - 1];
}

function next(rt: Runtime, self: XmlStreamReaderObject): number {
    if (!self.hasNext) rt.throwNew('System.NoSuchElementException', 'No more elements in the XML stream');
    wellFormed(rt, () => self.next());
    return self.tag;
}

/** The next tag; only whitespace, comments and processing instructions may stand before it. */
function nextTag(rt: Runtime, self: XmlStreamReaderObject): number {
    for (;;) {
        const tag = next(rt, self);
        if (tag === TAGS.start || tag === TAGS.end) return tag;
        const mayBeSkipped = tag === TAGS.comment || tag === TAGS.instruction || (self.text ?? 'x').trim() === '';
        if (!mayBeSkipped) rt.throwNew('System.XmlException', 'Expected a start or end tag');
    }
}

function attribute(read: (attribute: XmlAttribute) => string): NativeMethod {
    return noNulls((rt, self: XmlStreamReaderObject, index: number) => {
        const found = start(rt, self).attributes[index];
        return found === undefined ? outOfBounds(rt, index) : orNull(read(found));
    });
}

function declaration(read: (declaration: XmlDeclaration) => string): NativeMethod {
    return noNulls((rt, self: XmlStreamReaderObject, index: number) => {
        const found = start(rt, self).declarations[index];
        return found === undefined ? outOfBounds(rt, index) : orNull(read(found));
    });
}

function outOfBounds(rt: Runtime, index: number): never {
    return rt.throwNew('System.ListException', `List index out of bounds: ${index}`);
}

function start(rt: Runtime, self: XmlStreamReaderObject): StartEvent {
    return self.start ?? rt.throwNew('System.XmlException', 'The current event is not a start element');
}

function nameOf(read: (name: XmlName) => string): NativeMethod {
    return (rt, self: XmlStreamReaderObject) => {
        const { name } = self;
        return name === undefined
            ? rt.throwNew('System.XmlException', 'The current event has no name')
            : orNull(read(name));
    };
}

function orNull(text: string): string | null {
    return text === '' ? null : text;
}

function is(kind: 'start' | 'end' | 'text'): NativeMethod {
    return (_rt, self: XmlStreamReaderObject) => self.tag === TAGS[kind];
}

function instruction(part: 'target' | 'data'): NativeMethod {
    return (_rt, { event }: XmlStreamReaderObject) => (event?.kind === 'instruction' ? event[part] : null);
}

/**
 * XmlStreamReader (Apex Reference, System.XmlStreamReader). The whole document is checked when it is made, its namespaces
 * when the first event is read.
 */
export const xmlStreamReaderClass: NativeClass = nativeClass({
    name: 'System.XmlStreamReader',
    constructors: { '(String)': (rt, _type, text: string | null) => newStreamReader(rt, text ?? rt.nullPointer()) },
    methods: {
        'getAttributeCount()': (rt, self: XmlStreamReaderObject) => start(rt, self).attributes.length,
        'getAttributeLocalName(Integer)': attribute(({ local }) => local),
        'getAttributeNamespace(Integer)': attribute(({ namespace }) => namespace),
        'getAttributePrefix(Integer)': attribute(({ prefix }) => prefix),
        'getAttributeType(Integer)': attribute(() => 'CDATA'),
        'getAttributeValue(String,String)': (
            rt,
            self: XmlStreamReaderObject,
            namespace: string | null,
            local: string
        ) =>
            start(rt, self).attributes.find(
                (one) => one.local === local && (namespace === null || one.namespace === namespace)
            )?.value ?? null,
        'getAttributeValueAt(Integer)': attribute(({ value }) => value),
        'getEventType()': (_rt, self: XmlStreamReaderObject) => tagOf(self),
        'getLocalName()': nameOf(({ local }) => local),
        'getNamespace()': nameOf(({ namespace }) => namespace),
        'getNamespaceCount()': (_rt, self: XmlStreamReaderObject) => self.start?.declarations.length ?? 0,
        'getNamespacePrefix(Integer)': declaration(({ prefix }) => prefix),
        'getNamespaceURI(String)': (_rt, self: XmlStreamReaderObject, prefix: string | null) =>
            self.namespaceOf(prefix ?? '') ?? null,
        'getNamespaceURIAt(Integer)': declaration(({ namespace }) => namespace),
        'getPIData()': instruction('data'),
        'getPITarget()': instruction('target'),
        'getPrefix()': nameOf(({ prefix }) => prefix),
        'getText()': (_rt, self: XmlStreamReaderObject) => self.text ?? null,
        'getVersion()': () => '1.0',
        'hasName()': (_rt, self: XmlStreamReaderObject) => self.name !== undefined,
        'hasNext()': (_rt, self: XmlStreamReaderObject) => self.hasNext,
        'hasText()': (_rt, self: XmlStreamReaderObject) => self.text !== undefined,
        'isCharacters()': is('text'),
        'isEndElement()': is('end'),
        'isStartElement()': is('start'),
        'isWhitespace()': (_rt, self: XmlStreamReaderObject) => self.text?.trim() === '',
        'next()': next,
        'nextTag()': nextTag,
        'setCoalescing(Boolean)': noNulls((_rt, self: XmlStreamReaderObject, coalescing: boolean) => {
            self.coalescing = coalescing;
        }),
        'setNamespaceAware(Boolean)': noNulls(setNamespaceAware)
    }
});
