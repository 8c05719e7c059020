import { SObject } from '../../../values/index.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType, SOBJECT, sobjectType } from '../../types/apex-types.ts';
import { noNulls } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import { modeOf } from '../database/access-level.ts';
import type { QueryLocatorObject } from '../database/query-locator.ts';
import { nativeClass, type NativeClass, type NativeMethod } from '../native.ts';

const DEFAULT_PAGE_SIZE = 20;
const MAXIMUM_PAGE_SIZE = 2000;
/** Records that a controller can hold (Apex Reference, StandardSetController). */
const MAXIMUM_RECORDS = 10_000;

class StandardSetController extends NativeObject {
    readonly className = 'ApexPages.StandardSetController';
    readonly records: readonly SObject[];
    readonly isComplete: boolean;
    readonly prototypeRecord: SObject;
    selected: readonly SObject[] = [];
    pageSize = DEFAULT_PAGE_SIZE;
    pageNumber = 1;
    filterId: string | null = null;

    constructor(records: readonly SObject[]) {
        super();
        this.isComplete = records.length <= MAXIMUM_RECORDS;
        this.records = records.slice(0, MAXIMUM_RECORDS);
        this.prototypeRecord = new SObject(records[0]?.type ?? 'SObject');
    }

    get pages(): number {
        return Math.max(1, Math.ceil(this.records.length / this.pageSize));
    }

    page(): readonly SObject[] {
        const start = (this.pageNumber - 1) * this.pageSize;
        return this.records.slice(start, start + this.pageSize);
    }

    goTo(page: number): void {
        this.pageNumber = Math.min(Math.max(1, page), this.pages);
    }
}

function listOfRecords(records: readonly SObject[]): ApexList {
    const [first] = records;
    return new ApexList(first === undefined ? SOBJECT : sobjectType(first.type), [...records]);
}

/** Values set on the prototype go to the selected records; then the page is saved. */
function save(rt: Runtime, self: StandardSetController): null {
    for (const record of self.selected) {
        for (const [name, value] of self.prototypeRecord.entries()) record.set(name, value);
    }
    const changed = new Set([...self.page(), ...self.selected]);
    if (changed.size > 0) rt.data.dml('update', [...changed], { allOrNone: true, mode: modeOf(rt, undefined) });
    return null;
}

const setPageSize: NativeMethod = noNulls((rt: Runtime, self: StandardSetController, size: number) => {
    if (size < 1 || size > MAXIMUM_PAGE_SIZE) {
        rt.throwNew('System.IllegalArgumentException', `Invalid page size: ${size}`);
    }
    self.pageSize = size;
    self.goTo(self.pageNumber);
});

/** StandardSetController (Apex Reference, ApexPages Namespace): pages of records, without list views. */
export const standardSetControllerClass: NativeClass = nativeClass({
    name: 'ApexPages.StandardSetController',
    constructors: {
        '(List)': noNulls((_rt, _type, records: ApexList) => new StandardSetController(records.items as SObject[])),
        '(QueryLocator)': noNulls(
            (_rt, _type, locator: QueryLocatorObject) => new StandardSetController(locator.rows.items as SObject[])
        )
    },
    methods: {
        'addFields(List)': () => undefined,
        'cancel()': () => null,
        'first()': (_rt, self: StandardSetController) => self.goTo(1),
        'getCompleteResult()': (_rt, self: StandardSetController) => self.isComplete,
        'getFilterId()': (_rt, self: StandardSetController) => self.filterId,
        'getHasNext()': (_rt, self: StandardSetController) => self.pageNumber < self.pages,
        'getHasPrevious()': (_rt, self: StandardSetController) => self.pageNumber > 1,
        'getListViewOptions()': () => new ApexList(platformType('System.SelectOption'), []),
        'getPageNumber()': (_rt, self: StandardSetController) => self.pageNumber,
        'getPageSize()': (_rt, self: StandardSetController) => self.pageSize,
        'getRecord()': (_rt, self: StandardSetController) => self.prototypeRecord,
        'getRecords()': (_rt, self: StandardSetController) => listOfRecords(self.page()),
        'getResultSize()': (_rt, self: StandardSetController) => self.records.length,
        'getSelected()': (_rt, self: StandardSetController) => listOfRecords(self.selected),
        'last()': (_rt, self: StandardSetController) => self.goTo(self.pages),
        'next()': (_rt, self: StandardSetController) => self.goTo(self.pageNumber + 1),
        'previous()': (_rt, self: StandardSetController) => self.goTo(self.pageNumber - 1),
        'save()': save,
        'setFilterId(String)': (_rt, self: StandardSetController, id: string | null) => {
            self.filterId = id;
        },
        'setPageNumber(Integer)': noNulls((_rt, self: StandardSetController, page: number) => self.goTo(page)),
        'setPageSize(Integer)': setPageSize,
        'setSelected(List)': noNulls((_rt, self: StandardSetController, records: ApexList) => {
            self.selected = records.items as SObject[];
        })
    }
});
