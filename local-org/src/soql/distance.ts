import { Decimal } from '../values/index.ts';
import { comparisonValues } from './bind-values.ts';
import { toDecimal } from './compare-values.ts';
import { SoqlError, unexpectedArgument } from './errors.ts';
import type { FieldValue } from '../values/index.ts';
import type { Call, Expression, Value } from './ast.ts';
import type { DistanceOperand, ResolvedPath } from './analyzed.ts';
import type { QueryContext } from './query-context.ts';
import type { PathResolver } from './resolve-path.ts';

/** Radius of the earth; the haversine formula takes it for a ball (SOQL Reference, "DISTANCE"). */
const RADIUS = { km: 6371.0088, mi: 3958.7613 } as const;

/** Checks `DISTANCE(location, GEOLOCATION(latitude, longitude), unit)`. Throws SoqlError. */
export function analyzeDistance(call: Call, resolver: PathResolver, text: string): DistanceOperand {
    const [location, point, unit, ...more] = call.args;
    const fail = (): SoqlError => unexpectedArgument(call.name, text, call.offset);
    if (location?.kind !== 'path' || point?.kind !== 'call' || more.length > 0) throw fail();
    const path = resolver.resolve(location);
    const [latitude, longitude] = point.args;
    if (point.name.toUpperCase() !== 'GEOLOCATION' || point.args.length !== 2) throw fail();
    return {
        kind: 'distance',
        path,
        ...partsOf(path, location.names, resolver, text),
        latitude: valueOf(latitude, fail),
        longitude: valueOf(longitude, fail),
        unit: unitOf(unit, fail)
    };
}

function partsOf(
    path: ResolvedPath,
    names: readonly string[],
    resolver: PathResolver,
    text: string
): Pick<DistanceOperand, 'latitudeField' | 'longitudeField'> {
    const { field, offset } = path;
    if (field.type !== 'address' && field.type !== 'location') {
        const detail = `field ${field.name} does not support function DISTANCE`;
        throw new SoqlError({ code: 'INVALID_FIELD', detail, text, offset });
    }
    const [stem, suffix] =
        field.type === 'address'
            ? [field.name.slice(0, -'Address'.length), '']
            : [field.name.replace(/c$/i, ''), '__s'];
    const part = (name: string): ResolvedPath['field'] =>
        resolver.resolve({ kind: 'path', names: [...names.slice(0, -1), `${stem}${name}${suffix}`], offset }).field;
    return { latitudeField: part('Latitude'), longitudeField: part('Longitude') };
}

function valueOf(argument: Expression | undefined, fail: () => SoqlError): Value {
    if (argument?.kind !== 'literal') throw fail();
    const { value } = argument;
    if (value.kind === 'literal' && !(value.value instanceof Decimal)) throw fail();
    return value;
}

function unitOf(argument: Expression | undefined, fail: () => SoqlError): 'mi' | 'km' {
    const value = argument?.kind === 'literal' && argument.value.kind === 'literal' ? argument.value.value : undefined;
    if (value !== 'mi' && value !== 'km') throw fail();
    return value;
}

/** The distance of a place from the point of the query; null where the place is not known. */
export function distanceReader(
    { latitude, longitude, unit }: DistanceOperand,
    context: QueryContext
): (latitude: FieldValue, longitude: FieldValue) => FieldValue {
    const [from, to] = [latitude, longitude].map((value) => degrees(comparisonValues(value, 'double', context)[0]));
    return (placeLatitude, placeLongitude) => {
        const [north, east] = [degrees(placeLatitude), degrees(placeLongitude)];
        if (from === undefined || to === undefined || north === undefined || east === undefined) return null;
        return Decimal.fromNumber(haversine(from, to, north, east) * RADIUS[unit]);
    };
}

function degrees(value: FieldValue | undefined): number | undefined {
    const number = value === undefined ? undefined : toDecimal(value);
    return number === undefined ? undefined : Number(number.toPlainString());
}

/** Central angle of two points in radians. */
function haversine(latitude: number, longitude: number, otherLatitude: number, otherLongitude: number): number {
    const radians = (value: number): number => (value * Math.PI) / 180;
    const half = (value: number): number => Math.sin(radians(value) / 2) ** 2;
    const chord =
        half(otherLatitude - latitude) +
        Math.cos(radians(latitude)) * Math.cos(radians(otherLatitude)) * half(otherLongitude - longitude);
    return 2 * Math.asin(Math.min(1, Math.sqrt(chord)));
}
