import { platformEnumValue } from '../../runtime/enum-value.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType } from '../../types/apex-types.ts';
import { allNoNulls } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { XmlSyntaxError } from './xml-events.ts';
import { parseTree, XmlNodeObject } from './xml-tree.ts';

const NODE = platformType('dom.XmlNode');

export class XmlDocumentObject extends NativeObject {
    readonly className = 'dom.Document';
    root: XmlNodeObject | undefined;
}

/** Parses a text; throws System.XmlException when it is not well-formed. */
export function loadDocument(rt: Runtime, text: string): XmlDocumentObject {
    const document = new XmlDocumentObject();
    load(rt, document, text);
    return document;
}

export function documentText({ root }: XmlDocumentObject): string {
    return `<?xml version="1.0" encoding="UTF-8"?>${root?.toXml() ?? ''}`;
}

function load(rt: Runtime, document: XmlDocumentObject, text: string): void {
    try {
        document.root = parseTree(text);
    } catch (error) {
        if (error instanceof XmlSyntaxError) rt.throwNew('System.XmlException', error.message);
        throw error;
    }
}

function newElement(name: string, namespace: string | null, prefix: string | null): XmlNodeObject {
    return XmlNodeObject.element({ local: name, namespace: namespace ?? '', prefix: prefix ?? '' });
}

function createRoot(
    rt: Runtime,
    document: XmlDocumentObject,
    name: string | null,
    namespace: string | null,
    prefix: string | null
): XmlNodeObject {
    const root = newElement(name ?? rt.nullPointer(), namespace, prefix);
    if (root.name.namespace !== '') root.declare(root.name.prefix, root.name.namespace);
    document.root = root;
    return root;
}

function addElement(
    rt: Runtime,
    self: XmlNodeObject,
    name: string | null,
    namespace: string | null,
    prefix: string | null
): XmlNodeObject {
    const known = namespace === null || prefix !== null ? undefined : self.prefixFor(namespace);
    const child = newElement(name ?? rt.nullPointer(), namespace, prefix ?? known ?? '');
    self.add(child);
    // An element without a namespace is taken out of a default one around it.
    child.declare(child.name.prefix, child.name.namespace);
    return child;
}

function addLeaf(kind: 'TEXT' | 'COMMENT') {
    return (_rt: Runtime, self: XmlNodeObject, text: string): XmlNodeObject => {
        const child = XmlNodeObject.leaf(kind, text);
        self.add(child);
        return child;
    };
}

function attributeValue(_rt: Runtime, self: XmlNodeObject, key: string, namespace: string | null): string | null {
    return self.attribute(key, namespace ?? '')?.value ?? null;
}

/** `setAttributeNs(key, value, keyNamespace, valueNamespace)`; the value's own namespace has no place in a document. */
function setAttributeNs(
    rt: Runtime,
    self: XmlNodeObject,
    key: string,
    value: string,
    namespace: string | null,
    _valueNamespace: string | null
): void {
    const uri = namespace ?? '';
    let prefix = uri === '' ? '' : self.prefixFor(uri);
    if (prefix === undefined || (prefix === '' && uri !== '')) {
        prefix = `ns${self.declarations.length}`;
        self.declare(prefix, uri);
    }
    self.setAttribute({ local: key, namespace: uri, prefix, value });
}

function removeAttribute(_rt: Runtime, self: XmlNodeObject, key: string, namespace: string | null): boolean {
    const attribute = self.attribute(key, namespace ?? '');
    if (attribute !== undefined) self.attributes.splice(self.attributes.indexOf(attribute), 1);
    return attribute !== undefined;
}

function attributeAt(rt: Runtime, self: XmlNodeObject, index: number): XmlNodeObject['attributes'][number] {
    return self.attributes[index] ?? rt.throwNew('System.ListException', `List index out of bounds: ${index}`);
}

function insertBefore(
    rt: Runtime,
    self: XmlNodeObject,
    child: XmlNodeObject | null,
    before: XmlNodeObject | null
): XmlNodeObject {
    const node = child ?? rt.nullPointer();
    self.add(node, before ?? undefined);
    return node;
}

