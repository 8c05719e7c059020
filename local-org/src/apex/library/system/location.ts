import type { Decimal } from '../../../values/index.ts';
import { Double, SObject } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { allNoNulls } from '../arguments.ts';
import { nativeClass, type NativeClass, type NativeMethod } from '../native.ts';

/** Kilometres and miles of the earth's mean radius. */
const EARTH_RADIUS: Readonly<Record<string, number>> = { km: 6371.0088, mi: 3958.7613 };

/** A compound field of a record, or what `Location.newInstance` makes: a record of its parts. */
function part(self: SObject, name: string): number | null {
    const value = self.get(name) ?? null;
    return value === null ? null : Number((value as Decimal | Double).toString());
}

function doublePart(name: string): NativeMethod {
    return (_rt, self: SObject) => {
        const value = part(self, name);
        return value === null ? null : Double.of(value);
    };
}

function newLocation(_rt: Runtime, latitude: Decimal, longitude: Decimal): SObject {
    const location = new SObject('Location');
    location.fill('latitude', latitude);
    location.fill('longitude', longitude);
    return location;
}

/** Great-circle distance, in `mi` or `km` (Apex Reference, Location.getDistance). */
function distance(rt: Runtime, from: SObject, to: SObject, unit: string): Double | null {
    const radius = EARTH_RADIUS[unit.toLowerCase()];
    if (radius === undefined) {
        return rt.throwNew('System.InvalidParameterValueException', `Invalid unit: ${unit}. Use mi or km.`);
    }
    const points = [from, to].map((point) => [radians(point, 'latitude'), radians(point, 'longitude')] as const);
    const [[lat1, lon1], [lat2, lon2]] = points as [Point, Point];
    if (lat1 === null || lon1 === null || lat2 === null || lon2 === null) return null;
    const half = Math.sin((lat2 - lat1) / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin((lon2 - lon1) / 2) ** 2;
    return Double.of(2 * radius * Math.asin(Math.sqrt(half)));
}

type Point = readonly [latitude: number | null, longitude: number | null];

function radians(point: SObject, name: string): number | null {
    const degrees = part(point, name);
    return degrees === null ? null : (degrees * Math.PI) / 180;
}

const ADDRESS_TEXTS = [
    'City',
    'Country',
    'CountryCode',
    'GeocodeAccuracy',
    'PostalCode',
    'State',
    'StateCode',
    'Street'
];

function text(name: string): NativeMethod {
    const key = name.charAt(0).toLowerCase() + name.slice(1);
    return (_rt, self: SObject) => self.get(key) ?? null;
}

const COORDINATES = { 'getLatitude()': doublePart('latitude'), 'getLongitude()': doublePart('longitude') };

/** Location and Address (Apex Reference, System.Location and System.Address). */
export const locationClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'System.Location',
        statics: allNoNulls({
            'getDistance(Location,Location,String)': distance,
            'newInstance(Decimal,Decimal)': newLocation
        }),
        methods: { ...COORDINATES, ...allNoNulls({ 'getDistance(Location,String)': distance }) },
        properties: { latitude: { get: doublePart('latitude') }, longitude: { get: doublePart('longitude') } },
        isInstance: (value) => value instanceof SObject && value.type === 'Location'
    }),
    nativeClass({
        name: 'System.Address',
        methods: {
            ...COORDINATES,
            ...Object.fromEntries(ADDRESS_TEXTS.map((name) => [`get${name}()`, text(name)])),
            ...allNoNulls({ 'getDistance(Location,String)': distance })
        },
        properties: Object.fromEntries(
            ADDRESS_TEXTS.map((name) => [name.charAt(0).toLowerCase() + name.slice(1), { get: text(name) }])
        ),
        isInstance: (value) => value instanceof SObject && value.type === 'Address'
    })
];
