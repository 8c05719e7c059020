import type { Runtime } from '../../runtime/runtime.ts';
import type { ApexType } from '../../types/types.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import type { TypeObject } from '../system/type.ts';
import { openingProblem, typedValue, untypedValue } from './deserialize.ts';
import { withJsonErrors } from './json-errors.ts';
import { JsonGeneratorObject } from './json-generator.ts';
import { JsonParserObject } from './json-parser.ts';
import { parseJson } from './json-value.ts';
import { serialize } from './serialize.ts';

function source(rt: Runtime, text: string | null): string {
    return text ?? rt.throwNew('System.NullPointerException', 'Argument cannot be null.');
}

/** `JSON.deserialize` and `deserializeStrict`, also used for arguments that come as JSON. */
export function deserializeJson(rt: Runtime, text: string, type: ApexType, strict: boolean): unknown {
    const target = { rt, source: text, strict };
    return withJsonErrors(rt, () => {
        const problem = openingProblem(target, type);
        if (problem !== undefined) throw problem;
        return typedValue(target, parseJson(text), type);
    });
}

function deserialize(strict: boolean) {
    return (rt: Runtime, text: string | null, type: TypeObject | null): unknown =>
        deserializeJson(rt, source(rt, text), type === null ? rt.nullPointer() : type.type, strict);
}

function deserializeUntyped(rt: Runtime, text: string | null): unknown {
    return withJsonErrors(rt, () => untypedValue(rt, parseJson(source(rt, text))));
}

/** JSON (Apex Reference, System.JSON). */
export const jsonClass: NativeClass = nativeClass({
    name: 'System.JSON',
    statics: {
        'createGenerator(Boolean)': (_rt, pretty: boolean) => new JsonGeneratorObject(pretty),
        'createParser(String)': (rt, text: string | null) => new JsonParserObject(source(rt, text)),
        'deserialize(String,Type)': deserialize(false),
        'deserializeStrict(String,Type)': deserialize(true),
        'deserializeUntyped(String)': deserializeUntyped,
        'serialize(Object)': (rt, value) => serialize(rt, value, { pretty: false, suppressNulls: false }),
        'serialize(Object,Boolean)': (rt, value, suppressNulls: boolean) =>
            serialize(rt, value, { pretty: false, suppressNulls }),
        'serializePretty(Object)': (rt, value) => serialize(rt, value, { pretty: true, suppressNulls: false }),
        'serializePretty(Object,Boolean)': (rt, value, suppressNulls: boolean) =>
            serialize(rt, value, { pretty: true, suppressNulls })
    }
});
