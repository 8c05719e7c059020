/** Reader of Java class files: declarations only (JVM Specification, chapter 4). */

export interface ClassFile {
    readonly accessFlags: number;
    /** Internal form: `com/nawforce/runforce/System/String`. */
    readonly name: string;
    readonly superName: string | undefined;
    readonly interfaces: readonly string[];
    /** Generic signature; absent on classes without type parameters. */
    readonly signature: string | undefined;
    readonly fields: readonly ClassMember[];
    readonly methods: readonly ClassMember[];
}

export interface ClassMember {
    readonly accessFlags: number;
    readonly name: string;
    /** Generic signature when there is one, else the erased descriptor. */
    readonly type: string;
}

export const ACC_PUBLIC = 0x0001;
export const ACC_STATIC = 0x0008;
export const ACC_INTERFACE = 0x0200;
export const ACC_ABSTRACT = 0x0400;
export const ACC_SYNTHETIC = 0x1000;
export const ACC_ENUM = 0x4000;

type Constant = string | number | undefined;

const UTF8 = 1;
const CLASS = 7;
/** Bytes that follow the tag of a constant-pool entry we skip. */
const CONSTANT_SIZE: Readonly<Record<number, number>> = {
    3: 4,
    4: 4,
    5: 8,
    6: 8,
    8: 2,
    9: 4,
    10: 4,
    11: 4,
    12: 4,
    15: 3,
    16: 2,
    17: 4,
    18: 4,
    19: 2,
    20: 2
};

class Cursor {
    readonly #bytes: Buffer;
    #at = 0;

    constructor(bytes: Buffer) {
        this.#bytes = bytes;
    }

    u1(): number {
        return this.#bytes.readUInt8(this.#at++);
    }

    u2(): number {
        this.#at += 2;
        return this.#bytes.readUInt16BE(this.#at - 2);
    }

    u4(): number {
        this.#at += 4;
        return this.#bytes.readUInt32BE(this.#at - 4);
    }

    text(length: number): string {
        this.#at += length;
        return this.#bytes.toString('utf8', this.#at - length, this.#at);
    }

    skip(length: number): void {
        this.#at += length;
    }
}

export function readClassFile(bytes: Buffer): ClassFile {
    const cursor = new Cursor(bytes);
    if (cursor.u4() !== 0xcafebabe) {
        throw new Error('Not a Java class file.');
    }
    cursor.skip(4);
    const pool = readConstantPool(cursor);
    const text = (index: number): string => pool[index] as string;
    const className = (index: number): string | undefined => (index === 0 ? undefined : text(pool[index] as number));

    const accessFlags = cursor.u2();
    const name = className(cursor.u2()) as string;
    const superName = className(cursor.u2());
    const interfaces = Array.from({ length: cursor.u2() }, () => className(cursor.u2()) as string);
    const fields = readMembers(cursor, text);
    const methods = readMembers(cursor, text);
    const signature = readSignature(cursor, text);
    return { accessFlags, name, superName, interfaces, signature, fields, methods };
}

function readConstantPool(cursor: Cursor): Constant[] {
    const count = cursor.u2();
    const pool: Constant[] = new Array<Constant>(count);
    for (let index = 1; index < count; index += 1) {
        const tag = cursor.u1();
        if (tag === UTF8) {
            pool[index] = cursor.text(cursor.u2());
        } else if (tag === CLASS) {
            pool[index] = cursor.u2();
        } else {
            const size = CONSTANT_SIZE[tag];
            if (size === undefined) {
                throw new Error(`Unknown constant-pool tag ${tag}.`);
            }
            cursor.skip(size);
            // Long and Double take two slots.
            index += size === 8 ? 1 : 0;
        }
    }
    return pool;
}

function readMembers(cursor: Cursor, text: (index: number) => string): ClassMember[] {
    return Array.from({ length: cursor.u2() }, () => {
        const accessFlags = cursor.u2();
        const name = text(cursor.u2());
        const descriptor = text(cursor.u2());
        return { accessFlags, name, type: readSignature(cursor, text) ?? descriptor };
    });
}

/** Reads an attribute table and returns the Signature attribute, the only one of interest. */
function readSignature(cursor: Cursor, text: (index: number) => string): string | undefined {
    let signature: string | undefined;
    for (let remaining = cursor.u2(); remaining > 0; remaining -= 1) {
        const name = text(cursor.u2());
        const length = cursor.u4();
        if (name === 'Signature') {
            signature = text(cursor.u2());
        } else {
            cursor.skip(length);
        }
    }
    return signature;
}
