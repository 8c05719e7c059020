import { platformTypes } from '../../platform/signatures.ts';

/** A value of an Apex enum, of the platform or of the org. There is one object per value, so identity is equality. */
export class EnumValue {
    /** Qualified name of the enum: `System.JSONToken`, `Outer.Color`. */
    readonly typeName: string;
    readonly name: string;
    readonly ordinal: number;

    constructor(typeName: string, name: string, ordinal: number) {
        this.typeName = typeName;
        this.name = name;
        this.ordinal = ordinal;
    }

    toString(): string {
        return this.name;
    }
}

const platformEnums = new Map<string, readonly EnumValue[]>();

/** Values of a platform enum in declaration order; throws RangeError when the platform has no such enum. */
export function platformEnum(typeName: string): readonly EnumValue[] {
    const key = typeName.toLowerCase();
    let values = platformEnums.get(key);
    if (values === undefined) {
        const type = platformTypes().type(typeName);
        if (type?.kind !== 'enum') {
            throw new RangeError(`No such platform enum: ${typeName}`);
        }
        values = type.enumValues.map((name, ordinal) => new EnumValue(type.name, name, ordinal));
        platformEnums.set(key, values);
    }
    return values;
}

/** One value by name, without regard to case. */
export function platformEnumValue(typeName: string, name: string): EnumValue {
    const lower = name.toLowerCase();
    const found = platformEnum(typeName).find((value) => value.name.toLowerCase() === lower);
    if (found === undefined) {
        throw new RangeError(`No such value of ${typeName}: ${name}`);
    }
    return found;
}
