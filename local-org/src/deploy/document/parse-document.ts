import type { MetadataDocument, MetadataValue } from '../../org/metadata-registry.ts';
import { elementKinds, enumValues, isComplexType, type ElementKind } from './metadata-types.ts';
import { parseXml, XmlError, type Position, type XmlElement } from './parse-xml.ts';

export const METADATA_NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** Files of classes and triggers that editors write are often in the namespace of the Tooling API; both deploy. */
const NAMESPACES: ReadonlySet<string> = new Set([METADATA_NAMESPACE, 'urn:metadata.tooling.soap.sforce.com']);

/** An attribute that those editors add; the platform reads past it. */
const EDITOR_ATTRIBUTE = 'fqn';

export interface DocumentProblem extends Position {
    readonly message: string;
}

export type ParsedDocument =
    | { readonly ok: true; readonly document: MetadataDocument; readonly positions: ReadonlyMap<object, Position> }
    | { readonly ok: false; readonly problem: DocumentProblem };

/**
 * Reads a metadata file against the schema of its type. The first fault ends the reading, as on the platform, with its
 * text: `Element {namespace}foo invalid at this location in type PermissionSet`, `Element label is duplicated at this
 * location in type …`, `'x' is not a valid value for the enum '…'`, `Required field is missing: …`.
 *
 * @param root name of the root element, which is also the name of the schema type
 */
export function parseDocument(bytes: Uint8Array, root: string): ParsedDocument {
    try {
        const element = parseXml(new TextDecoder().decode(bytes));
        if (element.name !== root) {
            throw new XmlError(`Expected root element ${root} but found ${element.name}`, element.position);
        }
        const namespace = element.attributes.get('xmlns');
        if (namespace !== undefined && !NAMESPACES.has(namespace)) {
            throw new XmlError(`Element {${namespace}}${root} invalid at this location`, element.position);
        }
        const positions = new Map<object, Position>();
        return { ok: true, document: readComplex(element, root, positions), positions };
    } catch (error) {
        if (!(error instanceof XmlError)) {
            throw error;
        }
        return { ok: false, problem: { message: error.message, ...error.position } };
    }
}

/** Elements the schema requires and the platform fills in: a class without them is active, at the org's version. */
const DEFAULTED = new Set(['ApexClass', 'ApexTrigger'].flatMap((type) => [`${type}.apiVersion`, `${type}.status`]));

/** Elements of earlier API versions by what they are called now; the platform takes them from packages of those versions. */
const EARLIER_NAMES: ReadonlyMap<string, string> = new Map([['CustomObject.customSettingsVisibility', 'visibility']]);

function readComplex(element: XmlElement, type: string, positions: Map<object, Position>): MetadataDocument {
    const kinds = elementKinds(type) ?? new Map<string, ElementKind>();
    const document: Record<string, MetadataValue> = {};
    let previous = '';
    for (const given of [...attributeElements(element), ...element.children]) {
        const part = { ...given, name: EARLIER_NAMES.get(`${type}.${given.name}`) ?? given.name };
        const kind = kinds.get(part.name);
        if (!kind) {
            const location = `invalid at this location in type ${type}`;
            throw new XmlError(
                `Error parsing file: Element {${METADATA_NAMESPACE}}${part.name} ${location}`,
                part.position
            );
        }
        const before = document[part.name];
        if (before !== undefined && (!kind.repeated || previous !== part.name)) {
            throw new XmlError(
                `Error parsing file: Element ${part.name} is duplicated at this location in type ${type}`,
                part.position
            );
        }
        const value = readValue(part, kind, positions);
        document[part.name] = kind.repeated ? [...((before as string[] | undefined) ?? []), value] : value;
        previous = part.name;
    }
    for (const [name, kind] of kinds) {
        if (kind.required && document[name] === undefined && !DEFAULTED.has(`${type}.${name}`)) {
            throw new XmlError(`Required field is missing: ${name}`, element.position);
        }
    }
    positions.set(document, element.position);
    return document;
}

function attributeElements(element: XmlElement): XmlElement[] {
    return [...element.attributes]
        .filter(([name]) => name !== 'xmlns' && name !== EDITOR_ATTRIBUTE && !name.includes(':'))
        .map(([name, text]) => ({ name, text, attributes: new Map(), children: [], position: element.position }));
}

function readValue(
    element: XmlElement,
    kind: ElementKind,
    positions: Map<object, Position>
): string | MetadataDocument {
    if (kind.name === 'any') {
        return readTyped(element);
    }
    if (isComplexType(kind.name)) {
        return readComplex(element, kind.name, positions);
    }
    if (element.children.length > 0) {
        throw new XmlError(`Error parsing file: Simple type expected for element ${element.name}`, element.position);
    }
    return readScalar(element, kind.name);
}

function readScalar(element: XmlElement, kind: string): string {
    const text = kind === 'string' ? element.text : element.text.trim();
    if (kind === 'boolean' && !['true', 'false', '1', '0'].includes(text)) {
        throw new XmlError(`'${text}' is not a valid value for the type xsd:boolean`, element.position);
    }
    if (kind === 'number' && (text === '' || !Number.isFinite(Number(text)))) {
        throw new XmlError(`'${text}' is not a valid value for the type xsd:double`, element.position);
    }
    const allowed = enumValues(kind);
    if (allowed && !allowed.includes(text)) {
        throw new XmlError(`'${text}' is not a valid value for the enum '${kind}'`, element.position);
    }
    if (kind === 'boolean') {
        return text === 'true' || text === '1' ? 'true' : 'false';
    }
    return text;
}

/** `<value xsi:type="xsd:string">…`: the only elements whose type the file itself states. */
function readTyped(element: XmlElement): MetadataDocument {
    const type = element.attributes.get('xsi:type') ?? 'xsd:string';
    return element.attributes.get('xsi:nil') === 'true' ? { type } : { type, text: element.text };
}
