import type { XmlAttribute, XmlDeclaration, XmlName } from './xml-names.ts';

/** What a document consists of, in order. */
export type XmlEvent =
    | {
          readonly kind: 'start';
          readonly name: XmlName;
          readonly attributes: readonly XmlAttribute[];
          readonly declarations: readonly XmlDeclaration[];
      }
    | { readonly kind: 'end'; readonly name: XmlName }
    | { readonly kind: 'text' | 'cdata' | 'comment'; readonly text: string }
    | { readonly kind: 'instruction'; readonly target: string; readonly data: string };

/** A document that is not well-formed. */
export class XmlSyntaxError extends Error {}

const NAME = /[\p{L}_][\p{L}\p{N}_.\-·:]*/uy;
const SPACE = /\s*/y;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

/**
 * Reads a document with its namespaces. Document types are refused: they could name files and addresses, and none is
 * needed by data. Where `hasNamespaces` is false, names stand as they are written and `xmlns` is an attribute like others.
 * Throws XmlSyntaxError.
 */
export function* readXml(text: string, hasNamespaces = true): Generator<XmlEvent> {
    yield* new XmlScanner(text.startsWith('\uFEFF') ? text.slice(1) : text, hasNamespaces).events();
}

interface OpenElement {
    readonly name: XmlName;
    readonly scope: ReadonlyMap<string, string>;
}

class XmlScanner {
    readonly #text: string;
    readonly #hasNamespaces: boolean;
    readonly #open: OpenElement[] = [];
    #at = 0;
    #hasRoot = false;

    constructor(text: string, hasNamespaces: boolean) {
        this.#text = text;
        this.#hasNamespaces = hasNamespaces;
    }

