import type { ApexSource, CompileProblem } from '../engine.ts';
import { CacheFolder } from '../../cache/cache-folder.ts';
import { compilerVersion } from './compiler-version.ts';
import type { EncodedModule } from './module-codec.ts';
import { sourceKeys } from './source-keys.ts';

/** What compiling one file gave; all that a later run needs of it besides its declarations. */
export interface CompiledFile {
    /** False when the file has errors of syntax: then it declares nothing. */
    readonly parses: boolean;
    /** Its own; those of files it depends on are told anew. */
    readonly problems: readonly CompileProblem[];
    readonly unsupported: readonly CompileProblem[];
    /** Files it names, with the place of the first mention. */
    readonly dependencies: readonly (readonly [key: string, line: number, column: number])[];
    /** undefined when it, or what it depends on, has problems. */
    readonly module?: EncodedModule;
}

/** Results kept in memory; a deploy compiles the same files again and again. */
const KEPT = 2_000;

/**
 * Results of the compiler by what they were made from: the file, every file it can depend on, the schema, and the compiler
 * itself. Kept in memory and on disk, so that unchanged code is not compiled again, by no process.
 */
export class CompileCache {
    readonly #folder: CacheFolder;
    readonly #memory = new Map<string, CompiledFile>();

    constructor(folder = CacheFolder.named('apex-modules')) {
        this.#folder = folder;
    }

    /** Keys of files that are compiled together, in their order. */
    keysOf(sources: readonly ApexSource[], schemaKey: string): string[] {
        return sourceKeys(sources, `${compilerVersion()} ${schemaKey}`);
    }

    read(key: string): CompiledFile | undefined {
        let known = this.#memory.get(key);
        if (known === undefined) {
            const text = this.#folder.read(key);
            known = text === undefined ? undefined : (JSON.parse(text) as CompiledFile);
            if (known !== undefined) this.#remember(key, known);
        }
        return known;
    }

    write(key: string, file: CompiledFile): void {
        this.#remember(key, file);
        this.#folder.write(key, JSON.stringify(file));
    }

    #remember(key: string, file: CompiledFile): void {
        if (this.#memory.size >= KEPT) this.#memory.clear();
        this.#memory.set(key, file);
    }
}
