import { NativeObject } from '../../runtime/native-object.ts';
import { nativeClass, type NativeClass, type NativeProperty } from '../native.ts';

/** A `Database.DMLOptions`. Only what changes the outcome of a save is kept. */
export class DmlOptionsObject extends NativeObject {
    readonly className = 'Database.DMLOptions';
    optAllOrNone: boolean | null = null;
    localeOptions: string | null = null;
}

function property<K extends 'optAllOrNone' | 'localeOptions'>(name: K): NativeProperty {
    return {
        get: (_rt, self: DmlOptionsObject) => self[name],
        set: (_rt, self: DmlOptionsObject, value: DmlOptionsObject[K]) => {
            self[name] = value;
        }
    };
}

/** DMLOptions (Apex Reference, Database.DMLOptions): all or none is off unless set. */
export const dmlOptionsClass: NativeClass = nativeClass({
    name: 'Database.DMLOptions',
    constructors: { '()': () => new DmlOptionsObject() },
    properties: {
        OptAllOrNone: property('optAllOrNone'),
        LocaleOptions: property('localeOptions')
    }
});
