import { Blob } from '../../../values/index.ts';
import { formDecode, formEncode } from '../../../values/text-encodings.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { allNoNulls } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';

function checkCharset(rt: Runtime, charset: string): void {
    if (!/^utf-?8$/i.test(charset)) {
        rt.throwNew('System.IllegalArgumentException', `Unsupported encoding: ${charset}`);
    }
}

function base64Decode(rt: Runtime, text: string): Blob {
    const compact = text.replace(/\s/g, '');
    if (!/^[A-Za-z0-9+/\-_]*={0,2}$/.test(compact)) {
        const wrong = /[^A-Za-z0-9+/\-_=]/.exec(compact)?.[0] ?? '=';
        rt.throwNew('System.StringException', `Unrecognized base64 character: ${wrong}`);
    }
    return new Blob(new Uint8Array(Buffer.from(compact, 'base64')));
}

function convertFromHex(rt: Runtime, text: string): Blob {
    return /^(?:[0-9a-fA-F]{2})*$/.test(text)
        ? new Blob(new Uint8Array(Buffer.from(text, 'hex')))
        : rt.throwNew('System.StringException', 'Invalid hexadecimal text');
}

function urlDecode(rt: Runtime, text: string, charset: string): string {
    checkCharset(rt, charset);
    try {
        return formDecode(text);
    } catch {
        return rt.throwNew('System.IllegalArgumentException', 'URLDecoder: Illegal hex characters in escape pattern');
    }
}

function urlEncode(rt: Runtime, text: string, charset: string): string {
    checkCharset(rt, charset);
    return formEncode(text);
}

/** EncodingUtil (Apex Reference, System.EncodingUtil). */
export const encodingUtilClass: NativeClass = nativeClass({
    name: 'System.EncodingUtil',
    statics: allNoNulls({
        'base64Decode(String)': base64Decode,
        'base64Encode(Blob)': (_rt, blob: Blob) => Buffer.from(blob.bytes).toString('base64'),
        'convertFromHex(String)': convertFromHex,
        'convertToHex(Blob)': (_rt, blob: Blob) => Buffer.from(blob.bytes).toString('hex'),
        'urlDecode(String,String)': urlDecode,
        'urlEncode(String,String)': urlEncode
    })
});
