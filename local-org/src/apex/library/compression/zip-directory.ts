import { strFromU8 } from 'fflate';

/** What the central directory of an archive says of an entry beside its bytes. */
export interface ZipRecord {
    readonly name: string;
    readonly comment: string | null;
    /** Milliseconds since 1970-01-01 UTC. */
    readonly modified: number;
    /** Where the directory and the entry's own header keep the time: offsets in the archive. */
    readonly times: readonly [directory: number, header: number];
}

// Numbers of the format (PKWARE APPNOTE.TXT, 4.3.12 Central directory structure, 4.3.16 End of central directory record).
const DIRECTORY_END = 0x06054b50;
const DIRECTORY_END_SIZE = 22;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_ENTRY_SIZE = 46;
const HEADER_TIME = 10;
const IS_UTF8 = 0x800;
/** Extra field of Info-ZIP that holds the time in seconds of UTC. */
const EXTENDED_TIMESTAMP = 0x5455;

/** Years that an archive can tell: seven bits from 1980 on. */
export const ZIP_YEARS = { first: 1980, last: 2107 } as const;

/** The entries in the order of the directory; none of bytes that are no archive. */
export function zipRecords(bytes: Uint8Array): ZipRecord[] {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const records: ZipRecord[] = [];
    let at = directoryStart(view);
    while (at + DIRECTORY_ENTRY_SIZE <= view.byteLength && view.getUint32(at, true) === DIRECTORY_ENTRY) {
        const [nameSize = 0, extraSize = 0, commentSize = 0] = [28, 30, 32].map((place) =>
            view.getUint16(at + place, true)
        );
        const text = (from: number, size: number): string =>
            strFromU8(bytes.subarray(from, from + size), (view.getUint16(at + 8, true) & IS_UTF8) === 0);
        const name = at + DIRECTORY_ENTRY_SIZE;
        const comment = name + nameSize + extraSize;
        records.push({
            name: text(name, nameSize),
            comment: commentSize === 0 ? null : text(comment, commentSize),
            modified: utcTime(view, name + nameSize, extraSize) ?? timeOf(view.getUint32(at + 12, true)),
            times: [at + 12, view.getUint32(at + 42, true) + HEADER_TIME]
        });
        at = comment + commentSize;
    }
    return records;
}

function directoryStart(view: DataView): number {
    for (let at = view.byteLength - DIRECTORY_END_SIZE; at >= 0; at -= 1) {
        if (view.getUint32(at, true) === DIRECTORY_END) return view.getUint32(at + 16, true);
    }
    return view.byteLength;
}

function utcTime(view: DataView, from: number, size: number): number | undefined {
    for (let at = from; at + 4 <= from + size; at += 4 + view.getUint16(at + 2, true)) {
        const isTime = view.getUint16(at, true) === EXTENDED_TIMESTAMP && (view.getUint8(at + 4) & 1) === 1;
        if (isTime) return view.getInt32(at + 5, true) * 1000;
    }
    return undefined;
}

/** Of a date and time as MS-DOS packs them, in steps of two seconds; archives of an org tell it in GMT. */
function timeOf(packed: number): number {
    const bits = (from: number, count: number): number => (packed >>> from) & ((1 << count) - 1);
    return Date.UTC(
        ZIP_YEARS.first + bits(25, 7),
        bits(21, 4) - 1,
        bits(16, 5),
        bits(11, 5),
        bits(5, 6),
        bits(0, 5) * 2
    );
}

export function packedTime(ms: number): number {
    const at = new Date(ms);
    return (
        (((at.getUTCFullYear() - ZIP_YEARS.first) << 25) |
            ((at.getUTCMonth() + 1) << 21) |
            (at.getUTCDate() << 16) |
            (at.getUTCHours() << 11) |
            (at.getUTCMinutes() << 5) |
            (at.getUTCSeconds() >> 1)) >>>
        0
    );
}
