import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/** Text of a file in Bulk API's CSV (RFC 4180). Source: Bulk API 2.0 Developer Guide, Prepare CSV Files. */
export interface CsvFormat {
    readonly delimiter: string;
    readonly lineEnding: string;
}

const LINE_ENDINGS = ['\r\n', '\n', '\r'];

/** Rows of cells. Blank lines are left out. Throws CsvError for a quote that never ends or stands inside a cell. */
export function parseCsv(text: string, delimiter: string): string[][] {
    return parse(text, {
        delimiter,
        record_delimiter: LINE_ENDINGS,
        bom: true,
        skip_empty_lines: true,
        relax_column_count: true
    });
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

/** Every cell in quotes, as the platform writes them. */
export function writeCsv(rows: readonly (readonly string[])[], { delimiter, lineEnding }: CsvFormat): string {
    return stringify(rows as string[][], {
        delimiter,
        record_delimiter: lineEnding,
        quoted: true,
        quoted_empty: true
    });
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
