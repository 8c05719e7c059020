import type { SObject } from '../../../values/index.ts';
import { chargeLimit } from '../../runtime/limit-messages.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { SOBJECT, sobjectType } from '../../types/apex-types.ts';
import { noNulls } from '../arguments.ts';
import { beanClass, BeanObject } from '../bean.ts';
import { ApexList } from '../collections/apex-list.ts';
import { nativeClass, type NativeClass } from '../native.ts';

/** The ids that a query found; a fetch reads the rows as they are then. */
export class CursorObject extends NativeObject {
    readonly className: 'Database.Cursor' | 'Database.PaginationCursor';
    readonly records: readonly SObject[];

    constructor(className: CursorObject['className'], records: readonly SObject[]) {
        super();
        this.className = className;
        this.records = records;
    }
}

export function openCursor(
    rt: Runtime,
    className: CursorObject['className'],
    records: readonly SObject[]
): CursorObject {
    chargeLimit(rt, 'cursorRows', records.length);
    return new CursorObject(className, records);
}

/** Rows from a position on (Apex Developer Guide, "Apex Cursors"). */
function rowsOf(rt: Runtime, { records }: CursorObject, start: number, count: number): ApexList {
    if (start < 0 || count < 0 || start > records.length) {
        rt.throwNew('System.InvalidParameterValueException', `Invalid cursor range: ${start}, ${count}`);
    }
    chargeLimit(rt, 'cursorFetches', 1);
    const [first] = records;
    return new ApexList(first === undefined ? SOBJECT : sobjectType(first.type), records.slice(start, start + count));
}

function fetchPage(rt: Runtime, cursor: CursorObject, start: number, size: number): BeanObject {
    const records = rowsOf(rt, cursor, start, size);
    const next = start + records.items.length;
    return new BeanObject('Database.CursorFetchResult', {
        Records: records,
        NextIndex: next,
        NumDeletedRecords: 0,
        Done: next >= cursor.records.length
    });
}

/** Cursors (Apex Reference, Database namespace). */
export const cursorClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'Database.Cursor',
        methods: {
            'fetch(Integer,Integer)': noNulls(rowsOf),
            'getNumRecords()': (_rt, self: CursorObject) => self.records.length
        }
    }),
    nativeClass({
        name: 'Database.PaginationCursor',
        methods: {
            'fetchPage(Integer,Integer)': noNulls(fetchPage),
            'getNumRecords()': (_rt, self: CursorObject) => self.records.length
        }
    }),
    beanClass('Database.CursorFetchResult', { readOnly: true })
];
