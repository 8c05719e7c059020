import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { BridgeError } from '../lib/errors.ts';

/** How far a load has come. It holds ids of records and no values. */
export interface Progress {
    /** Last record that is done. */
    readonly last: string;
    /** Records up to it. */
    readonly done: number;
}

export interface Checkpoint {
    /** Undefined at the start. */
    readonly at: Progress | undefined;
    reached(progress: Progress): void;
    /** Takes the checkpoint away: the load is complete. */
    clear(): void;
}

/** A checkpoint in a file, one key for each pair of orgs and route. Throws CHECKPOINT_UNREADABLE for a file of another kind. */
export function fileCheckpoint(file: string, key: string): Checkpoint {
    return {
        get at() {
            return read(file)[key];
        },
        reached: (progress) => write(file, { ...read(file), [key]: progress }),
        clear() {
            const { [key]: _done, ...rest } = read(file);
            write(file, rest);
        }
    };
}

function read(file: string): Record<string, Progress> {
    let text: string;
    try {
        text = readFileSync(file, 'utf8');
    } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {};
        throw unreadable(file, cause);
    }
    try {
        return JSON.parse(text) as Record<string, Progress>;
    } catch (cause) {
        throw unreadable(file, cause);
    }
}

function unreadable(file: string, cause: unknown): BridgeError {
    return new BridgeError(
        'user',
        'CHECKPOINT_UNREADABLE',
        `${file} is no checkpoint of a load: ${String(cause)}`,
        ['Name another file with --checkpoint, or delete it: the load then starts over and skips what is there.'],
        cause
    );
}

function write(file: string, all: Record<string, Progress>): void {
    if (Object.keys(all).length === 0) {
        rmSync(file, { force: true });
        return;
    }
    mkdirSync(dirname(file), { recursive: true });
    // A kill leaves the old or the new file, never half of one.
    writeFileSync(`${file}.tmp`, JSON.stringify(all));
    renameSync(`${file}.tmp`, file);
}
