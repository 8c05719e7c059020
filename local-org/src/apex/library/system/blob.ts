import { Blob } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';

/** The UTF-8 text of a Blob; throws System.StringException when it is none. */
export function textOfBlob(rt: Runtime, blob: Blob): string {
    try {
        return blob.toText();
    } catch {
        return rt.throwNew('System.StringException', 'BLOB is not a valid UTF-8 string');
    }
}

/** Blob (Apex Reference, System.Blob). */
export const blobClass: NativeClass = nativeClass({
    name: 'System.Blob',
    statics: { 'valueOf(String)': noNulls((_rt, text: string) => Blob.fromText(text)) },
    methods: { 'size()': (_rt, self: Blob) => self.size, 'toString()': textOfBlob },
    isInstance: (value) => value instanceof Blob
});
