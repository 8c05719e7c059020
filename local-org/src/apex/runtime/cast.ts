import { ApexDate, Blob, Datetime, Decimal, Double, Id, Time } from '../../values/index.ts';
import { ApexList } from '../library/collections/apex-list.ts';
import { ApexMap } from '../library/collections/apex-map.ts';
import { ApexSet } from '../library/collections/apex-set.ts';
import { ID, listElement, mapEntry, setElement, STRING } from '../types/apex-types.ts';
import { iterated, widensElements } from '../types/element-widening.ts';
import type { ApexType, PrimitiveName } from '../types/types.ts';
import type { Runtime } from './runtime.ts';

/**
 * Converts a dynamic value to a type, as a cast does: primitives widen (Integer to Long, Double, Decimal; Id to String;
 * Date to Datetime), objects must be instances. Throws System.TypeException "Invalid conversion from runtime type X to
 * Y", and System.StringException "Invalid id: x" for text that is not an id.
 */
export function cast(rt: Runtime, value: unknown, type: ApexType): unknown {
    if (value === null || value === undefined) {
        return null;
    }
    if (type.kind !== 'primitive') {
        if (!rt.isInstance(value, type)) return refuse(rt, value, type);
        return withElements(rt, value, type);
    }
    const converted = PRIMITIVE_CASTS[type.name](value, rt);
    return converted === undefined ? refuse(rt, value, type) : converted;
}

/** A list or set of ids is one of texts too, a list of Integers one of Decimals: its elements are what it is taken for. */
function withElements(rt: Runtime, value: unknown, type: ApexType): unknown {
    if (value instanceof ApexList) {
        const element = listElement(type) ?? iterated(type);
        const isText = value.elementType === ID && element === STRING;
        if (element === undefined || !(isText || widensElements(rt.typeOf(value), type))) return value;
        return new ApexList(
            element,
            value.items.map((item) => cast(rt, item, element))
        );
    }
    if (value instanceof ApexSet && value.elementType === ID && setElement(type) === STRING) {
        return ApexSet.of(
            rt,
            STRING,
            [...value.values()].map((id) => cast(rt, id, STRING))
        );
    }
    const entry = mapEntry(type);
    if (!(value instanceof ApexMap) || entry === undefined || !widensElements(rt.typeOf(value), type)) return value;
    const widened = new ApexMap(entry[0], entry[1]);
    for (const { key, value: item } of value.entries()) widened.put(rt, key, cast(rt, item, entry[1]));
    return widened;
}

function refuse(rt: Runtime, value: unknown, type: ApexType): never {
    // A stub is called by the class that it stands for.
    const from = rt.typeOf(value).name.replace(/__sfdc_ApexStub$/, '');
    return rt.throwNew('System.TypeException', `Invalid conversion from runtime type ${from} to ${type.name}`);
}

type PrimitiveCast = (value: unknown, rt: Runtime) => unknown;

const PRIMITIVE_CASTS: Readonly<Record<PrimitiveName, PrimitiveCast>> = {
    Object: (value) => value,
    Boolean: (value) => (typeof value === 'boolean' ? value : undefined),
    Integer: (value) => (typeof value === 'number' ? value : undefined),
    Long: (value) => (typeof value === 'number' ? BigInt(value) : typeof value === 'bigint' ? value : undefined),
    Double: toDouble,
    Decimal: toDecimal,
    String: (value) => (value instanceof Id ? value.value : typeof value === 'string' ? value : undefined),
    Id: (value, rt) => (typeof value === 'string' ? parseId(rt, value) : value instanceof Id ? value : undefined),
    Date: (value) => (value instanceof ApexDate ? value : undefined),
    Datetime: (value) =>
        value instanceof ApexDate ? Datetime.ofDate(value, Time.of(0, 0, 0, 0)) : instanceOr(value, Datetime),
    Time: (value) => instanceOr(value, Time),
    Blob: (value) => instanceOr(value, Blob),
    void: () => undefined,
    null: () => undefined
};

function instanceOr<T>(value: unknown, type: new (...args: never[]) => T): T | undefined {
    return value instanceof type ? value : undefined;
}

function toDouble(value: unknown): Double | undefined {
    if (typeof value === 'number' || typeof value === 'bigint') {
        return Double.of(Number(value));
    }
    return value instanceof Decimal ? Double.of(value.toNumber()) : instanceOr(value, Double);
}

function toDecimal(value: unknown): Decimal | undefined {
    if (typeof value === 'number' || typeof value === 'bigint') {
        return Decimal.of(value);
    }
    return value instanceof Double ? decimalOfDouble(value) : instanceOr(value, Decimal);
}

/** As `BigDecimal.valueOf(double)`: 5 becomes 5.0. */
export function decimalOfDouble(value: Double): Decimal {
    return Decimal.parse(value.toString());
}

/** Throws System.StringException for text that is not an id. */
export function parseId(rt: Runtime, text: string): Id {
    return Id.tryParse(text) ?? rt.throwNew('System.StringException', `Invalid id: ${text}`);
}
