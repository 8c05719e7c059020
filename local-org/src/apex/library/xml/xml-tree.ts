import { NativeObject } from '../../runtime/native-object.ts';
import { readXml, XmlSyntaxError } from './xml-events.ts';
import {
    declarationText,
    escapeAttribute,
    escapeText,
    qualified,
    type XmlAttribute,
    type XmlDeclaration,
    type XmlName
} from './xml-names.ts';

/** A node of a document: `dom.XmlNode`. */
export class XmlNodeObject extends NativeObject {
    readonly className = 'dom.XmlNode';
    readonly kind: 'ELEMENT' | 'TEXT' | 'COMMENT';
    /** Of an element. */
    name: XmlName;
    /** Of text and comments. */
    readonly text: string;
    parent: XmlNodeObject | undefined;
    readonly attributes: XmlAttribute[] = [];
    readonly declarations: XmlDeclaration[] = [];
    readonly children: XmlNodeObject[] = [];

    constructor(kind: XmlNodeObject['kind'], name: XmlName, text = '') {
        super();
        this.kind = kind;
        this.name = name;
        this.text = text;
    }

    static element(name: XmlName): XmlNodeObject {
        return new XmlNodeObject('ELEMENT', name);
    }

    static leaf(kind: 'TEXT' | 'COMMENT', text: string): XmlNodeObject {
        return new XmlNodeObject(kind, { prefix: '', local: '', namespace: '' }, text);
    }

    get elements(): XmlNodeObject[] {
        return this.children.filter(({ kind }) => kind === 'ELEMENT');
    }

    add(child: XmlNodeObject, before?: XmlNodeObject): void {
        child.parent?.removeChild(child);
        child.parent = this;
        const at = before === undefined ? -1 : this.children.indexOf(before);
        this.children.splice(at === -1 ? this.children.length : at, 0, child);
    }

    removeChild(child: XmlNodeObject): boolean {
        const at = this.children.indexOf(child);
        if (at === -1) return false;
        this.children.splice(at, 1);
        child.parent = undefined;
        return true;
    }

    /** Declares a namespace here, unless the prefix means it already. */
    declare(prefix: string, namespace: string): void {
        if ((this.namespaceFor(prefix) ?? '') === namespace) return;
        const own = this.declarations.findIndex((declaration) => declaration.prefix === prefix);
        this.declarations.splice(own === -1 ? this.declarations.length : own, 1, { prefix, namespace });
    }

    namespaceFor(prefix: string): string | undefined {
        const own = this.declarations.find((declaration) => declaration.prefix === prefix);
        return own?.namespace ?? this.parent?.namespaceFor(prefix);
    }

    prefixFor(namespace: string): string | undefined {
        const own = this.declarations.find((declaration) => declaration.namespace === namespace);
        return own?.prefix ?? this.parent?.prefixFor(namespace);
    }

    attribute(local: string, namespace: string): XmlAttribute | undefined {
        return this.attributes.find((attribute) => attribute.local === local && attribute.namespace === namespace);
    }

    setAttribute(attribute: XmlAttribute): void {
        const at = this.attributes.findIndex(
            (other) => other.local === attribute.local && other.namespace === attribute.namespace
        );
        this.attributes.splice(at === -1 ? this.attributes.length : at, 1, attribute);
    }

    toXml(): string {
        if (this.kind === 'TEXT') return escapeText(this.text);
        if (this.kind === 'COMMENT') return `<!--${this.text}-->`;
        const tag = qualified(this.name);
        const attributes = this.attributes.map((one) => ` ${qualified(one)}="${escapeAttribute(one.value)}"`).join('');
        const head = `<${tag}${declarationText(this.declarations)}${attributes}`;
        const content = this.children.map((child) => child.toXml()).join('');
        return content === '' ? `${head} />` : `${head}>${content}</${tag}>`;
    }
}

/** The document element of a text. Processing instructions and comments around it are left out. */
export function parseTree(text: string): XmlNodeObject {
    let root: XmlNodeObject | undefined;
    let current: XmlNodeObject | undefined;
    for (const event of readXml(text)) {
        if (event.kind === 'start') {
            const element = XmlNodeObject.element(event.name);
            element.attributes.push(...event.attributes);
            element.declarations.push(...event.declarations);
            current?.add(element);
            root ??= element;
            current = element;
        } else if (event.kind === 'end') {
            current = current?.parent;
        } else if (event.kind !== 'instruction') {
            current?.add(XmlNodeObject.leaf(event.kind === 'comment' ? 'COMMENT' : 'TEXT', event.text));
        }
    }
    if (root === undefined) throw new XmlSyntaxError('Failed to parse XML due to: the document has no element');
    return root;
}
