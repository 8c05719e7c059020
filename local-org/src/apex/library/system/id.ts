import { Id } from '../../../values/index.ts';
import { parseId } from '../../runtime/cast.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { sObjectType, type SObjectTypeToken } from '../schema/tokens.ts';

/** Prefixes that records of several objects share: comments, the rows of histories. No object is found by them. */
const SHARED_PREFIXES: ReadonlySet<string> = new Set(['00a', '017']);

function sObjectTypeOf(rt: Runtime, id: Id): SObjectTypeToken {
    const object = SHARED_PREFIXES.has(id.prefix) ? undefined : rt.org.schema.objectByKeyPrefix(id.prefix);
    return object === undefined
        ? rt.throwNew('System.SObjectException', `Cannot locate Apex Type for ID: ${id.value}`)
        : sObjectType(rt, object.name);
}

/** Id (Apex Reference, System.Id). */
export const idClass: NativeClass = nativeClass({
    name: 'System.Id',
    statics: {
        'valueOf(String)': noNulls(parseId),
        'valueOf(String,Boolean)': noNulls((rt, text: string) => parseId(rt, text))
    },
    methods: {
        'equals(String)': (_rt, self: Id, other: string | null) =>
            other !== null && Id.tryParse(other)?.value === self.value,
        'getSObjectType()': sObjectTypeOf,
        'to15()': (_rt, self: Id) => self.to15()
    },
    isInstance: (value) => value instanceof Id
});
