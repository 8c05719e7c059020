import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { threadId } from 'node:worker_threads';

/** Where this installation keeps what can be made again, unless `ORG_BRIDGE_CACHE` names another folder. */
const ROOT = fileURLToPath(new URL('../../../node_modules/.cache/org-bridge/', import.meta.url));

/** Files of a folder; past this the oldest half goes. */
const MOST_FILES = 6_000;

/**
 * Texts by key in a folder, each behind its checksum: an entry that is cut off, changed or not ours counts as absent.
 * Nothing here ever fails: a folder that cannot be written is an empty one.
 */
export class CacheFolder {
    readonly #folder: string;
    #isPruned = false;

    constructor(folder: string) {
        this.#folder = folder;
    }

    /** A folder of this installation. */
    static named(name: string): CacheFolder {
        return new CacheFolder(join(process.env.ORG_BRIDGE_CACHE ?? ROOT, name));
    }

    read(key: string): string | undefined {
        try {
            const file = readFileSync(this.#fileOf(key), 'utf8');
            const end = file.indexOf('\n');
            const text = file.slice(end + 1);
            return file.slice(0, end) === checksum(key, text) ? text : undefined;
        } catch {
            return undefined;
        }
    }

    write(key: string, text: string): void {
        try {
            mkdirSync(this.#folder, { recursive: true });
            this.#prune();
            // Two processes, and two orgs of one, may write one entry: each puts its own file in place as a whole.
            const draft = `${this.#fileOf(key)}.${process.pid}-${threadId}`;
            writeFileSync(draft, `${checksum(key, text)}\n${text}`);
            renameSync(draft, this.#fileOf(key));
        } catch {
            // A read-only installation works without the cache.
        }
    }

    #prune(): void {
        if (this.#isPruned) return;
        this.#isPruned = true;
        const files = readdirSync(this.#folder).map((name) => join(this.#folder, name));
        if (files.length <= MOST_FILES) return;
        const dated = files.map((file) => ({ file, written: statSync(file).mtimeMs }));
        dated.sort((left, right) => left.written - right.written);
        dated.slice(0, files.length - MOST_FILES / 2).forEach(({ file }) => rmSync(file, { force: true }));
    }

    #fileOf(key: string): string {
        return join(this.#folder, key);
    }
}

function checksum(key: string, text: string): string {
    return createHash('sha256').update(`${key}\n${text}`).digest('hex');
}
