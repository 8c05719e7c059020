import { nativeClass, type NativeClass } from '../native.ts';

/** Boolean (Apex Reference, System.Boolean): text other than "true" is false. */
export const booleanClass: NativeClass = nativeClass({
    name: 'System.Boolean',
    statics: {
        'valueOf(Object)': (rt, value: unknown) => {
            if (value === null) {
                return rt.nullPointer();
            }
            if (typeof value === 'boolean') {
                return value;
            }
            return typeof value === 'string'
                ? value.toLowerCase() === 'true'
                : rt.throwNew('System.TypeException', `Invalid boolean: ${rt.toText(value)}`);
        }
    },
    isInstance: (value) => typeof value === 'boolean'
});
