import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** One element of an XML file, in document order. */
export interface XmlElement {
    readonly name: string;
    readonly attributes: ReadonlyMap<string, string>;
    readonly children: readonly XmlElement[];
    /** Character data directly below the element. */
    readonly text: string;
    readonly position: Position;
}

/** 1-based, as deploy messages give them. */
export interface Position {
    readonly line: number;
    readonly column: number;
}

export class XmlError extends Error {
    readonly position: Position;

    constructor(message: string, position: Position) {
        super(message);
        this.position = position;
    }
}

const ATTRIBUTES = ':@';
const TEXT = '#text';

const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    trimValues: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    captureMetaData: true
});

type RawNode = Record<string, unknown>;

/** The root element. Throws XmlError when the text is not well-formed. */
export function parseXml(text: string): XmlElement {
    const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
    const valid = XMLValidator.validate(body);
    if (valid !== true) {
        throw new XmlError(valid.err.msg, { line: valid.err.line, column: valid.err.col });
    }
    const starts = lineStarts(body);
    const nodes = parser.parse(body) as RawNode[];
    const [root] = nodes.flatMap((node) => elementOf(node, starts) ?? []);
    if (!root) {
        throw new XmlError('Premature end of file.', { line: 1, column: 1 });
    }
    return root;
}

function elementOf(node: RawNode, starts: readonly number[]): XmlElement | undefined {
    const name = Object.keys(node).find((key) => key !== ATTRIBUTES);
    if (name === undefined || name === TEXT) {
        return undefined;
    }
    const content = node[name] as RawNode[];
    return {
        name,
        attributes: new Map(Object.entries((node[ATTRIBUTES] ?? {}) as Record<string, string>)),
        children: content.flatMap((child) => elementOf(child, starts) ?? []),
        text: content.map((child) => (typeof child[TEXT] === 'string' ? child[TEXT] : '')).join(''),
        position: positionOf(node, starts)
    };
}

function positionOf(node: RawNode, starts: readonly number[]): Position {
    const metadata = (node as Record<symbol, { startIndex?: number } | undefined>)[
        XMLParser.getMetaDataSymbol() as unknown as symbol
    ];
    const offset = metadata?.startIndex ?? 0;
    const line = starts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
}

function lineStarts(text: string): number[] {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
        starts.push(at + 1);
    }
    return starts;
}