    *events(): Generator<XmlEvent> {
        this.#skipDeclaration();
        while (this.#at < this.#text.length) {
            if (this.#text.charAt(this.#at) === '<') yield* this.#markup();
            else yield* this.#characters();
        }
        const unclosed = this.#open.at(-1);
        if (unclosed !== undefined) throw this.#error(`element ${unclosed.name.local} is not closed`);
        if (!this.#hasRoot) throw this.#error('the document has no element');
    }

    #skipDeclaration(): void {
        if (this.#text.startsWith('<?xml') && /\s/.test(this.#text.charAt(5))) this.#until('?>');
    }

    *#characters(): Generator<XmlEvent> {
        const end = this.#text.indexOf('<', this.#at);
        const raw = this.#text.slice(this.#at, end === -1 ? undefined : end);
        this.#at += raw.length;
        if (this.#open.length === 0) {
            if (raw.trim() !== '') throw this.#error('text outside of the document element');
            return;
        }
        if (raw.includes(']]>')) throw this.#error(']]> in text');
        yield { kind: 'text', text: this.#decode(normalize(raw)) };
    }

    *#markup(): Generator<XmlEvent> {
        if (this.#accept('<!--')) yield { kind: 'comment', text: this.#until('-->') };
        else if (this.#accept('<![CDATA[')) yield { kind: 'cdata', text: normalize(this.#until(']]>')) };
        else if (this.#accept('<?')) yield this.#instruction();
        else if (this.#accept('</')) yield this.#endTag();
        else if (this.#accept('<!')) throw this.#error('a document type is not allowed');
        else yield* this.#startTag();
    }

    #instruction(): XmlEvent {
        const [, target = '', data = ''] = /^(\S*)\s*([^]*)$/.exec(this.#until('?>')) ?? [];
        return { kind: 'instruction', target, data };
    }

    *#startTag(): Generator<XmlEvent> {
        this.#at += 1;
        if (this.#open.length === 0 && this.#hasRoot) throw this.#error('a second document element');
        this.#hasRoot = true;
        const qualifiedName = this.#name();
        const written = this.#attributes();
        const isEmpty = this.#accept('/>');
        if (!isEmpty && !this.#accept('>')) throw this.#error('a tag is not closed');
        const declarations = this.#hasNamespaces ? written.flatMap(declarationOf) : [];
        const scope = new Map(this.#open.at(-1)?.scope ?? [['xml', XML_NAMESPACE]]);
        declarations.forEach(({ prefix, namespace }) => scope.set(prefix, namespace));
        const name = this.#resolve(qualifiedName, scope, true);
        const attributes = written
            .filter((attribute) => !this.#hasNamespaces || declarationOf(attribute).length === 0)
            .map(({ name: attribute, value }) => ({ ...this.#resolve(attribute, scope, false), value }));
        yield { kind: 'start', name, attributes, declarations };
        if (isEmpty) yield { kind: 'end', name };
        else this.#open.push({ name, scope });
    }

    #attributes(): WrittenAttribute[] {
        const attributes: WrittenAttribute[] = [];
        for (;;) {
            const hasSpace = this.#space() > 0;
            const next = this.#text.charAt(this.#at);
            if (next === '>' || next === '/' || next === '') return attributes;
            if (!hasSpace) throw this.#error('a space is missing before an attribute');
            const name = this.#name();
            this.#space();
            if (!this.#accept('=')) throw this.#error(`attribute ${name} has no value`);
            this.#space();
            const quote = this.#text.charAt(this.#at);
            if (quote !== '"' && quote !== "'") throw this.#error(`the value of attribute ${name} is not quoted`);
            this.#at += 1;
            const raw = this.#until(quote);
            if (raw.includes('<')) throw this.#error(`< in the value of attribute ${name}`);
            if (attributes.some((other) => other.name === name)) throw this.#error(`attribute ${name} appears twice`);
            attributes.push({ name, value: this.#decode(raw.replaceAll(/[\t\r\n]/g, ' ')) });
        }
    }

    #endTag(): XmlEvent {
        const written = this.#name();
        this.#space();
        if (!this.#accept('>')) throw this.#error('a tag is not closed');
        const open = this.#open.pop();
        const expected = open === undefined ? '' : [open.name.prefix, open.name.local].filter(Boolean).join(':');
        if (open === undefined || written !== expected) throw this.#error(`end tag ${written} does not match`);
        return { kind: 'end', name: open.name };
    }

    /** The default namespace is for elements only. */
    #resolve(written: string, scope: ReadonlyMap<string, string>, isElement: boolean): XmlName {
        if (!this.#hasNamespaces) return { prefix: '', local: written, namespace: '' };
        const [first = '', second, ...rest] = written.split(':');
        if (rest.length > 0 || second === '') throw this.#error(`name ${written} is not a name`);
        if (second === undefined) {
            return { prefix: '', local: first, namespace: isElement ? (scope.get('') ?? '') : '' };
        }
        const namespace = scope.get(first);
        if (namespace === undefined) throw this.#error(`prefix ${first} is not bound to a namespace`);
        return { prefix: first, local: second, namespace };
    }

    #name(): string {
        NAME.lastIndex = this.#at;
        const name = NAME.exec(this.#text)?.[0];
        if (name === undefined) throw this.#error('a name is missing');
        this.#at += name.length;
        return name;
    }

    #space(): number {
        SPACE.lastIndex = this.#at;
        const length = SPACE.exec(this.#text)?.[0].length ?? 0;
        this.#at += length;
        return length;
    }

    #accept(text: string): boolean {
        if (!this.#text.startsWith(text, this.#at)) return false;
        this.#at += text.length;
        return true;
    }

    /** Text up to an end mark, which is read too. */
    #until(mark: string): string {
        const end = this.#text.indexOf(mark, this.#at);
        if (end === -1) throw this.#error(`${mark} is missing`);
        const text = this.#text.slice(this.#at, end);
        this.#at = end + mark.length;
        return text;
    }

    #decode(text: string): string {
        return text.replaceAll(/&([^;&\s]*);?/g, (written, name: string) => {
            const decoded = written.endsWith(';') ? (ENTITIES[name] ?? characterOf(name)) : undefined;
            if (decoded === undefined) throw this.#error(`entity ${written} is not known`);
            return decoded;
        });
    }

    #error(message: string): XmlSyntaxError {
        const line = this.#text.slice(0, this.#at).split('\n').length;
        return new XmlSyntaxError(`Failed to parse XML due to: ${message} (line ${line})`);
    }
}

interface WrittenAttribute {
    readonly name: string;
    readonly value: string;
}

function declarationOf({ name, value }: WrittenAttribute): XmlDeclaration[] {
    if (name === 'xmlns') return [{ prefix: '', namespace: value }];
    return name.startsWith('xmlns:') ? [{ prefix: name.slice('xmlns:'.length), namespace: value }] : [];
}

function characterOf(name: string): string | undefined {
    const [, hex, decimal] = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name) ?? [];
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return Number.isNaN(code) || code > 0x10ffff ? undefined : String.fromCodePoint(code);
}

/** Line ends are line feeds to whoever reads XML. */
function normalize(text: string): string {
    return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
}
