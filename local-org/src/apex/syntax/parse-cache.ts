import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TriggerDeclaration, TypeDeclaration } from './ast.ts';
import { parseClass, parseTrigger, type Parsed } from './parse.ts';

/** Changes with the syntax tree: trees of another version are not read. */
const TREE_VERSION = 1;

/** Files kept in memory; a deploy compiles the same ones again and again. */
const KEPT = 2_000;

const folder = fileURLToPath(new URL('../../../../node_modules/.cache/org-bridge/apex-trees/', import.meta.url));
const memory = new Map<string, Parsed<TypeDeclaration | TriggerDeclaration>>();

/**
 * A file's syntax tree, parsed once and then remembered, in memory and on disk. The grammar's first run over a language
 * construct costs many times a later one, so a second start of the engine reads trees instead of parsing.
 */
export function parseCached(kind: 'class' | 'trigger', source: string): Parsed<TypeDeclaration | TriggerDeclaration> {
    const key = createHash('sha256').update(`${TREE_VERSION} ${kind} ${source}`).digest('hex').slice(0, 40);
    let parsed = memory.get(key);
    if (parsed === undefined) {
        parsed = readTree(key) ?? parseAndWrite(kind, source, key);
        if (memory.size >= KEPT) memory.clear();
        memory.set(key, parsed);
    }
    return parsed;
}

function parseAndWrite(
    kind: 'class' | 'trigger',
    source: string,
    key: string
): Parsed<TypeDeclaration | TriggerDeclaration> {
    const parsed = kind === 'class' ? parseClass(source) : parseTrigger(source);
    if (parsed.ok) writeTree(key, parsed.unit);
    return parsed;
}

function fileOf(key: string): string {
    return join(folder, `${key}.json`);
}

function readTree(key: string): Parsed<TypeDeclaration | TriggerDeclaration> | undefined {
    try {
        return {
            ok: true,
            unit: JSON.parse(readFileSync(fileOf(key), 'utf8')) as TypeDeclaration | TriggerDeclaration
        };
    } catch {
        // Not there, or half written by a process that died: parsed again.
        return undefined;
    }
}

function writeTree(key: string, unit: TypeDeclaration | TriggerDeclaration): void {
    try {
        mkdirSync(folder, { recursive: true });
        const draft = `${fileOf(key)}.${process.pid}`;
        writeFileSync(draft, JSON.stringify(unit));
        renameSync(draft, fileOf(key));
    } catch {
        // A read-only installation works without the cache.
    }
}
