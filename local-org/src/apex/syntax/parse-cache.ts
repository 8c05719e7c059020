import { createHash } from 'node:crypto';
import type { TriggerDeclaration, TypeDeclaration } from './ast.ts';
import { CacheFolder } from './cache-folder.ts';
import { parseClass, parseTrigger, type Parsed } from './parse.ts';
import { treeVersion } from './tree-version.ts';

/** Files kept in memory; a deploy compiles the same ones again and again. */
const KEPT = 2_000;

const folder = CacheFolder.named('apex-trees');
const memory = new Map<string, Parsed<TypeDeclaration | TriggerDeclaration>>();

/**
 * A file's syntax tree, parsed once and then remembered, in memory and on disk. The grammar's first run over a language
 * construct costs many times a later one, so a second start of the engine reads trees instead of parsing.
 */
export function parseCached(kind: 'class' | 'trigger', source: string): Parsed<TypeDeclaration | TriggerDeclaration> {
    const key = createHash('sha256').update(`${treeVersion()} ${kind} ${source}`).digest('hex').slice(0, 40);
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
    if (parsed.ok) folder.write(key, JSON.stringify(parsed.unit));
    return parsed;
}

function readTree(key: string): Parsed<TypeDeclaration | TriggerDeclaration> | undefined {
    const text = folder.read(key);
    return text === undefined
        ? undefined
        : { ok: true, unit: JSON.parse(text) as TypeDeclaration | TriggerDeclaration };
}
