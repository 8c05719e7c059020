/** Codes of failed queries (SOAP API Guide, "Core Data Types: ExceptionCode"), and our own for what does not run here. */
export type SoqlErrorCode =
    | 'MALFORMED_QUERY'
    | 'INVALID_FIELD'
    | 'INVALID_TYPE'
    | 'INVALID_QUERY_FILTER_OPERATOR'
    | 'INSUFFICIENT_ACCESS'
    | 'NUMBER_OUTSIDE_VALID_RANGE'
    | 'NOT_SUPPORTED_LOCALLY';

export interface SoqlPosition {
    /** Zero-based character in the query text. */
    readonly offset: number;
    /** 1-based, as messages count them. */
    readonly row: number;
    readonly column: number;
}

export interface SoqlErrorData {
    readonly code: SoqlErrorCode;
    readonly detail: string;
    readonly text?: string;
    readonly offset?: number;
    /** Fields by object that the user may not read, for `QueryException.getInaccessibleFields`. */
    readonly inaccessibleFields?: ReadonlyMap<string, readonly string[]>;
}

/** A query that cannot run. `message` is what REST and Apex show, with an excerpt that points at the place. */
export class SoqlError extends Error {
    readonly errorCode: SoqlErrorCode;
    /** The sentence alone, as the Apex compiler reports it. */
    readonly detail: string;
    readonly position: SoqlPosition | undefined;
    readonly inaccessibleFields: ReadonlyMap<string, readonly string[]>;

    constructor({ code, detail, text, offset, inaccessibleFields }: SoqlErrorData) {
        const position = text === undefined || offset === undefined ? undefined : positionAt(text, offset);
        super(position === undefined ? detail : excerpt(text ?? '', position) + detail);
        this.errorCode = code;
        this.detail = detail;
        this.position = position;
        this.inaccessibleFields = inaccessibleFields ?? new Map();
    }
}

/** A clause or function of SOQL that exists on the platform and is not implemented here. */
export function notSupported(what: string, text?: string, offset?: number): SoqlError {
    const detail = `${what} is not supported by the local org`;
    return new SoqlError({
        code: 'NOT_SUPPORTED_LOCALLY',
        detail,
        ...(text !== undefined && offset !== undefined && { text, offset })
    });
}

export function unexpectedArgument(name: string, text: string, offset: number): SoqlError {
    return new SoqlError({ code: 'MALFORMED_QUERY', detail: `unexpected argument of function ${name}`, text, offset });
}

function positionAt(text: string, offset: number): SoqlPosition {
    const before = text.slice(0, offset).split('\n');
    return { offset, row: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** Characters of the query shown on either side of the place. */
const EXCERPT = 40;

function excerpt(text: string, { row, column }: SoqlPosition): string {
    const line = text.split('\n')[row - 1] ?? '';
    const start = Math.max(0, column - 1 - EXCERPT);
    const shown = line.slice(start, column - 1 + EXCERPT).trimEnd();
    return `\n${shown}\n${' '.repeat(column - 1 - start)}^\nERROR at Row:${row}:Column:${column}\n`;
}
