import type { FieldType } from '../types.ts';

/**
 * What the platform's type jar does not say about a standard object, in a notation of one line per field:
 *
 *     object <Name> <key prefix> <label>/<plural label>
 *     <Field> <type>[:<arguments>] [flags]
 *
 * Arguments: length of texts, `precision,scale` of numbers, digits of `int`, values of picklists (`*` marks the
 * default), target objects of `lookup`, the target of `definition` (which it names instead of holding an id), the default
 * of `boolean`. Flags: see FLAGS, `children:<relationship>`
 * and `label:<Words_with_underscores>` where the label is not the name in words. Lines for the object: `without
 * <fields>` (fields of the jar that a plain org lacks), `controlled` and `private` (sharing), `setup`,
 * `noinsert`, `nodelete`, and `deletable` for rows that only the platform makes and others may delete.
 */
export interface ObjectSpec {
    readonly name: string;
    readonly keyPrefix: string;
    readonly label: string;
    readonly labelPlural: string;
    /** Keyed by lower-case field name. */
    readonly fields: ReadonlyMap<string, FieldSpec>;
    /** Lower-case names of fields of the jar that the org does not have. */
    readonly without: ReadonlySet<string>;
    readonly controlledByParent: boolean;
    readonly private: boolean;
    readonly setup: boolean;
    readonly createable: boolean;
    readonly deletable: boolean;
}

export interface FieldSpec {
    readonly name: string;
    readonly type: FieldType;
    readonly length: number;
    readonly precision: number;
    readonly scale: number;
    readonly values: readonly string[];
    readonly defaultValue: string | undefined;
    readonly referenceTo: readonly string[];
    readonly childRelationship: string | undefined;
    readonly label: string | undefined;
    readonly flags: ReadonlySet<string>;
}

const FLAGS = new Set(
    (
        'required readonly createonly name unique casesensitive idlookup autonumber cascade defaulted ' +
        'filterable unaggregated'
    ).split(' ')
);
const OBJECT_FLAGS = new Set(['controlled', 'private', 'setup', 'noinsert', 'deletable', 'nodelete']);

/** Splits a text of specifications; each is parsed when its object is first asked for. */
export function splitObjectSpecs(text: string): Map<string, string> {
    const blocks = new Map<string, string>();
    for (const block of text.split(/^object /m).slice(1)) {
        blocks.set(block.slice(0, block.indexOf(' ')).toLowerCase(), block);
    }
    return blocks;
}

export function parseObjectSpec(block: string): ObjectSpec {
    const lines = block.split('\n').filter((line) => line.trim() !== '');
    const [name = '', keyPrefix = '', ...labels] = (lines.shift() ?? '').split(' ');
    const [label = name, labelPlural = label] = labels.join(' ').split('/');
    const objectFlags = new Set<string>();
    const without = new Set<string>();
    const fields = new Map<string, FieldSpec>();
    for (const line of lines) {
        const words = line.split(' ');
        if (words[0] === 'without') {
            words.slice(1).forEach((word) => without.add(word.toLowerCase()));
        } else if (words.every((word) => OBJECT_FLAGS.has(word))) {
            words.forEach((word) => objectFlags.add(word));
        } else {
            const field = parseFieldSpec(line);
            fields.set(field.name.toLowerCase(), field);
        }
    }
    return {
        name,
        keyPrefix,
        label,
        labelPlural,
        fields,
        without,
        controlledByParent: objectFlags.has('controlled'),
        private: objectFlags.has('private'),
        setup: objectFlags.has('setup'),
        createable: !objectFlags.has('noinsert'),
        deletable: !objectFlags.has('nodelete') && (!objectFlags.has('noinsert') || objectFlags.has('deletable'))
    };
}

function parseFieldSpec(line: string): FieldSpec {
    const words = line.split(' ');
    const flags = new Set<string>();
    let childRelationship: string | undefined;
    let label: string | undefined;
    for (;;) {
        const last = words.at(-1) ?? '';
        if (last.startsWith('children:')) childRelationship = last.slice('children:'.length);
        else if (last.startsWith('label:')) label = last.slice('label:'.length).replaceAll('_', ' ');
        else if (FLAGS.has(last)) flags.add(last);
        else break;
        words.pop();
    }
    const name = words[0] ?? '';
    const [typeName = '', ...rest] = words.slice(1).join(' ').split(':');
    const argument = rest.join(':');
    const common = { name, flags, childRelationship, label };
    if (typeName === 'definition') {
        return { ...common, type: 'string', ...typeArguments('string', '255'), referenceTo: [argument] };
    }
    const type = typeName === 'lookup' ? 'reference' : (typeName as FieldType);
    return { ...common, type, ...typeArguments(type, argument) };
}

type TypeArguments = Pick<FieldSpec, 'length' | 'precision' | 'scale' | 'values' | 'defaultValue' | 'referenceTo'>;

function typeArguments(type: FieldType, argument: string): TypeArguments {
    const none: TypeArguments = {
        length: 0,
        precision: 0,
        scale: 0,
        values: [],
        defaultValue: undefined,
        referenceTo: []
    };
    switch (type) {
        case 'picklist':
        case 'multipicklist':
        case 'combobox': {
            const marked = argument === '' ? [] : argument.split('|');
            const values = marked.map((value) => value.replace(/\*$/, ''));
            const defaultValue = values[marked.findIndex((value) => value.endsWith('*'))];
            return { ...none, length: 255, values, defaultValue };
        }
        case 'reference':
            return { ...none, length: 18, referenceTo: argument === '' ? [] : argument.split('|') };
        case 'id':
            return { ...none, length: 18 };
        case 'boolean':
            return { ...none, defaultValue: argument === '' ? 'false' : argument };
        case 'int':
            return { ...none, precision: Number(argument) };
        case 'double':
        case 'currency':
        case 'percent': {
            const [digits = '18', scale = '0'] = argument.split(',');
            return { ...none, precision: Number(digits), scale: Number(scale) };
        }
        default:
            return { ...none, length: argument === '' ? 0 : Number(argument) };
    }
}
