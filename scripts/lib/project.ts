import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Absolute path of a file or folder of the project. */
export function projectPath(...segments: string[]): string {
    return join(projectRoot, ...segments);
}

export function readProjectJson<T>(...segments: string[]): T {
    return JSON.parse(readFileSync(projectPath(...segments), 'utf8')) as T;
}

/** API version of the project's metadata and of the tooling's requests, "67.0". */
export function sourceApiVersion(): string {
    return readProjectJson<{ sourceApiVersion: string }>('sfdx-project.json').sourceApiVersion;
}
