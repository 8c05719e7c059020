import { crc32 } from 'node:zlib';
import { unzipSync, zipSync, type ZipOptions } from 'fflate';
import { Blob, Datetime } from '../../../values/index.ts';
import { type EnumValue, platformEnumValue } from '../../runtime/enum-value.ts';
import { hashOfString } from '../../runtime/hash.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType, STRING } from '../../types/apex-types.ts';
import { mapFrom, noNulls, stringList } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import { ApexSet } from '../collections/apex-set.ts';
import { nativeClass, type NativeClass, type NativeMethod } from '../native.ts';
import { packedTime, ZIP_YEARS, zipRecords } from './zip-directory.ts';

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

    copy(): ZipEntryObject {
        return Object.assign(new ZipEntryObject(this.name, this.content), this);
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

function archive(rt: Runtime, writer: ZipWriterObject): Blob {
    const files: Record<string, [Uint8Array, ZipOptions]> = {};
    for (const [name, { content, comment, method }] of writer.entries) {
        const isStored = (method ?? writer.method).name === 'STORED';
        const level = isStored ? 0 : (LEVELS[writer.level.name] ?? 6);
        files[name] = [
            content?.bytes ?? new Uint8Array(),
            { level, mtime: PLACEHOLDER, ...(comment !== null && { comment }) }
        ];
    }
    const bytes = zipSync(files);
    stampTimes(bytes, ({ name }) => writer.entries.get(name)?.modified?.ms ?? rt.org.clock.now());
    return new Blob(bytes);
}

/** Any time that fflate takes: it would write that of the machine's zone, so times are put in place afterwards. */
const PLACEHOLDER = Date.UTC(2000, 0, 1);

function stampTimes(bytes: Uint8Array, timeOf: (record: { readonly name: string }) => number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (const record of zipRecords(bytes)) {
        for (const place of record.times) view.setUint32(place, packedTime(timeOf(record)), true);
    }
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
        for (const { name, comment, modified } of zipRecords(data.bytes)) {
            const [bytes, info] = [files[name], sizes.get(name)];
            if (bytes === undefined || info === undefined) continue;
            const entry = new ZipEntryObject(name, new Blob(bytes));
            entry.comment = comment;
            entry.modified = new Datetime(modified);
            entry.compressedSize = info.size;
            entry.method = platformEnumValue('Compression.Method', METHODS[info.compression] ?? 'DEFLATED');
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

function addDescribed(
    rt: Runtime,
    writer: ZipWriterObject,
    name: string | null,
    comment: string | null,
    modified: Datetime | null,
    method: EnumValue | null,
    content: Blob | null
): ZipEntryObject {
    if (name === null || content === null) return rt.nullPointer();
    const entry = new ZipEntryObject(name, content);
    if (modified !== null) setModified(rt, entry, modified);
    return put(writer, Object.assign(entry, { comment, method }));
}

function setModified(rt: Runtime, entry: ZipEntryObject, at: Datetime): ZipEntryObject {
    const year = new Date(at.ms).getUTCFullYear();
    if (year < ZIP_YEARS.first || year > ZIP_YEARS.last) {
        const range = `years ${ZIP_YEARS.first} to ${ZIP_YEARS.last}`;
        return rt.throwNew(
            'Compression.ZipException',
            `An archive holds times of the ${range} only, not ${rt.toText(at)}`
        );
    }
    entry.modified = at;
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
            'setComment(String)': (_rt, self: ZipEntryObject, value: string | null) => {
                self.comment = value;
                return self;
            },
            'setContent(Blob)': setter((self: ZipEntryObject, value: Blob) => {
                self.content = value;
            }),
            'setLastModifiedTime(Datetime)': noNulls(setModified),
            'setMethod(Method)': setter((self: ZipEntryObject, value: EnumValue) => {
                self.method = value;
            }),
            'toString()': (_rt, self: ZipEntryObject) => self.name
        }
    }),
    nativeClass({
        name: 'Compression.ZipWriter',
        extraSignatures: [
            'Compression.ZipEntry addEntry(String name, String comment, Datetime modTime, Compression.Method method, Blob data)',
            'Set<String> getEntryNames()'
        ],
        constructors: { '()': () => new ZipWriterObject() },
        methods: {
            'addEntry(String,Blob)': noNulls((_rt, self: ZipWriterObject, name: string, content: Blob) =>
                put(self, new ZipEntryObject(name, content))
            ),
            'addEntry(String,String,Datetime,Method,Blob)': addDescribed,
            'addEntry(ZipEntry)': noNulls((_rt, self: ZipWriterObject, prototype: ZipEntryObject) =>
                put(self, prototype.copy())
            ),
            'getArchive()': (rt, self: ZipWriterObject) => archive(rt, self),
            'getEntries()': (_rt, self: ZipWriterObject) => list(self.entries),
            'getEntry(String)': noNulls((_rt, self: ZipWriterObject, name: string) => self.entries.get(name) ?? null),
            'getEntryNames()': (rt, self: ZipWriterObject) => ApexSet.of(rt, STRING, self.entries.keys()),
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
            'getEntry(String)': noNulls(entryNamed),
            'getEntryNames()': (_rt, self: ZipReaderObject) => stringList([...self.entries.keys()])
        }
    })
];
