import { badValue, invalid, unreadable } from './setup-fault.ts';

/** An input of Connect REST: the JSON of the body, or what Apex set on the input class. */
export type Input = Readonly<Record<string, unknown>>;

/** The input, whose properties have to be among the known ones: Connect refuses others as unrecognized fields. */
export function inputOf(value: unknown, known: readonly string[]): Input {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw unreadable('A JSON object is expected');
    }
    const unknown = Object.keys(value).find((name) => !known.includes(name));
    if (unknown !== undefined) throw unreadable(`Unrecognized field "${unknown}"`);
    return value as Input;
}

export function inputsOf(input: Input, property: string, known: readonly string[]): Input[] {
    const value = input[property] ?? [];
    if (!Array.isArray(value)) throw unreadable(`The property ${property} takes a list.`);
    return value.map((item) => inputOf(item, known));
}

export function optionalText(input: Input, property: string): string | undefined {
    const value = input[property];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') throw badValue(`The property ${property} takes text.`);
    return value;
}

export function requiredText(input: Input, property: string): string {
    return optionalText(input, property) ?? missing(property);
}

/** One of the values, spelt as it is. */
export function optionalChoice(input: Input, property: string, values: readonly string[]): string | undefined {
    const text = optionalText(input, property);
    if (text !== undefined && !values.includes(text)) {
        const allowed = values.join(', ');
        throw badValue(`Invalid value "${text}" for the property ${property}. Valid values are: ${allowed}.`);
    }
    return text;
}

export function requiredChoice(input: Input, property: string, values: readonly string[]): string {
    return optionalChoice(input, property, values) ?? missing(property);
}

/** Numbers and flags as metadata documents hold them. */
export function numberText(input: Input, property: string): string | undefined {
    const value = input[property] ?? undefined;
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isInteger(value)) {
        throw badValue(`The property ${property} takes an integer.`);
    }
    return String(value);
}

export function flagText(input: Input, property: string): string | undefined {
    const value = input[property] ?? undefined;
    if (value !== undefined && typeof value !== 'boolean') {
        throw badValue(`The property ${property} takes true or false.`);
    }
    return value === undefined ? undefined : String(value);
}

export function missing(property: string): never {
    throw invalid(`The property ${property} is required.`);
}

/**
 * The name of a component in the property. One that is updated keeps its `known` name, which the input need not give. Of a
 * name that is none it says what the platform's Setup says.
 */
export function componentName(input: Input, property: string, known: string | undefined): string {
    const name = optionalText(input, property) ?? known ?? missing(property);
    if (known !== undefined && name.toLowerCase() !== known.toLowerCase()) {
        throw invalid(`The ${property} ${known} can't be changed to ${name}.`);
    }
    if (!/^[A-Za-z](?!.*__)[A-Za-z0-9_]*(?<!_)$/.test(name)) {
        throw invalid(
            `The ${property} "${name}" can only contain underscores and alphanumeric characters. It must be unique, begin ` +
                'with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.'
        );
    }
    return known ?? name;
}

/** A document without the elements that have no value. */
export function withoutAbsent(elements: Readonly<Record<string, string | undefined>>): Record<string, string> {
    return Object.fromEntries(
        Object.entries(elements).filter((entry): entry is [string, string] => entry[1] !== undefined)
    );
}
