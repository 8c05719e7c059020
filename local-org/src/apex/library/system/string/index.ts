import { nativeClass, type NativeClass } from '../../native.ts';
import { characterTests } from './character-tests.ts';
import { escapeMethods } from './escape.ts';
import { partMethods } from './parts.ts';
import { searchMethods } from './search.ts';
import { stringStatics } from './statics.ts';
import { transformMethods } from './transform.ts';

/** String (Apex Reference, System.String). */
export const stringClass: NativeClass = nativeClass({
    name: 'System.String',
    statics: stringStatics,
    methods: { ...searchMethods, ...characterTests, ...partMethods, ...transformMethods, ...escapeMethods },
    extraSignatures: ['String toString()'],
    isInstance: (value) => typeof value === 'string'
});
