import { createHash } from 'node:crypto';
import type { ApexSource } from '../engine.ts';

/**
 * A key for each file that changes when the file does, or any that it can depend on. A file can depend on those whose name
 * stands in it as a word, and on what they can depend on in turn. Words of comments and literals count too: a key that
 * changes too often costs time, one that changes too seldom would be wrong.
 */
export function sourceKeys(sources: readonly ApexSource[], salt: string): string[] {
    const hashes = sources.map((source) => digest(JSON.stringify(source)));
    const byName = new Map<string, number>();
    sources.forEach(({ kind, name }, index) => kind === 'class' && byName.set(name.toLowerCase(), index));
    const named = sources.map(({ body }) => {
        const words = new Set(body.toLowerCase().match(/\w+/g));
        return [...words].flatMap((word) => byName.get(word) ?? []);
    });
    return sources.map((_, index) => {
        const reached = [...closure(index, named)].filter((one) => one !== index).map((one) => hashes[one]);
        return digest([salt, hashes[index], ...reached.sort()].join('\n'));
    });
}

function closure(start: number, named: readonly (readonly number[])[]): ReadonlySet<number> {
    const reached = new Set([start]);
    // A set that grows while it is walked hands out what was added too.
    for (const index of reached) named[index]?.forEach((next) => reached.add(next));
    return reached;
}

function digest(text: string): string {
    return createHash('sha256').update(text).digest('hex').slice(0, 40);
}
