import type { LinkedOrgs } from '../lib/context.ts';
import { BridgeError } from '../lib/errors.ts';
import type { SyncFieldMapping, SyncMapping } from './mappings.ts';
import { OrgApi } from './org-api.ts';
import { PEER } from './peer.ts';
import { isNumberType, type FieldType } from './wire.ts';

export type From = 'source' | 'target';

/** Both orgs with their counted requests. */
export interface OrgApis {
    readonly source: OrgApi;
    readonly target: OrgApi;
}

export function apisOf({ source, target }: LinkedOrgs): OrgApis {
    return { source: new OrgApi(source), target: new OrgApi(target) };
}

/** Which way records of a mapping go. */
export interface Route {
    readonly mapping: SyncMapping;
    readonly from: From;
    readonly sender: OrgApi;
    readonly receiver: OrgApi;
    readonly senderObject: string;
    readonly receiverObject: string;
    /** Fields whose values go over the wire, seen from the sender. */
    readonly fields: readonly RouteField[];
}

export interface RouteField {
    /** Field of the sender. */
    readonly from: string;
    /** Field of the receiver. */
    readonly to: string;
    readonly transform: string;
}

/** The route of a mapping from an org, undefined when nothing goes that way. */
function routeOf(apis: OrgApis, mapping: SyncMapping, from: From): Route | undefined {
    if (!goes(mapping.direction, from)) return undefined;
    const [sender, receiver, senderObject, receiverObject] =
        from === 'source'
            ? [apis.source, apis.target, mapping.sourceObject, mapping.targetObject]
            : [apis.target, apis.source, mapping.targetObject, mapping.sourceObject];
    const fields = mapping.fields
        .filter(({ direction }) => goes(direction, from))
        .flatMap((field) => sides(field, from));
    return { mapping, from, sender, receiver, senderObject, receiverObject, fields };
}

function goes(direction: string, from: From): boolean {
    return direction === 'Both' || direction === (from === 'source' ? 'SourceToTarget' : 'TargetToSource');
}

function sides({ sourceField, targetField, transform }: SyncFieldMapping, from: From): RouteField[] {
    const [mine, theirs] = from === 'source' ? [sourceField, targetField] : [targetField, sourceField];
    return mine === undefined || theirs === undefined ? [] : [{ from: mine, to: theirs, transform }];
}

/** All routes of some mappings: parents first, and all of one org before those of the other. Throws MAPPING_UNKNOWN. */
export function routesOf(
    apis: OrgApis,
    mappings: readonly SyncMapping[],
    from: readonly From[],
    wanted?: readonly string[]
): Route[] {
    const unknown = wanted?.find((name) => !mappings.some((mapping) => mapping.name === name));
    if (unknown !== undefined) {
        throw new BridgeError('user', 'MAPPING_UNKNOWN', `No active mapping has the name "${unknown}".`, [
            `Name one of ${mappings.map(({ name }) => name).join(', ')}.`
        ]);
    }
    const chosen = mappings.filter(({ name }) => wanted?.includes(name) ?? true);
    return from.flatMap((side) =>
        chosen.map((mapping) => routeOf(apis, mapping, side)).filter((route) => route !== undefined)
    );
}

/** What the schema of the sender says about a route. */
export interface RouteSchema {
    readonly types: readonly FieldType[];
    readonly hasCurrency: boolean;
}

/** Throws UNKNOWN_FIELD for a field that the object has not, or that the user may not read. */
export async function readRouteSchema({ sender, senderObject, fields }: Route): Promise<RouteSchema> {
    const described = await sender.org.connection.describe(senderObject);
    const types = new Map(described.fields.map(({ name, type }) => [name.toLowerCase(), { name, type }]));
    return {
        types: fields.map(({ from }) => {
            const found = types.get(from.toLowerCase());
            if (found === undefined) {
                throw new BridgeError(
                    'user',
                    'UNKNOWN_FIELD',
                    `${senderObject} of the ${sender.org.role} org has no field ${from}, or you may not read it.`,
                    ['Check the mapping: npm run bridge -- sync check', 'Or get access to the field.']
                );
            }
            return { name: found.name, isNumber: isNumberType(found.type) };
        }),
        hasCurrency: types.has('currencyisocode')
    };
}

/** Reference of a record in links and outbox. */
export function refOf(id: string): string {
    return `${PEER}:${id}`;
}