function nodes(list: readonly XmlNodeObject[]): ApexList {
    return new ApexList(NODE, [...list]);
}

/** The text right inside an element; a comment's or text's own. */
function textOf(_rt: Runtime, self: XmlNodeObject): string {
    if (self.kind !== 'ELEMENT') return self.text;
    return self.children
        .filter(({ kind }) => kind === 'TEXT')
        .map(({ text }) => text)
        .join('');
}

function orNull(text: string | undefined): string | null {
    return text === undefined || text === '' ? null : text;
}

/** dom.Document and dom.XmlNode (Apex Reference, Dom Namespace). */
export const domClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'dom.Document',
        constructors: { '()': () => new XmlDocumentObject() },
        methods: {
            'createRootElement(String,String,String)': createRoot,
            'getRootElement()': (_rt, self: XmlDocumentObject) => self.root ?? null,
            ...allNoNulls({ 'load(String)': load }),
            'toXmlString()': (_rt, self: XmlDocumentObject) => documentText(self)
        }
    }),
    nativeClass({
        name: 'dom.XmlNode',
        methods: {
            'addChildElement(String,String,String)': addElement,
            ...allNoNulls({ 'addCommentNode(String)': addLeaf('COMMENT'), 'addTextNode(String)': addLeaf('TEXT') }),
            'getAttribute(String,String)': attributeValue,
            'getAttributeCount()': (_rt, self: XmlNodeObject) => self.attributes.length,
            'getAttributeKeyAt(Integer)': (rt, self: XmlNodeObject, index: number) =>
                attributeAt(rt, self, index).local,
            'getAttributeKeyNsAt(Integer)': (rt, self: XmlNodeObject, index: number) =>
                orNull(attributeAt(rt, self, index).namespace),
            'getAttributeValue(String,String)': attributeValue,
            'getAttributeValueNs(String,String)': () => null,
            'getChildElement(String,String)': (_rt, self: XmlNodeObject, name: string, namespace: string | null) =>
                self.elements.find(
                    (child) => child.name.local === name && child.name.namespace === (namespace ?? '')
                ) ?? null,
            'getChildElements()': (_rt, self: XmlNodeObject) => nodes(self.elements),
            'getChildren()': (_rt, self: XmlNodeObject) => nodes(self.children),
            'getName()': (_rt, self: XmlNodeObject) => orNull(self.name.local),
            'getNamespace()': (_rt, self: XmlNodeObject) => orNull(self.name.namespace),
            'getNamespaceFor(String)': (_rt, self: XmlNodeObject, prefix: string | null) =>
                self.namespaceFor(prefix ?? '') ?? null,
            'getNodeType()': (_rt, self: XmlNodeObject) => platformEnumValue('dom.XmlNodeType', self.kind),
            'getParent()': (_rt, self: XmlNodeObject) => self.parent ?? null,
            'getPrefixFor(String)': (_rt, self: XmlNodeObject, namespace: string | null) =>
                self.prefixFor(namespace ?? '') ?? null,
            'getText()': textOf,
            'insertBefore(Object,Object)': insertBefore,
            'removeAttribute(String,String)': removeAttribute,
            'removeChild(Object)': (rt, self: XmlNodeObject, child: XmlNodeObject | null) =>
                self.removeChild(child ?? rt.nullPointer()),
            ...allNoNulls({
                'setAttribute(String,String)': (_rt: Runtime, self: XmlNodeObject, key: string, value: string) =>
                    self.setAttribute({ local: key, namespace: '', prefix: '', value })
            }),
            'setAttributeNs(String,String,String,String)': setAttributeNs,
            'setNamespace(String,String)': (
                _rt,
                self: XmlNodeObject,
                prefix: string | null,
                namespace: string | null
            ) => self.declare(prefix ?? '', namespace ?? ''),
            'toXmlString()': (_rt, self: XmlNodeObject) => self.toXml()
        },
        extraSignatures: ['String toXmlString()']
    })
];
