import { invalidInput, notSupportedLocally, platformError } from '../../http/api-error.ts';
import type { CsvFormat } from './csv.ts';

const DELIMITERS: Readonly<Record<string, string>> = {
    BACKQUOTE: '`',
    CARET: '^',
    COMMA: ',',
    PIPE: '|',
    SEMICOLON: ';',
    TAB: '\t'
};

const LINE_ENDINGS: Readonly<Record<string, string>> = { LF: '\n', CRLF: '\r\n' };

/** How the CSV of a job is written, by the platform's names. */
export interface JobFormat {
    readonly columnDelimiter: string;
    readonly lineEnding: string;
}

type Body = Readonly<Record<string, unknown>>;

export function readJobFormat(body: Body): JobFormat {
    const { contentType = 'CSV' } = body;
    if (contentType !== 'CSV') {
        throw invalidJob(`Unsupported content type: ${String(contentType)}`);
    }
    return {
        columnDelimiter: oneOf(DELIMITERS, body, 'columnDelimiter', 'COMMA'),
        lineEnding: oneOf(LINE_ENDINGS, body, 'lineEnding', 'LF')
    };
}

export function csvFormat({ columnDelimiter, lineEnding }: JobFormat): CsvFormat {
    return { delimiter: DELIMITERS[columnDelimiter], lineEnding: LINE_ENDINGS[lineEnding] };
}

function oneOf(known: Readonly<Record<string, string>>, body: Body, name: string, fallback: string): string {
    const { [name]: value = fallback } = body;
    if (typeof value !== 'string' || !(value in known)) {
        throw invalidJob(`Unable to parse ${name}: ${String(value)}`);
    }
    return value;
}

/** Refuses members of a job that the local org does not know. */
export function refuseOthers(body: Body, known: readonly string[]): void {
    for (const name of Object.keys(body)) {
        if (!known.includes(name)) {
            throw notSupportedLocally(`${name} of Bulk API jobs`);
        }
    }
}

export function requiredText(body: Body, name: string): string {
    const { [name]: value } = body;
    if (typeof value !== 'string' || value === '') {
        throw invalidInput(`The job needs a value for ${name}`);
    }
    return value;
}

export function invalidJob(message: string): Error {
    return platformError(400, 'INVALIDJOB', `InvalidJob : ${message}`);
}

export function invalidJobState(message: string): Error {
    return platformError(400, 'INVALIDJOBSTATE', message);
}
