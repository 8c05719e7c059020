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

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const PIECE_BYTES = 1 << 18;

/**
 * Rows of a file, read piece by piece. Throws CsvError where `parseCsv` does, after the rows before it. In UTF-8 no byte of a
 * longer character looks like a quote or a line end.
 */
export function* readCsvRows(file: Uint8Array, delimiter: string, pieceBytes = PIECE_BYTES): Generator<string[]> {
    const decoder = new TextDecoder();
    let start = 0;
    let isQuoted = false;
    for (let at = 0; at < file.length; at += 1) {
        const byte = file[at];
        if (byte === QUOTE) isQuoted = !isQuoted;
        const isEnd = byte === LINE_FEED || (byte === CARRIAGE_RETURN && file[at + 1] !== LINE_FEED);
        if (isEnd && !isQuoted && at - start >= pieceBytes) {
            yield* parseCsv(decoder.decode(file.subarray(start, at + 1)), delimiter);
            start = at + 1;
        }
    }
    yield* parseCsv(decoder.decode(file.subarray(start)), delimiter);
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

const ROWS_AT_ONCE = 1000;

/** The bytes of a file, of which no more than some rows are text at a time. */
export function csvFile(header: readonly string[], rows: Iterable<readonly string[]>, format: CsvFormat): Uint8Array {
    const parts: Buffer[] = [];
    let open: (readonly string[])[] = [header];
    for (const row of rows) {
        open.push(row);
        if (open.length === ROWS_AT_ONCE) {
            parts.push(Buffer.from(writeCsv(open, format)));
            open = [];
        }
    }
    parts.push(Buffer.from(writeCsv(open, format)));
    return Buffer.concat(parts);
}
