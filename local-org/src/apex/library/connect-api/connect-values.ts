import { platformTypes } from '../../../platform/signatures.ts';
import { EnumValue, platformEnum } from '../../runtime/enum-value.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType, STRING } from '../../types/apex-types.ts';
import { mapFrom } from '../arguments.ts';
import { BeanObject } from '../bean.ts';
import { ApexList } from '../collections/apex-list.ts';
import { ApexMap } from '../collections/apex-map.ts';

/*
 * Inputs and outputs of ConnectApi are those of Connect REST: an input is turned into the JSON that a request would carry, and
 * an answer into an object of the output class.
 */

/** An input as JSON; properties that are null are absent. */
export function jsonOf(rt: Runtime, value: unknown): unknown {
    if (value instanceof BeanObject) return members(rt, Object.entries(value.jsonFields()));
    if (value instanceof ApexList) return value.items.map((item) => jsonOf(rt, item));
    if (value instanceof ApexMap) {
        return members(
            rt,
            Array.from(value.entries(), (entry) => [rt.toText(entry.key), entry.value])
        );
    }
    if (value instanceof EnumValue) return value.name;
    return value === null || ['string', 'boolean', 'number'].includes(typeof value) ? value : rt.toText(value);
}

function members(rt: Runtime, entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
    return Object.fromEntries(
        entries.filter(([, value]) => value !== null).map(([name, value]) => [name, jsonOf(rt, value)])
    );
}

/** Type arguments of a collection in the signature table: `List<ConnectApi.Credential>`. */
const LIST = /^List<(.+)>$/;
const MAP = /^Map<String, ?(.+)>$/;

/** JSON of an answer as a value of the type; what the class has no property for is left out. */
export function outputOf(rt: Runtime, type: string, json: unknown): unknown {
    if (json === null || json === undefined) return null;
    const element = LIST.exec(type)?.[1];
    if (element !== undefined) {
        const items = (json as readonly unknown[]).map((item) => outputOf(rt, element, item));
        return new ApexList(element === 'String' ? STRING : platformType(element), items);
    }
    const mapped = MAP.exec(type)?.[1];
    if (mapped !== undefined) {
        const entries = Object.entries(json).map(([key, value]) => [key, outputOf(rt, mapped, value)] as const);
        return mapFrom(rt, STRING, platformType(mapped), entries);
    }
    const info = type.startsWith('ConnectApi.') ? platformTypes().type(type) : undefined;
    if (info === undefined) return json;
    // An enum may lack a value that came after the release of the table.
    if (info.kind === 'enum') return platformEnum(type).find(({ name }) => name === json) ?? null;
    const given = json as Readonly<Record<string, unknown>>;
    const values = info.properties.map(({ name, type: declared }): [string, unknown] => [
        name,
        outputOf(rt, declared, given[name])
    ]);
    return new BeanObject(type, Object.fromEntries(values));
}
