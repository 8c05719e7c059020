import { crc32 } from 'node:zlib';
import { unzipSync, zipSync, type ZipOptions } from 'fflate';
import type { Datetime } from '../../../values/index.ts';
import { Blob } from '../../../values/index.ts';
import { type EnumValue, platformEnumValue } from '../../runtime/enum-value.ts';
import { hashOfString } from '../../runtime/hash.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType, STRING } from '../../types/apex-types.ts';
import { mapFrom, noNulls, stringList } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import { nativeClass, type NativeClass, type NativeMethod } from '../native.ts';

const ENTRY = platformType('Compression.ZipEntry');
const METHODS: Readonly<Record<number, string>> = { 0: 'STORED', 8: 'DEFLATED' };
const LEVELS: Readonly<Record<string, ZipOptions['level']>> = {
    BEST_COMPRESSION: 9,
    BEST_SPEED: 1,
    DEFAULT_LEVEL: 6,
    NO_COMPRESSION: 0
};

/** One file of an archive, read or to be written. */
class ZipEntryObject extends NativeObject {
    readonly className = 'Compression.ZipEntry';
    readonly name: string;
    content: Blob | null;
    comment: string | null = null;
    modified: Datetime | null = null;
    method: EnumValue | null = null;
    /** undefined until the archive is written. */
    compressedSize: number | undefined;

    constructor(name: string, content: Blob | null) {
        super();
        this.name = name;
        this.content = content;
    }

    override valueEquals(_rt: Runtime, other: NativeObject): boolean {
        return other instanceof ZipEntryObject && other.name === this.name;
    }

    override valueHash(): number {
        return hashOfString(this.name);
    }

    override valueText(): string {
        return this.name;
    }
}

class ZipWriterObject extends NativeObject {
    readonly className = 'Compression.ZipWriter';
    readonly entries = new Map<string, ZipEntryObject>();
    level: EnumValue = platformEnumValue('Compression.Level', 'DEFAULT_LEVEL');
    method: EnumValue = platformEnumValue('Compression.Method', 'DEFLATED');
}

class ZipReaderObject extends NativeObject {
    readonly className = 'Compression.ZipReader';
    readonly entries: ReadonlyMap<string, ZipEntryObject>;

    constructor(entries: ReadonlyMap<string, ZipEntryObject>) {
        super();
        this.entries = entries;
    }
}

function archive(writer: ZipWriterObject): Blob {
    const files: Record<string, [Uint8Array, ZipOptions]> = {};
    for (const [name, { content, comment, modified, method }] of writer.entries) {
        const isStored = (method ?? writer.method).name === 'STORED';
        const options = {
            level: isStored ? 0 : (LEVELS[writer.level.name] ?? 6),
            ...(comment !== null && { comment }),
            // Archives know no dates before 1980.
            mtime: modified?.ms ?? Date.UTC(1980, 0, 2)
        } as const;
        files[name] = [content?.bytes ?? new Uint8Array(), options];
    }
    return new Blob(zipSync(files));
}

function readArchive(rt: Runtime, data: Blob): ZipReaderObject {
    const entries = new Map<string, ZipEntryObject>();
    try {
        const sizes = new Map<string, { readonly size: number; readonly compression: number }>();
        const files = unzipSync(data.bytes, {
            filter(file) {
                sizes.set(file.name, file);
                return true;
            }
        });
        for (const [name, bytes] of Object.entries(files)) {
            const entry = new ZipEntryObject(name, new Blob(bytes));
            const info = sizes.get(name);
            entry.compressedSize = info?.size;
            entry.method = platformEnumValue('Compression.Method', METHODS[info?.compression ?? 8] ?? 'DEFLATED');
            entries.set(name, entry);
        }
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return rt.throwNew('Compression.ZipException', `The archive cannot be read: ${reason}`);
    }
    return new ZipReaderObject(entries);
}

function list(entries: ReadonlyMap<string, ZipEntryObject>): ApexList {
    return new ApexList(ENTRY, [...entries.values()]);
}

function entryNamed(rt: Runtime, { entries }: ZipReaderObject, name: string): ZipEntryObject {
    return entries.get(name) ?? rt.throwNew('Compression.ZipException', `No entry ${name} in the archive`);
}

