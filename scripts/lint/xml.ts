import { SaxesParser } from 'saxes';

/** 1-based; the column counts UTF-16 units, as editors do. */
export interface Position {
    readonly line: number;
    readonly column: number;
}

export interface XmlElement {
    readonly name: string;
    readonly children: readonly XmlElement[];
    /** Character data directly below the element, as written: lines of a list keep their breaks. */
    readonly rawText: string;
    /** `rawText` without the white space around it. */
    readonly text: string;
    /** Of the `<` that starts the element. */
    readonly position: Position;
    /** Of the first character behind the start tag. */
    readonly contentPosition: Position;
}

export interface XmlComment {
    readonly text: string;
    readonly position: Position;
    /** The line on which the comment ends. */
    readonly lastLine: number;
}

export interface XmlDocument {
    readonly root: XmlElement;
    readonly comments: readonly XmlComment[];
}

export class XmlError extends Error {
    readonly position: Position;

    constructor(message: string, position: Position) {
        super(message);
        this.name = 'XmlError';
        this.position = position;
    }
}

interface Building {
    readonly name: string;
    readonly children: XmlElement[];
    rawText: string;
    readonly position: Position;
    contentPosition: Position;
}

/** Throws XmlError at the first thing that is not well-formed. */
export function parseXml(source: string): XmlDocument {
    const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
    const parser = new SaxesParser({ position: true });
    const positionAt = positionFinder(text);
    const open: Building[] = [];
    const comments: XmlComment[] = [];
    let root: XmlElement | undefined;
    const here = (): Position => ({ line: parser.line, column: parser.columnIndex + 1 });
    const addText = (value: string): void => {
        const parent = open.at(-1);
        if (parent) {
            parent.rawText += value;
        }
    };
    parser.on('error', (error) => {
        throw new XmlError(withoutPosition(error.message), here());
    });
    parser.on('opentagstart', (tag) => {
        // The parser stands behind the name and the one character after it; a name has no line break in it.
        const end = parser.position - 1;
        const position = positionAt(text.lastIndexOf('<', end));
        open.push({ name: tag.name, children: [], rawText: '', position, contentPosition: position });
    });
    parser.on('opentag', () => {
        (open.at(-1) as Building).contentPosition = here();
    });
    parser.on('text', addText);
    parser.on('cdata', addText);
    parser.on('comment', (comment) => {
        const start = text.lastIndexOf('<!--', parser.position - 1);
        comments.push({ text: comment, position: positionAt(start), lastLine: parser.line });
    });
    parser.on('closetag', () => {
        const built = open.pop() as Building;
        const element: XmlElement = { ...built, text: built.rawText.trim() };
        const parent = open.at(-1);
        if (parent) {
            parent.children.push(element);
        } else {
            root = element;
        }
    });
    parser.write(text).close();
    if (!root) {
        throw new XmlError('there is no element', { line: 1, column: 1 });
    }
    return { root, comments };
}

/** saxes puts `line:column: ` in front of its messages. */
function withoutPosition(message: string): string {
    return message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
}

/** Looks offsets up in a table of line starts: files of permissions are long. */
function positionFinder(text: string): (offset: number) => Position {
    const starts = [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), (match) => match.index + match[0].length)];
    return (offset) => {
        let low = 0;
        let high = starts.length - 1;
        while (low < high) {
            const middle = Math.ceil((low + high) / 2);
            if (starts[middle] <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return { line: low + 1, column: offset - starts[low] + 1 };
    };
}

export function child(element: XmlElement, name: string): XmlElement | undefined {
    return element.children.find((candidate) => candidate.name === name);
}

export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
    return element.children.filter((candidate) => candidate.name === name);
}

/** Text of a child; undefined when the child is absent or empty. */
export function textOf(element: XmlElement, name: string): string | undefined {
    return child(element, name)?.text || undefined;
}

export function isTrue(element: XmlElement, name: string): boolean {
    return textOf(element, name) === 'true';
}

/** The element and everything below it, in document order. */
export function* descendants(element: XmlElement): Generator<XmlElement> {
    yield element;
    for (const below of element.children) {
        yield* descendants(below);
    }
}

/** Non-empty lines of an element that holds one value a line (callback URLs), each with its own position. */
export function linesOf(element: XmlElement): { readonly text: string; readonly position: Position }[] {
    const { line, column } = element.contentPosition;
    return element.rawText
        .split('\n')
        .map((row, index) => ({
            text: row.trim(),
            position: { line: line + index, column: (index === 0 ? column : 1) + row.length - row.trimStart().length }
        }))
        .filter((row) => row.text !== '');
}
