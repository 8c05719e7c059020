import type { QueryRows, Runtime } from '../../runtime/runtime.ts';
import { sobjectType } from '../../types/apex-types.ts';
import { noNulls } from '../arguments.ts';
import { batchStatics } from '../async/batch.ts';
import { ApexList } from '../collections/apex-list.ts';
import type { ApexMap } from '../collections/apex-map.ts';
import { ApexSet } from '../collections/apex-set.ts';
import { nativeClass, type NativeClass, type NativeStatic } from '../native.ts';
import { modeOf, type AccessLevelObject } from './access-level.ts';
import { convertLeadStatics } from './convert-lead.ts';
import { openCursor, type CursorObject } from './cursor.ts';
import { dmlStatics } from './dml.ts';
import { mergeStatics } from './merge.ts';
import { locatorOfRows, queryLocator } from './query-locator.ts';
import { recycleBinStatics } from './recycle-bin.ts';
import { savepointStatics } from './savepoints.ts';

/** The caller's variables as binds; they are read when the query names them. */
class VariableBinds extends Map<string, unknown> {
    readonly #read: (name: string) => unknown;

    constructor(read: (name: string) => unknown) {
        super();
        this.#read = read;
    }

    override has(name: string): boolean {
        return this.#read(name.toLowerCase()) !== undefined;
    }

    override get(name: string): unknown {
        return bindValue(this.#read(name.toLowerCase()));
    }
}

export function variables(rt: Runtime): ReadonlyMap<string, unknown> {
    return new VariableBinds(rt.queryVariables ?? (() => undefined));
}

/** A value as a query takes it: collections are arrays. */
export function bindValue(value: unknown): unknown {
    if (value instanceof ApexList) {
        return value.items;
    }
    return value instanceof ApexSet ? [...value.values()] : value;
}

function bindsOf(rt: Runtime, map: ApexMap): ReadonlyMap<string, unknown> {
    return new Map(
        Array.from(map.entries(), ({ key, value }) => [rt.toText(key).toLowerCase(), bindValue(value)] as const)
    );
}

/** Rows of a dynamic query; their list has the type of the object that was queried. */
function toList({ object, records }: QueryRows): ApexList {
    return new ApexList(sobjectType(object), records);
}

function query(rt: Runtime, soql: string, level?: AccessLevelObject): ApexList {
    return toList(rt.data.query(soql, variables(rt), modeOf(rt, level)));
}

function queryWithBinds(rt: Runtime, soql: string, binds: ApexMap, level: AccessLevelObject): ApexList {
    return toList(rt.data.query(soql, bindsOf(rt, binds), modeOf(rt, level)));
}

function countQuery(rt: Runtime, soql: string, level?: AccessLevelObject): number {
    return rt.data.count(soql, variables(rt), modeOf(rt, level));
}

/** `getCursor` and its forms with an access level, and with binds. */
function cursorStatics(name: string, className: CursorObject['className']): Record<string, NativeStatic> {
    const open = (rt: Runtime, soql: string, level?: AccessLevelObject): CursorObject =>
        openCursor(rt, className, toList(rt.data.query(soql, variables(rt), modeOf(rt, level))));
    const openWithBinds = (rt: Runtime, soql: string, binds: ApexMap, level: AccessLevelObject): CursorObject =>
        openCursor(rt, className, toList(rt.data.query(soql, bindsOf(rt, binds), modeOf(rt, level))));
    return {
        [`${name}(String)`]: noNulls(open),
        [`${name}/2`]: noNulls(open),
        [`${name}WithBinds/3`]: noNulls(openWithBinds)
    };
}

/** Database (Apex Reference, System.Database). */
export const databaseClass: NativeClass = nativeClass({
    name: 'System.Database',
    statics: {
        ...batchStatics,
        ...convertLeadStatics,
        ...dmlStatics,
        ...mergeStatics,
        ...recycleBinStatics,
        ...savepointStatics,
        'query(String)': noNulls(query),
        'query(String,AccessLevel)': noNulls(query),
        'queryWithBinds(String,Map,AccessLevel)': noNulls(queryWithBinds),
        'countQuery(String)': noNulls(countQuery),
        'countQuery(String,AccessLevel)': noNulls(countQuery),
        'countQueryWithBinds(String,Map,AccessLevel)': noNulls(
            (rt, soql: string, binds: ApexMap, level: AccessLevelObject) =>
                rt.data.count(soql, bindsOf(rt, binds), modeOf(rt, level))
        ),
        ...cursorStatics('getCursor', 'Database.Cursor'),
        ...cursorStatics('getPaginationCursor', 'Database.PaginationCursor'),
        'getQueryLocator(String)': noNulls((rt, soql: string) =>
            queryLocator(rt, soql, toList(rt.data.query(soql, variables(rt), modeOf(rt, undefined))))
        ),
        'getQueryLocator(String,AccessLevel)': noNulls((rt, soql: string, level: AccessLevelObject) =>
            queryLocator(rt, soql, toList(rt.data.query(soql, variables(rt), modeOf(rt, level))))
        ),
        'getQueryLocator(List)': locatorOfRows,
        'getQueryLocator(List,AccessLevel)': locatorOfRows,
        'getQueryLocatorWithBinds(String,Map,AccessLevel)': noNulls(
            (rt, soql: string, binds: ApexMap, level: AccessLevelObject) =>
                queryLocator(rt, soql, toList(rt.data.query(soql, bindsOf(rt, binds), modeOf(rt, level))))
        )
    },
    extraSignatures: [
        'static Database.PaginationCursor getPaginationCursor(String query)',
        'static Database.PaginationCursor getPaginationCursor(String query, System.AccessLevel level)',
        'static Database.PaginationCursor getPaginationCursorWithBinds(String query, Map<String, Object> binds, System.AccessLevel level)'
    ]
});
