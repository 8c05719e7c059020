import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { CacheFolder } from '../cache/cache-folder.ts';
import { codeVersion } from '../cache/code-version.ts';
import { lwcPackages } from './toolchain.ts';

/** Results kept in memory. */
const KEPT = 2_000;

let known: string | undefined;

/** Changes with the code of this folder and with the LWC compiler. */
function compilerVersion(): string {
    known ??= codeVersion({ folders: [fileURLToPath(new URL('./', import.meta.url))], packages: lwcPackages() });
    return known;
}

/**
 * What was worked out of files of bundles, by everything that decides it, in memory and on disk: for a file that is known
 * the LWC compiler and its parsers need not even be loaded. Results are plain data.
 */
export class FileResults<T> {
    readonly #kind: string;
    readonly #folder: CacheFolder;
    readonly #memory = new Map<string, T>();

    /** @param kind of the results; tells them apart from others of the same files */
    constructor(kind: string, folder = CacheFolder.named('lwc-files')) {
        this.#kind = kind;
        this.#folder = folder;
    }

    /**
     * The result for a file, worked out when it is not known.
     *
     * @param identity what decides the result besides the text of the file
     */
    get(identity: readonly unknown[], source: string, work: () => T): T {
        const basis = JSON.stringify([compilerVersion(), this.#kind, identity]);
        const key = createHash('sha256').update(`${basis}\n${source}`).digest('hex').slice(0, 40);
        const kept = this.#memory.get(key);
        if (kept !== undefined) return kept;
        let result = this.#read(key);
        if (result === undefined) {
            result = work();
            this.#folder.write(key, JSON.stringify(result));
        }
        if (this.#memory.size >= KEPT) this.#memory.clear();
        this.#memory.set(key, result);
        return result;
    }

    #read(key: string): T | undefined {
        const text = this.#folder.read(key);
        return text === undefined ? undefined : (JSON.parse(text) as T);
    }
}
