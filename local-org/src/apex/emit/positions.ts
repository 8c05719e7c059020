/** A place in generated text and the line of the source that stands there. */
export interface SourcePosition {
    /** 0-based. */
    readonly generatedLine: number;
    /** 0-based. */
    readonly generatedColumn: number;
    /** 1-based. */
    readonly line: number;
    /** Apex name of the variable that is declared there. */
    readonly name?: string | undefined;
}

/** Characters that no generated code holds: in literals they are escaped. */
const START = '\u0001';
const END = '\u0002';

/** Stands in the text while it is put together, until the places of everything in it are known. */
export function positionMark(line: number, name?: string): string {
    return `${START}${line}${name === undefined ? '' : `:${name}`}${END}`;
}

/** The text without its marks, and what they said. */
export function withoutPositions(marked: string): { readonly text: string; readonly positions: SourcePosition[] } {
    const [head = '', ...pieces] = marked.split(START);
    const positions: SourcePosition[] = [];
    const parts = [head];
    let place = after({ line: 0, column: 0 }, head);
    for (const piece of pieces) {
        const end = piece.indexOf(END);
        const [line = '', name] = piece.slice(0, end).split(':');
        positions.push({
            generatedLine: place.line,
            generatedColumn: place.column,
            line: Number(line),
            ...(name !== undefined && { name })
        });
        const rest = piece.slice(end + 1);
        parts.push(rest);
        place = after(place, rest);
    }
    return { text: parts.join(''), positions };
}

interface Place {
    readonly line: number;
    readonly column: number;
}

function after({ line, column }: Place, text: string): Place {
    const lastBreak = text.lastIndexOf('\n');
    if (lastBreak < 0) return { line, column: column + text.length };
    return { line: line + text.split('\n').length - 1, column: text.length - lastBreak - 1 };
}
