import type { SObject } from '../../../values/index.ts';
import { chargeLimit } from '../../runtime/limit-messages.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { ApexList } from '../collections/apex-list.ts';
import { nativeClass, type NativeClass } from '../native.ts';

export class QueryLocatorObject extends NativeObject {
    readonly className = 'Database.QueryLocator';
    readonly query: string;
    readonly rows: ApexList;

    constructor(query: string, rows: ApexList) {
        super();
        this.query = query;
        this.rows = rows;
    }
}

class QueryLocatorIteratorObject extends NativeObject {
    readonly className = 'Database.QueryLocatorIterator';
    readonly records: readonly SObject[];
    position = 0;

    constructor(records: readonly SObject[]) {
        super();
        this.records = records;
    }
}

export function queryLocator(rt: Runtime, query: string, rows: ApexList): QueryLocatorObject {
    chargeLimit(rt, 'queryLocatorRows', rows.items.length);
    return new QueryLocatorObject(query, rows);
}

/** A locator over the rows of an inline query. */
export function locatorOfRows(rt: Runtime, rows: ApexList | null): QueryLocatorObject {
    return rows === null ? rt.nullPointer() : queryLocator(rt, '', rows);
}

function next(rt: Runtime, self: QueryLocatorIteratorObject): SObject {
    const record = self.records[self.position++];
    return record ?? rt.throwNew('System.NoSuchElementException', 'Iterator has no more elements');
}

/** QueryLocator and its iterator (Apex Reference, Database namespace). */
export const queryLocatorClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'Database.QueryLocator',
        methods: {
            'getQuery()': (_rt, self: QueryLocatorObject) => self.query,
            'iterator()': (_rt, self: QueryLocatorObject) =>
                new QueryLocatorIteratorObject(self.rows.items as SObject[])
        }
    }),
    nativeClass({
        name: 'Database.QueryLocatorIterator',
        methods: {
            'hasNext()': (_rt, self: QueryLocatorIteratorObject) => self.position < self.records.length,
            'next()': next
        }
    })
];
