import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

const END_OF_CENTRAL_DIRECTORY = 0x06054b50;
const CENTRAL_FILE_HEADER = 0x02014b50;
const DEFLATED = 8;

interface JarEntry {
    readonly method: number;
    readonly compressedSize: number;
    readonly headerOffset: number;
}

/**
 * Random access to the entries of a jar. The platform's type jars hold 6,000 classes of which a run needs a few dozen,
 * so only the directory is read up front and each class is inflated when asked for.
 */
export class Jar {
    readonly #file: number;
    readonly #entries: Map<string, JarEntry>;

    constructor(path: string) {
        this.#file = openSync(path, 'r');
        this.#entries = readDirectory(this.#file, path);
    }

    names(): Iterable<string> {
        return this.#entries.keys();
    }

    /** Bytes of an entry; undefined when there is none of that name. */
    read(name: string): Buffer | undefined {
        const entry = this.#entries.get(name);
        if (entry === undefined) {
            return undefined;
        }
        // The local header repeats the name and extra field with lengths of its own.
        const header = readAt(this.#file, entry.headerOffset, 30);
        const dataOffset = entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
        const data = readAt(this.#file, dataOffset, entry.compressedSize);
        return entry.method === DEFLATED ? inflateRawSync(data) : data;
    }

    close(): void {
        closeSync(this.#file);
    }
}

function readDirectory(file: number, path: string): Map<string, JarEntry> {
    const size = fstatSync(file).size;
    const tailLength = Math.min(size, 65_557);
    const tail = readAt(file, size - tailLength, tailLength);
    let end = tailLength - 22;
    while (end >= 0 && tail.readUInt32LE(end) !== END_OF_CENTRAL_DIRECTORY) {
        end -= 1;
    }
    if (end < 0) {
        throw new Error(`${path} is not a jar: it has no central directory. Run "npm ci" to install it again.`);
    }
    const directory = readAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
    const entries = new Map<string, JarEntry>();
    let at = 0;
    while (at < directory.length && directory.readUInt32LE(at) === CENTRAL_FILE_HEADER) {
        const nameLength = directory.readUInt16LE(at + 28);
        entries.set(directory.toString('utf8', at + 46, at + 46 + nameLength), {
            method: directory.readUInt16LE(at + 10),
            compressedSize: directory.readUInt32LE(at + 20),
            headerOffset: directory.readUInt32LE(at + 42)
        });
        at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    }
    return entries;
}

function readAt(file: number, position: number, length: number): Buffer {
    const buffer = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
        const count = readSync(file, buffer, done, length - done, position + done);
        if (count === 0) {
            throw new Error(`The jar ends ${length - done} bytes early. Run "npm ci" to install it again.`);
        }
        done += count;
    }
    return buffer;
}
