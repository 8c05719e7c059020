import type { ObjectDef } from '../schema/types.ts';
import type { FieldValue } from '../values/index.ts';
import type { DmlContext } from './dml-context.ts';

/** Display format of standard auto-number fields. */
const STANDARD_FORMAT = '{00000000}';
/** The platform starts the numbers of its own objects at 1000, those of custom fields at 0 or 1. */
const STANDARD_START = 1000;

/** Gives the auto-number fields of new records their next value, in the display format `INV-{0000}`. */
export function autoNumbers(object: ObjectDef, { store }: DmlContext): (values: Record<string, FieldValue>) => void {
    const fields = [...object.fields.values()].filter((field) => field.autoNumber);
    return (values) => {
        for (const field of fields) {
            const number = store.nextNumber(`${object.name}.${field.name}`);
            const standard = !field.custom && object.kind !== 'custom';
            const format = standard ? STANDARD_FORMAT : (field.defaultValue ?? '{0}');
            values[field.name] = formatNumber(format, standard ? STANDARD_START + number : number);
        }
    };
}

function formatNumber(format: string, number: number): string {
    return format.replace(/\{(0+)\}/, (_, zeros: string) => String(number).padStart(zeros.length, '0'));
}
