import './client-environment.ts';
import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { TreeContainer } from '@salesforce/source-deploy-retrieve';

/** Source files that exist in memory only, by path with forward slashes: what is secret in them never reaches the disk. */
export class MemoryTree extends TreeContainer {
    readonly #files: ReadonlyMap<string, Buffer>;
    readonly #folders = new Map<string, Set<string>>();

    constructor(files: ReadonlyMap<string, Buffer>) {
        super();
        this.#files = files;
        for (const path of files.keys()) {
            this.#enter(path);
        }
    }

    #enter(path: string): void {
        const folder = posix.dirname(path);
        const known = this.#folders.get(folder);
        this.#folders.set(folder, new Set([...(known ?? []), posix.basename(path)]));
        if (known === undefined && folder !== path) {
            this.#enter(folder);
        }
    }

    exists(path: string): boolean {
        return this.#files.has(path) || this.#folders.has(path);
    }

    isDirectory(path: string): boolean {
        return this.#folders.has(path);
    }

    readDirectory(path: string): string[] {
        return [...(this.#folders.get(path) ?? [])];
    }

    readFile(path: string): Promise<Buffer> {
        return Promise.resolve(this.readFileSync(path));
    }

    readFileSync(path: string): Buffer {
        const content = this.#files.get(path);
        if (content === undefined) {
            throw new Error(`There is no file ${path} in memory.`);
        }
        return content;
    }

    stream(path: string): Readable {
        return Readable.from([this.readFileSync(path)]);
    }
}
