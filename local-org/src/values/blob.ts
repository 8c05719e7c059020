const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Binary data; immutable by convention. */
export class Blob {
    readonly bytes: Uint8Array;

    constructor(bytes: Uint8Array) {
        this.bytes = bytes;
    }

    static fromText(text: string): Blob {
        return new Blob(encoder.encode(text));
    }

    get size(): number {
        return this.bytes.length;
    }

    /** The bytes as UTF-8 text. Throws TypeError when they are not. */
    toText(): string {
        return decoder.decode(this.bytes);
    }

    equals(other: Blob): boolean {
        return Buffer.compare(this.bytes, other.bytes) === 0;
    }

    toString(): string {
        return `Blob[${this.size}]`;
    }
}
