/** Text of a file in Bulk API's CSV (RFC 4180). Source: Bulk API 2.0 Developer Guide, Prepare CSV Files. */
export interface CsvFormat {
    readonly delimiter: string;
    readonly lineEnding: string;
}

export class CsvError extends Error {}

/** Rows of cells. Blank lines are left out. Throws CsvError for a quote that never ends or stands inside a cell. */
export function parseCsv(text: string, delimiter: string): string[][] {
    const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
    const rows: string[][] = [];
    let row: string[] = [];
    let at = 0;
    while (at < source.length) {
        const { value, end } = source[at] === '"' ? quotedCell(source, at) : plainCell(source, at, delimiter);
        row.push(value);
        if (source[end] === delimiter) {
            at = end + 1;
            if (at === source.length) {
                row.push('');
            }
            continue;
        }
        at = afterLineEnd(source, end);
        if (row.length > 1 || row[0] !== '') {
            rows.push(row);
        }
        row = [];
    }
    return row.length > 0 ? [...rows, row] : rows;
}

interface Cell {
    readonly value: string;
    /** Index behind it. */
    readonly end: number;
}

function quotedCell(source: string, start: number): Cell {
    let value = '';
    let at = start + 1;
    for (;;) {
        const quote = source.indexOf('"', at);
        if (quote < 0) {
            throw new CsvError('a quote is not closed');
        }
        value += source.slice(at, quote);
        if (source[quote + 1] !== '"') {
            return { value, end: quote + 1 };
        }
        value += '"';
        at = quote + 2;
    }
}

function plainCell(source: string, start: number, delimiter: string): Cell {
    let end = start;
    while (end < source.length && source[end] !== delimiter && source[end] !== '\n' && source[end] !== '\r') {
        end += 1;
    }
    return { value: source.slice(start, end), end };
}

function afterLineEnd(source: string, at: number): number {
    if (at >= source.length) {
        return at;
    }
    if (source[at] === '\n') {
        return at + 1;
    }
    if (source[at] === '\r') {
        return source[at + 1] === '\n' ? at + 2 : at + 1;
    }
    throw new CsvError('text follows a closing quote');
}

/** Every cell in quotes, as the platform writes them. */
export function writeCsv(rows: readonly (readonly string[])[], { delimiter, lineEnding }: CsvFormat): string {
    return rows
        .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter) + lineEnding)
        .join('');
}
