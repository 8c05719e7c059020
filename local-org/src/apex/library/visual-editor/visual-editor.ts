import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType } from '../../types/apex-types.ts';
import { noNulls } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import { nativeClass, type NativeClass } from '../native.ts';

const ROW = platformType('VisualEditor.DataRow');

class DataRow extends NativeObject {
    readonly className = 'VisualEditor.DataRow';
    readonly label: string | null;
    readonly value: unknown;
    readonly selected: boolean;

    constructor(label: string | null, value: unknown, selected: boolean) {
        super();
        this.label = label;
        this.value = value;
        this.selected = selected;
    }
}

class PickListRows extends NativeObject {
    readonly className = 'VisualEditor.DynamicPickListRows';
    readonly rows: DataRow[];
    containsAll: boolean;

    constructor(rows: readonly DataRow[], containsAll: boolean) {
        super();
        this.rows = [...rows];
        this.containsAll = containsAll;
    }
}

function compareRows(left: DataRow, right: DataRow): number {
    return Math.sign((left.label ?? '').localeCompare(right.label ?? ''));
}

/** The row of a value among those of the pick list of the org's own class. */
function rowOf(rt: Runtime, self: object, value: unknown): DataRow | undefined {
    const rows = rt.invoke(self, 'getValues', []) as PickListRows | null;
    return rows?.rows.find((row) => rt.equals(row.value, value));
}

/** VisualEditor (Apex Reference, VisualEditor Namespace): pick lists of component properties. */
export const visualEditorClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'VisualEditor.DataRow',
        constructors: {
            '(String,Object)': (_rt, _type, label: string | null, value) => new DataRow(label, value, false),
            '(String,Object,Boolean)': (_rt, _type, label: string | null, value, selected) =>
                new DataRow(label, value, selected === true)
        },
        methods: {
            'compareTo(DataRow)': noNulls((_rt, self: DataRow, other: DataRow) => compareRows(self, other)),
            'getLabel()': (_rt, self: DataRow) => self.label,
            'getValue()': (_rt, self: DataRow) => self.value,
            'isSelected()': (_rt, self: DataRow) => self.selected
        }
    }),
    nativeClass({
        name: 'VisualEditor.DynamicPickListRows',
        constructors: {
            '()': () => new PickListRows([], false),
            '(List)': noNulls((_rt, _type, rows: ApexList) => new PickListRows(rows.items as DataRow[], false)),
            '(List,Boolean)': noNulls(
                (_rt, _type, rows: ApexList, all: boolean) => new PickListRows(rows.items as DataRow[], all)
            )
        },
        methods: {
            'addAllRows(List)': noNulls((_rt, self: PickListRows, rows: ApexList) => {
                self.rows.push(...(rows.items as DataRow[]));
            }),
            'addRow(DataRow)': noNulls((_rt, self: PickListRows, row: DataRow) => {
                self.rows.push(row);
            }),
            'containsAllRows()': (_rt, self: PickListRows) => self.containsAll,
            'get(Integer)': noNulls(
                (rt: Runtime, self: PickListRows, index: number) =>
                    self.rows[index] ?? rt.throwNew('System.ListException', `List index out of bounds: ${index}`)
            ),
            'getDataRows()': (_rt, self: PickListRows) => new ApexList(ROW, [...self.rows]),
            'setContainsAllRows(Boolean)': noNulls((_rt, self: PickListRows, all: boolean) => {
                self.containsAll = all;
            }),
            'size()': (_rt, self: PickListRows) => self.rows.length,
            'sort()': (_rt, self: PickListRows) => {
                self.rows.sort(compareRows);
            }
        }
    }),
    nativeClass({
        name: 'VisualEditor.DynamicPickList',
        methods: {
            'getDefaultValue()': (rt, self: object) => rt.invoke(self, 'getDefaultValue', []),
            'getValues()': (rt, self: object) => rt.invoke(self, 'getValues', []),
            'getLabel(Object)': (rt, self: object, value) =>
                rt.hasMethod(self, 'getLabel', 1)
                    ? rt.invoke(self, 'getLabel', [value])
                    : (rowOf(rt, self, value)?.label ?? null),
            'isValid(Object)': (rt, self: object, value) =>
                rt.hasMethod(self, 'isValid', 1)
                    ? rt.invoke(self, 'isValid', [value])
                    : rowOf(rt, self, value) !== undefined
        }
    })
];
