import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { nativeClass, type NativeClass, type NativeMethod } from '../native.ts';
import { JsonWriter } from './json-writer.ts';
import { writeValue } from './serialize.ts';

export class JsonGeneratorObject extends NativeObject {
    readonly className = 'System.JSONGenerator';
    readonly writer: JsonWriter;
    closed = false;

    constructor(pretty: boolean) {
        super();
        this.writer = new JsonWriter(pretty);
    }
}

/** Runs one write; what does not fit where the generator stands is a System.JSONException. */
function write(rt: Runtime, generator: JsonGeneratorObject, work: (writer: JsonWriter) => void): void {
    if (generator.closed) {
        rt.throwNew('System.JSONException', 'Generator is closed');
    }
    try {
        work(generator.writer);
    } catch (error) {
        if (error instanceof RangeError) {
            rt.throwNew('System.JSONException', error.message);
        }
        throw error;
    }
}

function writeAny(rt: Runtime, self: JsonGeneratorObject, value: unknown): void {
    write(rt, self, (writer) => writeValue(rt, writer, value, false));
}

function writeNamed(rt: Runtime, self: JsonGeneratorObject, name: string | null, value: unknown): void {
    write(rt, self, (writer) => {
        writer.name(name ?? rt.nullPointer());
        writeValue(rt, writer, value, false);
    });
}

/** `writeX(value)` and `writeXField(name, value)` differ only in the type the compiler checks. */
const VALUE_KINDS = ['Blob', 'Boolean', 'Date', 'DateTime', 'Id', 'Number', 'Object', 'String', 'Time'];

function valueMethods(): Record<string, NativeMethod> {
    const methods: Record<string, NativeMethod> = {};
    for (const kind of VALUE_KINDS) {
        methods[`write${kind}/1`] = writeAny;
        methods[`write${kind}Field/2`] = writeNamed;
    }
    return methods;
}

function end(rt: Runtime, self: JsonGeneratorObject, kind: 'object' | 'array'): void {
    write(rt, self, (writer) => {
        if (writer.container !== kind) {
            throw new RangeError(`Current context not an ${kind.toUpperCase()}`);
        }
        writer.end();
    });
}

function asText(rt: Runtime, self: JsonGeneratorObject): string {
    while (!self.closed && self.writer.container !== undefined) {
        end(rt, self, self.writer.container);
    }
    self.closed = true;
    return self.writer.text;
}

/** JSONGenerator (Apex Reference, System.JSONGenerator). */
export const jsonGeneratorClass: NativeClass = nativeClass({
    name: 'System.JSONGenerator',
    methods: {
        ...valueMethods(),
        'close()': (rt, self: JsonGeneratorObject) => void asText(rt, self),
        'getAsString()': asText,
        'isClosed()': (_rt, self: JsonGeneratorObject) => self.closed,
        'writeEndArray()': (rt, self: JsonGeneratorObject) => end(rt, self, 'array'),
        'writeEndObject()': (rt, self: JsonGeneratorObject) => end(rt, self, 'object'),
        'writeFieldName(String)': (rt, self: JsonGeneratorObject, name: string | null) =>
            write(rt, self, (writer) => writer.name(name ?? rt.nullPointer())),
        'writeNull()': (rt, self: JsonGeneratorObject) => writeAny(rt, self, null),
        'writeNullField(String)': (rt, self: JsonGeneratorObject, name: string | null) =>
            writeNamed(rt, self, name, null),
        'writeStartArray()': (rt, self: JsonGeneratorObject) => write(rt, self, (writer) => writer.start('array')),
        'writeStartObject()': (rt, self: JsonGeneratorObject) => write(rt, self, (writer) => writer.start('object'))
    }
});