function put(writer: ZipWriterObject, entry: ZipEntryObject): ZipEntryObject {
    writer.entries.set(entry.name, entry);
    return entry;
}

function size({ content }: ZipEntryObject): bigint {
    return BigInt(content?.size ?? 0);
}

/** Setters answer their object. */
function setter<T extends object, V>(set: (self: T, value: V) => void): NativeMethod {
    return noNulls((_rt: Runtime, self: T, value: V) => {
        set(self, value);
        return self;
    });
}

/** Compression (Apex Reference, Compression Namespace). */
export const compressionClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'Compression.ZipEntry',
        methods: {
            'equals(Object)': (rt, self, other) => rt.equals(self, other),
            'getComment()': (_rt, self: ZipEntryObject) => self.comment,
            'getCompressedSize()': (_rt, self: ZipEntryObject) => BigInt(self.compressedSize ?? -1),
            'getContent()': (_rt, self: ZipEntryObject) => self.content,
            'getCrc()': (_rt, self: ZipEntryObject) => BigInt(crc32(self.content?.bytes ?? new Uint8Array())),
            'getLastModifiedTime()': (_rt, self: ZipEntryObject) => self.modified,
            'getMethod()': (_rt, self: ZipEntryObject) => self.method,
            'getName()': (_rt, self: ZipEntryObject) => self.name,
            'getUncompressedSize()': (_rt, self: ZipEntryObject) => size(self),
            'hashcode()': (rt, self) => rt.hashCode(self),
            'setComment(String)': setter((self: ZipEntryObject, value: string) => {
                self.comment = value;
            }),
            'setContent(Blob)': setter((self: ZipEntryObject, value: Blob) => {
                self.content = value;
            }),
            'setLastModifiedTime(Datetime)': setter((self: ZipEntryObject, at: Datetime) => {
                self.modified = at;
            }),
            'setMethod(Method)': setter((self: ZipEntryObject, value: EnumValue) => {
                self.method = value;
            }),
            'toString()': (_rt, self: ZipEntryObject) => self.name
        }
    }),
    nativeClass({
        name: 'Compression.ZipWriter',
        constructors: { '()': () => new ZipWriterObject() },
        methods: {
            'addEntry(String,Blob)': noNulls((_rt, self: ZipWriterObject, name: string, content: Blob) =>
                put(self, new ZipEntryObject(name, content))
            ),
            'addEntry(ZipEntry)': noNulls((_rt, self: ZipWriterObject, entry: ZipEntryObject) => put(self, entry)),
            'getArchive()': (_rt, self: ZipWriterObject) => archive(self),
            'getEntries()': (_rt, self: ZipWriterObject) => list(self.entries),
            'getEntry(String)': noNulls((_rt, self: ZipWriterObject, name: string) => self.entries.get(name) ?? null),
            'getLevel()': (_rt, self: ZipWriterObject) => self.level,
            'getMethod()': (_rt, self: ZipWriterObject) => self.method,
            'removeEntry(String)': noNulls((_rt, self: ZipWriterObject, name: string) => {
                self.entries.delete(name);
            }),
            'setLevel(Level)': setter((self: ZipWriterObject, level: EnumValue) => {
                self.level = level;
            }),
            'setMethod(Method)': setter((self: ZipWriterObject, method: EnumValue) => {
                self.method = method;
            })
        }
    }),
    nativeClass({
        name: 'Compression.ZipReader',
        constructors: { '(Blob)': noNulls((rt, _type, data: Blob) => readArchive(rt, data)) },
        methods: {
            'extract(String)': noNulls((rt, self: ZipReaderObject, name: string) => entryNamed(rt, self, name).content),
            'extract(ZipEntry)': noNulls(
                (rt, self: ZipReaderObject, entry: ZipEntryObject) => entryNamed(rt, self, entry.name).content
            ),
            'getEntries()': (_rt, self: ZipReaderObject) => list(self.entries),
            'getEntriesMap()': (rt, self: ZipReaderObject) => mapFrom(rt, STRING, ENTRY, [...self.entries]),
            'getEntry(String)': noNulls((_rt, self: ZipReaderObject, name: string) => self.entries.get(name) ?? null),
            'getEntryNames()': (_rt, self: ZipReaderObject) => stringList([...self.entries.keys()])
        }
    })
];
