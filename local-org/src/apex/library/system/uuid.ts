import { randomUUID } from 'node:crypto';
import { hashOfString } from '../../runtime/hash.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';

class UuidObject extends NativeObject {
    readonly className = 'System.UUID';
    readonly text: string;

    constructor(text: string) {
        super();
        this.text = text;
    }

    override valueEquals(_rt: Runtime, other: NativeObject): boolean {
        return other instanceof UuidObject && other.text === this.text;
    }

    override valueHash(): number {
        return hashOfString(this.text);
    }

    override jsonText(): string {
        return this.text;
    }

    override valueText(): string {
        return this.text;
    }
}

function fromString(rt: Runtime, text: string): UuidObject {
    return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
        ? new UuidObject(text.toLowerCase())
        : rt.throwNew('System.IllegalArgumentException', `Invalid UUID string: ${text}`);
}

/** UUID (Apex Reference, System.UUID), version 4. */
export const uuidClass: NativeClass = nativeClass({
    name: 'System.UUID',
    statics: { 'fromString(String)': noNulls(fromString), 'randomUUID()': () => new UuidObject(randomUUID()) },
    methods: {
        'equals(Object)': (rt, self, other) => rt.equals(self, other),
        'hashCode()': (rt, self) => rt.hashCode(self),
        'toString()': (_rt, self: UuidObject) => self.text
    }
});
