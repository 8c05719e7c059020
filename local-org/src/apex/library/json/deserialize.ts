import { Blob, ApexDate, Datetime, Decimal, Double, Id, Time } from '../../../values/index.ts';
import type { EnumValue } from '../../runtime/enum-value.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { listElement, mapEntry, OBJECT, setElement, STRING } from '../../types/apex-types.ts';
import type { ApexType, PrimitiveName } from '../../types/types.ts';
import { ApexList } from '../collections/apex-list.ts';
import { ApexMap } from '../collections/apex-map.ts';
import { ApexSet } from '../collections/apex-set.ts';
import { JsonSyntaxError, untypedNumber, type JsonToken } from './json-reader.ts';
import type { JsonEntry, JsonNode } from './json-value.ts';
import { readRecord } from './json-record.ts';
import { platformValue } from './platform-value.ts';

/** One deserialization: the text for positions, and whether unknown fields are refused. */
export interface JsonTarget {
    readonly rt: Runtime;
    readonly source: string;
    readonly strict: boolean;
}

/** `JSON.deserializeUntyped`: Map<String, Object>, List<Object> and primitives. */
export function untypedValue(rt: Runtime, node: JsonNode): unknown {
    if (node.kind === 'array') {
        return new ApexList(
            OBJECT,
            node.items.map((item) => untypedValue(rt, item))
        );
    }
    if (node.kind === 'object') {
        const map = new ApexMap(STRING, OBJECT);
        node.entries.forEach(({ name, value }) => map.put(rt, name, untypedValue(rt, value)));
        return map;
    }
    return untypedScalar(node.token);
}

function untypedScalar(token: JsonToken): unknown {
    switch (token.kind) {
        case 'VALUE_NULL':
            return null;
        case 'VALUE_TRUE':
            return true;
        case 'VALUE_FALSE':
            return false;
        case 'VALUE_STRING':
            return token.text;
        default:
            return untypedNumber(token);
    }
}

/**
 * `JSON.deserialize`: a value of the given type. Throws System.JSONException (bad shape) and what a constructor or
 * conversion throws. Unknown fields of objects are left out unless the target is strict.
 */
export function typedValue(target: JsonTarget, node: JsonNode, type: ApexType): unknown {
    if (node.kind === 'scalar' && node.token.kind === 'VALUE_NULL') {
        return null;
    }
    if (type.kind === 'primitive') {
        return type.name === 'Object' ? untypedValue(target.rt, node) : primitive(target, node, type.name);
    }
    if (type.kind === 'sobject') {
        return readRecord(target, node, type);
    }
    return collection(target, node, type) ?? objectOrEnum(target, node, type);
}

function collection(target: JsonTarget, node: JsonNode, type: ApexType): unknown {
    const element = listElement(type);
    if (element !== undefined) {
        return new ApexList(
            element,
            itemsOf(target, node).map((item) => typedValue(target, item, element))
        );
    }
    const member = setElement(type);
    if (member !== undefined) {
        const items = itemsOf(target, node).map((item) => typedValue(target, item, member));
        return ApexSet.of(target.rt, member, items);
    }
    const entry = mapEntry(type);
    if (entry === undefined) {
        return undefined;
    }
    const map = new ApexMap(entry[0], entry[1]);
    for (const { name, value } of entriesOf(target, node)) {
        map.put(target.rt, keyOf(target, name, node, entry[0]), typedValue(target, value, entry[1]));
    }
    return map;
}

/** Map keys are written as texts, whatever their type. */
function keyOf(target: JsonTarget, name: string, node: JsonNode, type: ApexType): unknown {
    if (type === STRING || type === OBJECT) {
        return name;
    }
    const token: JsonToken = { kind: 'VALUE_STRING', text: name, offset: node.offset };
    return typedValue(target, { kind: 'scalar', token, offset: node.offset }, type);
}

const LIST_EXPECTED = "Malformed JSON: Expected '[' at the beginning of List/Set";
const OBJECT_EXPECTED = "Malformed JSON: Expected '{' at the beginning of object";

const VALUE_STARTS: ReadonlySet<string> = new Set('"[{-0123456789');

/**
 * The complaint about a text whose first character cannot begin a value of the type; undefined when it can. The platform
 * reads as it goes, so this comes before anything that is wrong further on.
 */
