import { chargeLimit } from '../../runtime/limit-messages.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls } from '../arguments.ts';
import { beanClass, BeanObject } from '../bean.ts';
import { ApexList } from '../collections/apex-list.ts';
import { nativeClass, type NativeClass } from '../native.ts';

/** The ids that a query found; a fetch reads the rows as they are then. */
export class CursorObject extends NativeObject {
    readonly className: 'Database.Cursor' | 'Database.PaginationCursor';
    readonly rows: ApexList;

    constructor(className: CursorObject['className'], rows: ApexList) {
        super();
        this.className = className;
        this.rows = rows;
    }
}

export function openCursor(rt: Runtime, className: CursorObject['className'], rows: ApexList): CursorObject {
    chargeLimit(rt, 'cursorRows', rows.items.length);
    return new CursorObject(className, rows);
}

/** Rows from a position on (Apex Developer Guide, "Apex Cursors"). */
function rowsOf(rt: Runtime, { rows }: CursorObject, start: number, count: number): ApexList {
    if (start < 0 || count < 0 || start > rows.items.length) {
        rt.throwNew('System.InvalidParameterValueException', `Invalid cursor range: ${start}, ${count}`);
    }
    chargeLimit(rt, 'cursorFetches', 1);
    return new ApexList(rows.elementType, rows.items.slice(start, start + count));
}

function fetchPage(rt: Runtime, cursor: CursorObject, start: number, size: number): BeanObject {
    const records = rowsOf(rt, cursor, start, size);
    const next = start + records.items.length;
    return new BeanObject('Database.CursorFetchResult', {
        Records: records,
        NextIndex: next,
        NumDeletedRecords: 0,
        Done: next >= cursor.rows.items.length
    });
}

/** Cursors (Apex Reference, Database namespace). */
export const cursorClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'Database.Cursor',
        methods: {
            'fetch(Integer,Integer)': noNulls(rowsOf),
            'getNumRecords()': (_rt, self: CursorObject) => self.rows.items.length
        }
    }),
    nativeClass({
        name: 'Database.PaginationCursor',
        methods: {
            'fetchPage(Integer,Integer)': noNulls(fetchPage),
            'getNumRecords()': (_rt, self: CursorObject) => self.rows.items.length
        }
    }),
    beanClass('Database.CursorFetchResult', { readOnly: true })
];
