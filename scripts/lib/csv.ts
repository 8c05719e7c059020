/**
 * CSV as the Bulk API writes and reads it (RFC 4180), as a stream: no more than one row is held besides the chunk at hand.
 * Source: Bulk API 2.0 and Bulk API Developer Guide, Prepare CSV Files.
 */

/** Values of one row by column; an empty text stands for null. */
export type CsvRow = Readonly<Record<string, string>>;

/** Rows of a text that arrives in pieces; the first line names the columns. Throws SyntaxError for a quote that never ends. */
export async function* readCsv(pieces: AsyncIterable<string>): AsyncGenerator<CsvRow> {
    const reader = new CsvReader();
    let header: readonly string[] | undefined;
    for await (const piece of pieces) {
        for (const cells of reader.take(piece)) {
            if (header === undefined) header = cells;
            else yield rowOf(header, cells);
        }
    }
    const last = reader.end();
    if (last !== undefined && header !== undefined) yield rowOf(header, last);
}

function rowOf(header: readonly string[], cells: readonly string[]): CsvRow {
    return Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
}

/** Finds the cells of rows in pieces of text that may end anywhere. */
class CsvReader {
    #row: string[] = [];
    #cell = '';
    #quoted = false;
    /** The piece before ended with a quote inside a quoted cell: the next character says what it was. */
    #pendingQuote = false;

    *take(piece: string): Generator<readonly string[]> {
        let at = 0;
        while (at < piece.length) {
            at = this.#quoted ? this.#takeQuoted(piece, at) : this.#takePlain(piece, at);
            if (this.#isRowComplete) {
                this.#isRowComplete = false;
                if (this.#row.length > 1 || this.#row[0] !== '') yield this.#row;
                this.#row = [];
            }
        }
    }

    /** The row that no line end closed. */
    end(): readonly string[] | undefined {
        if (this.#quoted && !this.#pendingQuote) throw new SyntaxError('A quote of the CSV is not closed.');
        if (this.#row.length === 0 && this.#cell === '') return undefined;
        return [...this.#row, this.#cell];
    }

    #isRowComplete = false;

    #takeQuoted(piece: string, from: number): number {
        let at = from;
        if (this.#pendingQuote) {
            this.#pendingQuote = false;
            if (piece[at] !== '"') {
                this.#quoted = false;
                return at;
            }
            this.#cell += '"';
            at += 1;
        }
        const quote = piece.indexOf('"', at);
        this.#cell += piece.slice(at, quote < 0 ? undefined : quote);
        if (quote < 0) return piece.length;
        this.#pendingQuote = true;
        return quote + 1;
    }

    #takePlain(piece: string, from: number): number {
        if (piece[from] === '"' && this.#cell === '') {
            this.#quoted = true;
            return from + 1;
        }
        let end = from;
        while (end < piece.length && piece[end] !== ',' && piece[end] !== '\n') end += 1;
        this.#cell += piece.slice(from, end);
        if (end === piece.length) return end;
        this.#row.push(piece[end] === '\n' && this.#cell.endsWith('\r') ? this.#cell.slice(0, -1) : this.#cell);
        this.#cell = '';
        this.#isRowComplete = piece[end] === '\n';
        return end + 1;
    }
}

/** A line of cells, each in quotes. */
export function csvLine(cells: readonly string[]): string {
    return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
}