export function openingProblem({ rt, source }: JsonTarget, type: ApexType): JsonSyntaxError | undefined {
    const isList = listElement(type) !== undefined || setElement(type) !== undefined;
    const isObject = !isList && type.kind !== 'primitive' && rt.enumValues(type) === undefined;
    const offset = source.length - source.trimStart().length;
    const first = source.charAt(offset);
    if (!(isList || isObject) || !VALUE_STARTS.has(first) || first === (isList ? '[' : '{')) return undefined;
    return new JsonSyntaxError(isList ? LIST_EXPECTED : OBJECT_EXPECTED, source, offset);
}

function itemsOf(target: JsonTarget, node: JsonNode): readonly JsonNode[] {
    return node.kind === 'array' ? node.items : jsonError(target, node, LIST_EXPECTED);
}

/** The fields of a node that must be an object. */
export function entriesOf(target: JsonTarget, node: JsonNode): readonly JsonEntry[] {
    return node.kind === 'object' ? node.entries : jsonError(target, node, OBJECT_EXPECTED);
}

function jsonError(target: JsonTarget, node: JsonNode, message: string): never {
    throw new JsonSyntaxError(message, target.source, node.offset);
}

function objectOrEnum(target: JsonTarget, node: JsonNode, type: ApexType): unknown {
    const values = target.rt.enumValues(type);
    return values === undefined ? object(target, node, type) : enumValue(target, node, values, type);
}

function enumValue(target: JsonTarget, node: JsonNode, values: readonly EnumValue[], type: ApexType): EnumValue {
    const name = node.kind === 'scalar' ? node.token.text.toLowerCase() : undefined;
    const value = values.find((candidate) => candidate.name.toLowerCase() === name);
    return value ?? jsonError(target, node, `Illegal value for ${type.name}`);
}

function object(target: JsonTarget, node: JsonNode, type: ApexType): object {
    const { rt } = target;
    const entries = entriesOf(target, node);
    const native =
        type.kind === 'platform'
            ? platformValue(target, entries, type, ({ value }, valueType) => typedValue(target, value, valueType))
            : undefined;
    if (native !== undefined) return native;
    // A class needs no constructor without parameters to be read from JSON.
    const instance = rt.allocate(type);
    const fields = new Map(rt.fieldsOf(instance).map((field) => [field.name.toLowerCase(), field]));
    for (const { name, value } of entries) {
        const field = fields.get(name.toLowerCase());
        if (field !== undefined && !field.isTransient) {
            field.set(instance, typedValue(target, value, field.type));
        } else if (field === undefined && target.strict) {
            jsonError(target, value, `Unrecognized field "${name}" (Class ${type.name}), not marked as ignorable`);
        }
    }
    return instance;
}

function primitive(target: JsonTarget, node: JsonNode, type: PrimitiveName): unknown {
    if (node.kind === 'array') {
        return jsonError(target, node, 'Can not deserialize: unexpected array');
    }
    // An id that was null when its text was put together.
    if (type === 'Id' && node.kind === 'scalar' && node.token.text === 'null') return null;
    const value = node.kind === 'scalar' ? PRIMITIVE_READERS[type]?.(node.token) : undefined;
    if (value !== undefined) {
        return value;
    }
    if (type === 'Id' && node.kind === 'scalar') {
        return target.rt.throwNew('System.StringException', `Invalid id: ${node.token.text}`);
    }
    return jsonError(target, node, `Illegal value for primitive ${type}`);
}

const WHOLE = /^[+-]?\d+$/;

/** undefined when the token does not fit. Texts that hold a value of the type are taken, as the platform does. */
const PRIMITIVE_READERS: Readonly<Partial<Record<PrimitiveName, (token: JsonToken) => unknown>>> = {
    Boolean: ({ text }) => (text === 'true' ? true : text === 'false' ? false : undefined),
    Integer: ({ text }) => (WHOLE.test(text) && Number(text) === (Number(text) | 0) ? Number(text) : undefined),
    Long: ({ text }) =>
        WHOLE.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text) ? BigInt(text) : undefined,
    Double: ({ text }) => Double.tryParse(text),
    Decimal: ({ text }) => Decimal.tryParse(text),
    String: ({ text }) => text,
    Id: ({ text }) => Id.tryParse(text),
    Date: ({ text }) => ApexDate.tryParse(text),
    Datetime: ({ text }) => Datetime.tryParseIso(text) ?? Datetime.tryParseIso(`${text}T00:00:00Z`),
    Time: ({ text }) => Time.tryParse(text),
    Blob: ({ text }) => new Blob(new Uint8Array(Buffer.from(text, 'base64')))
};
