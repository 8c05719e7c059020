import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { BridgeError } from '../../lib/errors.ts';

/** A field that the connection publishes, and the field to which the other org subscribes it. */
export interface SharedField {
    readonly object: string;
    readonly source: string;
    readonly target: string;
}

const HEADER = ['object', 'source', 'target'] as const;

/**
 * Reads the published and subscribed fields, which only Setup shows: a CSV file with the columns object, source, target
 * (names of the source org's object, its field and the target's field), or a JSON array of such objects. Throws
 * S2S_FIELDS.
 */
export function readFieldList(path: string): SharedField[] {
    let content: string;
    try {
        content = readFileSync(path, 'utf8');
    } catch (cause) {
        throw wrong(path, 'it cannot be read', cause);
    }
    const rows = content.trimStart().startsWith('[') ? jsonRows(path, content) : csvRows(path, content);
    return rows.map((row, index) => {
        const odd = HEADER.find((name) => !/^[A-Za-z]\w*$/.test(row[name] ?? ''));
        if (odd !== undefined) throw wrong(path, `row ${index + 1} has no API name as ${odd}: "${row[odd] ?? ''}"`);
        return { object: row['object'], source: row['source'], target: row['target'] };
    });
}

type Row = Readonly<Record<string, string>>;

function jsonRows(path: string, content: string): Row[] {
    let value: unknown;
    try {
        value = JSON.parse(content);
    } catch (cause) {
        throw wrong(path, 'it is no JSON', cause);
    }
    return (value as unknown[]).map((row, index) => {
        const isText = typeof row === 'object' && row !== null && HEADER.every((name) => isString(row, name));
        if (!isText) throw wrong(path, `element ${index + 1} lacks one of ${HEADER.join(', ')}`);
        return row as Row;
    });
}

function isString(row: object, name: string): boolean {
    return typeof (row as Record<string, unknown>)[name] === 'string';
}

function csvRows(path: string, content: string): Row[] {
    let rows: string[][];
    try {
        rows = parse(content, { bom: true, trim: true, skip_empty_lines: true });
    } catch (cause) {
        throw wrong(path, (cause as Error).message, cause);
    }
    const [head = [], ...lines] = rows;
    const names = head.map((name) => name.toLowerCase());
    const missing = HEADER.find((name) => !names.includes(name));
    if (missing !== undefined) throw wrong(path, `its first line names no column "${missing}"`);
    return lines.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index]])));
}

function wrong(path: string, problem: string, cause?: unknown): BridgeError {
    return new BridgeError(
        'user',
        'S2S_FIELDS',
        `${path} is no list of fields: ${problem}.`,
        ['Write a CSV file whose first line is: object,source,target'],
        cause
    );
}
