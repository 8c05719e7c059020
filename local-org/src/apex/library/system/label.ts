import { textOf } from '../../../schema/document.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';

function exists(rt: Runtime, name: string): boolean {
    return rt.org.metadata.get('CustomLabel', name) !== undefined;
}

function get(rt: Runtime, _namespace: string, name: string): string {
    return exists(rt, name)
        ? (textOf(rt.org.metadata.get('CustomLabel', name)?.document, 'value') ?? '')
        : rt.throwNew('System.InvalidParameterValueException', `Custom label ${name} does not exist`);
}

/** Label (Apex Reference, System.Label). Labels of a local org have no translations: their own text is in English. */
export const labelClass: NativeClass = nativeClass({
    name: 'System.Label',
    statics: {
        'get(String,String)': noNulls(get),
        'get(String,String,String)': noNulls(get),
        'translationExists(String,String,String)': noNulls(
            (rt: Runtime, _namespace: string, name: string, language: string) =>
                exists(rt, name) && language.toLowerCase() === 'en_us'
        )
    }
});
