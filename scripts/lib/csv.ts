import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';

/**
 * CSV as the Bulk API writes and reads it (RFC 4180).
 * Source: Bulk API 2.0 and Bulk API Developer Guide, Prepare CSV Files.
 */

/** Values of one row by column; an empty text stands for null. */
export type CsvRow = Readonly<Record<string, string>>;

/**
 * Rows of a file that arrives in pieces; the first line names the columns. Throws SyntaxError for a quote that never ends
 * and for a row with other columns than the first line.
 */
export async function* readCsv(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<CsvRow> {
    const rows = parse({ columns: true, record_delimiter: ['\r\n', '\n'], bom: true, skip_empty_lines: true });
    // A failure of the pieces is thrown by the rows, which end with it.
    pipeline(Readable.from(pieces), rows, () => undefined);
    try {
        yield* rows as AsyncIterable<CsvRow>;
    } catch (cause) {
        throw cause instanceof CsvError ? new SyntaxError(cause.message, { cause }) : cause;
    }
}

/** A line of cells, each in quotes. */
export function csvLine(cells: readonly string[]): string {
    return stringify([[...cells]], { quoted: true, quoted_empty: true });
}
