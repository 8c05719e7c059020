import { createHash } from 'node:crypto';
import type { AnonymousUnit, TriggerDeclaration, TypeDeclaration } from './ast.ts';
import { CacheFolder } from '../../cache/cache-folder.ts';
import { parseAnonymous, parseClass, parseTrigger, type Parsed } from './parse.ts';
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

/** Blocks kept in memory, and the longest of them: a tool runs the same few again and again. */
const BLOCKS_KEPT = 50;
const LONGEST_BLOCK = 20_000;

const blocks = new Map<string, Parsed<AnonymousUnit>>();

/** Of anonymous code in memory only: what somebody runs may hold what must not reach a disk. */
export function parseAnonymousCached(source: string): Parsed<AnonymousUnit> {
    const known = blocks.get(source);
    if (known !== undefined) return known;
    const parsed = parseAnonymous(source);
    if (source.length <= LONGEST_BLOCK) {
        if (blocks.size >= BLOCKS_KEPT) blocks.clear();
        blocks.set(source, parsed);
    }
    return parsed;
}
